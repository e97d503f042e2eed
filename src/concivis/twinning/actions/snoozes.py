"""Putting off what needs attention."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs.models import today_in
from concivis.twinning.attention import Matter
from concivis.twinning.models import Snooze

LONGEST_DAYS = 366


def put_off(*, by: User, matter: Matter, until: dt.date) -> Snooze:
    """The office is not reminded of `matter` before `until`. Raises ValidationError for a day past or far ahead."""
    today = today_in(matter.hub)
    if not today < until <= today + dt.timedelta(days=LONGEST_DAYS):
        raise ValidationError(gettext("Choose a day within the next year."))
    put, _created = Snooze.objects.update_or_create(
        hub=matter.hub,
        partnership=matter.partnership,
        reason=matter.reason,
        about=matter.about,
        defaults={"until": until, "by": by},
    )
    return put
