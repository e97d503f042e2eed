"""What an activity lacks before it can be published, in sentences. The rules of IATI's ruleset that concern what is
written here; whoever has the schema at hand validates against it besides (the tests do)."""

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from concivis.exchange.iati import codes
from concivis.exchange.iati.records import Activity

IDENTIFIER = re.compile(r"^[^/&|?\s]+$")
STARTS = (codes.PLANNED_START, codes.ACTUAL_START)
WHOLE = Decimal(100)


def missing(activity: Activity, today: dt.date) -> list[str]:
    """Nothing, where it can be published."""
    return [*_identity(activity), *_content(activity), *_shares(activity), *_money(activity, today)]


def _identity(activity: Activity) -> Iterator[str]:
    own = activity.reporter.ref
    if not own:
        yield _("The identifier of your organisation is missing.")
    elif activity.identifier == own:
        yield _("The identifier of the activity must differ from that of your organisation.")
    elif not activity.identifier.startswith(f"{own}-"):
        yield _("The identifier of the activity must begin with “%(own)s-”.") % {"own": own}
    if not IDENTIFIER.match(activity.identifier or "-"):
        yield _("The identifier of the activity may not hold spaces, /, &, | or ?.")


def _content(activity: Activity) -> Iterator[str]:
    if not any(when.type in STARTS for when in activity.dates):
        yield _("Say since when it runs, or when it shall begin.")
    dates = {when.type: when.date for when in activity.dates}
    first = dates.get(codes.ACTUAL_START, dates.get(codes.PLANNED_START))
    last = dates.get(codes.ACTUAL_END, dates.get(codes.PLANNED_END))
    if first and last and last < first:
        yield _("It ends before it begins.")
    if not activity.summaries:
        yield _("Describe it in two or three sentences.")
    if not activity.purpose:
        yield _("Choose the purpose code of the DAC.")
    if not activity.bodies:
        yield _("Name at least one organisation that carries it, takes part or gives money.")
    if not activity.countries:
        yield _("Name at least one country that it is for.")


def _shares(activity: Activity) -> Iterator[str]:
    shares = [share for _code, share in activity.countries]
    if len(shares) > 1 and None in shares:
        yield _("It is for several countries: say how many percent each of them has.")
        return
    said = [share for share in shares if share is not None]
    if said and sum(said) != WHOLE:
        yield _("The shares of the countries make %(sum)s percent; they must make 100.") % {"sum": sum(said)}


def _money(activity: Activity, today: dt.date) -> Iterator[str]:
    for each in activity.paid:
        if each.on > today:
            yield _("A payment cannot lie in the future: %(day)s.") % {"day": each.on.isoformat()}
    if any(line.ends_on <= line.starts_on for line in activity.budget):
        yield _("A line of the budget must end after it begins.")
