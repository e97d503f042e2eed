"""What an office decides about its desk."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.accounts.models import User
from concivis.desk.models import DeskRules
from concivis.desk.models.office import LEAST_MONTHS, MOST_MONTHS
from concivis.hubs import letters, record
from concivis.hubs.models import Hub

LONGEST_TOPIC = 80
MOST_TOPICS = 20
USUAL_TOPICS = (
    _("Partner cities"),
    _("Initiatives and associations"),
    _("Money and funding"),
    _("Meeting people and events"),
    _("Something else"),
)


def rules_of(hub: Hub) -> DeskRules:
    """One query."""
    return DeskRules.objects.filter(hub=hub).first() or DeskRules(hub=hub)


def topics_of(rules: DeskRules) -> list[tuple[str, str]]:
    """(as it is kept, in the reader's language): kept in the language of the hub, so that figures count them as one."""
    own = rules.topics.splitlines()
    if own:
        return [(topic, topic) for topic in own]
    with translation.override(letters.interface_language(rules.hub.language)):
        kept = [str(topic) for topic in USUAL_TOPICS]
    return list(zip(kept, map(str, USUAL_TOPICS), strict=True))


@transaction.atomic
def set_rules(
    *, by: User, hub: Hub, form_is_open: bool, topics: str, answer_days: int, keep_months: int
) -> DeskRules:
    """`topics`: one a line; empty: the usual ones. Raises ValidationError by field."""
    if not LEAST_MONTHS <= keep_months <= MOST_MONTHS:
        raise ValidationError({"keep_months": gettext("Between one month and ten years.")})
    if not 1 <= answer_days <= 365:
        raise ValidationError({"answer_days": gettext("Between one day and a year.")})
    said = {
        "form_is_open": form_is_open,
        "topics": "\n".join(_tidy(topics)),
        "answer_days": answer_days,
        "keep_months": keep_months,
    }
    rules, created = DeskRules.objects.get_or_create(hub=hub, defaults=said)
    if created or any(getattr(rules, name) != value for name, value in said.items()):
        _change(rules, by, said)
    return rules


def _tidy(topics: str) -> list[str]:
    lines = list(dict.fromkeys(" ".join(line.split()) for line in topics.splitlines() if line.strip()))
    if len(lines) > MOST_TOPICS:
        text = gettext("At most %(most)s topics: more than that nobody reads through.")
        raise ValidationError({"topics": text % {"most": MOST_TOPICS}})
    if any(len(line) > LONGEST_TOPIC for line in lines):
        text = gettext("A topic has at most %(most)s characters.")
        raise ValidationError({"topics": text % {"most": LONGEST_TOPIC}})
    return lines


def _change(rules: DeskRules, by: User, said: dict[str, Any]) -> None:
    for name, value in said.items():
        setattr(rules, name, value)
    rules.save()
    told = {name: said[name] for name in ("form_is_open", "answer_days", "keep_months")}
    record.write(
        hub=rules.hub, by=by, action="desk.rules", kind="hub", object_id=rules.hub.public_id, details=told
    )
