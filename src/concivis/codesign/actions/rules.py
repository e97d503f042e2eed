"""The office's rules of co-design."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.codesign.models import CodesignRules
from concivis.codesign.queries import rules_of
from concivis.hubs import record
from concivis.hubs.models import Hub

CURRENCY = re.compile(r"^[A-Z]{3}$")
BOUNDS = {"answer_days": (1, 60), "participant_months": (1, 36), "connector_months": (1, 60)}


@transaction.atomic
def set_rules(
    *,
    by: User | None,
    hub: Hub,
    answer_days: int,
    participant_months: int,
    connector_months: int,
    currency: str,
) -> CodesignRules:
    """How long answers may take and people are kept; what was noted before keeps its day. Raises ValidationError."""
    rules = rules_of(hub)
    said = {
        "answer_days": answer_days,
        "participant_months": participant_months,
        "connector_months": connector_months,
    }
    for name, (least, most) in BOUNDS.items():
        if not least <= said[name] <= most:
            words = gettext("Write a number from %(least)s to %(most)s.") % {"least": least, "most": most}
            raise ValidationError({name: words})
        setattr(rules, name, said[name])
    rules.currency = currency.strip().upper()
    if not CURRENCY.match(rules.currency):
        raise ValidationError({"currency": gettext("Write a currency in three letters, such as EUR.")})
    rules.save()
    record.write(hub=hub, by=by, action="codesign.rules", kind="codesign", object_id=hub.slug)
    return rules
