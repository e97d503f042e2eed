"""The figures in the reader's words."""

from dataclasses import dataclass

from babel.dates import format_skeleton
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, to_locale

from concivis.reach.enums import PageKind
from concivis.reach.queries import Compared, Span
from concivis.shell import parts
from concivis.shell.templatetags.shell import number, percent

FEW = 5  # below it, no number is public


@dataclass(frozen=True)
class Month:
    name: str
    mean: str
    busiest: str
    bounds: str
    share: str


def compared_with(compared: Compared | None) -> str:
    """The sentence that says what the shares are of."""
    if compared is None:
        return ""
    names = {"people": number(compared.people), "said": compared.said}
    if compared.is_electorate:
        return gettext("Shares are of the %(people)s people entitled to vote (%(said)s).") % names
    return gettext("Shares are of the population, %(people)s people.") % names


def stats(counted: Span, compared: Compared | None) -> list[parts.Stat]:
    latest, busiest = counted.days[-1], counted.busiest
    return [
        parts.Stat(round(counted.mean), gettext("visitors a day, on average"), _share(counted.mean, compared)),
        parts.Stat(
            busiest.visitors, gettext("on the busiest day, %(day)s") % {"day": date_format(busiest.day)},
            _share(busiest.visitors, compared),
        ),
        parts.Stat(latest.visitors, gettext("yesterday"), _share(latest.visitors, compared)),
    ]  # fmt: skip


def days(counted: Span) -> list[parts.Bar]:
    return [parts.Bar(date_format(each.day, "SHORT_DATE_FORMAT"), each.visitors) for each in counted.days]


def kinds(means: dict[PageKind, float]) -> list[parts.Bar]:
    """Which pages, the most read first; the embeds last."""
    ranked = sorted(means.items(), key=lambda pair: (pair[0] == PageKind.EMBED, -pair[1]))
    return [parts.Bar(_capital(str(kind.label)), mean, shown=number(mean, 1)) for kind, mean in ranked]


def month_headings(compared: Compared | None) -> list[parts.Heading]:
    found = [
        parts.Heading(gettext("Month")),
        parts.Heading(gettext("Visitors a day"), numeric=True),
        parts.Heading(gettext("Busiest day"), numeric=True),
        parts.Heading(gettext("Different people"), numeric=True),
    ]
    return [*found, parts.Heading(gettext("Share of the busiest day"), numeric=True)] if compared else found


def month(counted: Span, compared: Compared | None, *, rounded: bool = False) -> Month:
    say = roughly if rounded else number
    names = {"least": say(counted.at_least), "most": say(counted.at_most)}
    return Month(
        name=format_skeleton("yMMMM", counted.first, locale=to_locale(get_language() or "en")),
        mean=say(round(counted.mean)),
        busiest=say(counted.at_least),
        bounds=gettext("%(least)s to %(most)s") % names if counted.at_least != counted.at_most else names["least"],
        share=_share(counted.at_least, compared),
    )  # fmt: skip


def roughly(visitors: float) -> str:
    """Two figures of a number, so that nobody is found by a difference of one: “about 1,300”."""
    count = round(visitors)
    if count < FEW:
        return gettext("fewer than %(n)s") % {"n": number(FEW)}
    return number(int(float(f"{count:.2g}")))


def _share(visitors: float, compared: Compared | None) -> str:
    if compared is None:
        return ""
    share = compared.share(visitors)
    return percent(share, 0 if share >= 0.1 else 2)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
