"""What a hub decides about its partnerships: when they count as dormant, when the office is reminded."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs import record
from concivis.hubs.models import Hub
from concivis.shell.dates import months_later
from concivis.twinning import queries
from concivis.twinning.models import OfficeRules, Partnership

DORMANT_AFTER = (12, 24, 36)  # months
NUDGE_AFTER = (6, 12, 24)  # months
RENEWAL_NOTICE = (30, 90, 180, 365)  # days
AT_ONCE = 1000


@transaction.atomic
def set_rules(
    *, by: User | None, hub: Hub, dormant_after_months: int, nudge_after_months: int, renewal_notice_days: int
) -> OfficeRules:
    """Sets the rules of `hub`; its partnerships fall asleep or wake by them at once.

    Raises ValidationError for numbers that are not among DORMANT_AFTER, NUDGE_AFTER, RENEWAL_NOTICE.
    """
    chosen = {
        "dormant_after_months": dormant_after_months,
        "nudge_after_months": nudge_after_months,
        "renewal_notice_days": renewal_notice_days,
    }
    allowed = zip(chosen.values(), (DORMANT_AFTER, NUDGE_AFTER, RENEWAL_NOTICE), strict=True)
    if not all(value in known for value, known in allowed):
        raise ValidationError(gettext("Choose one of the times in the list."))
    rules = queries.rules_of(hub)
    if rules.pk and all(getattr(rules, name) == value for name, value in chosen.items()):
        return rules
    rules, _ = OfficeRules.objects.update_or_create(hub=hub, defaults=chosen)
    _reckon_sleep(hub, dormant_after_months)
    record.write(
        hub=hub, by=by, action="office_rules.changed", kind="hub", object_id=hub.public_id, details=chosen
    )
    return rules


def _reckon_sleep(hub: Hub, months: int) -> None:
    lively = list(Partnership.objects.filter(hub=hub, last_activity__isnull=False))
    for partnership in lively:
        if partnership.last_activity is not None:
            partnership.sleeps_on = months_later(partnership.last_activity, months)
    Partnership.objects.bulk_update(lively, ["sleeps_on"], batch_size=AT_ONCE)
