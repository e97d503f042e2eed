"""Words, cards and tables of what becomes of a process, in the reader's language."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Q, QuerySet
from django.template.defaultfilters import truncatechars
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from concivis.codesign import courses, telling
from concivis.codesign.becoming import Asked
from concivis.codesign.enums import ProcessState
from concivis.codesign.models import Phase, Process
from concivis.codesign.outcomes import PUBLIC_STATES, MeasureState, RecommendationState
from concivis.hubs.models import Hub, today_in
from concivis.shell import content
from concivis.shell.content import Shown
from concivis.shell.exports import Column
from concivis.shell.parts import Card, Event, Stat
from concivis.shell.templatetags.shell import absolute_url, number

SHORT = 220
ON_HOME = 3


def shown(process: Process, exactly: str = "") -> Shown:
    """Translations must be fetched."""
    return content.choose(process, process.translations.all(), content.reader_languages(), exactly=exactly)


def counted(processes: QuerySet[Process]) -> QuerySet[Process]:
    """Processes with how many recommendations are public, and how many of them answered, in the same query."""
    asked = Q(recommendations__state__in=PUBLIC_STATES)
    answered = Q(recommendations__state=RecommendationState.ANSWERED)
    return (
        processes.select_related("hub")
        .prefetch_related("translations")
        .annotate(
            asked=Count("recommendations", filter=asked, distinct=True),
            answered=Count("recommendations", filter=answered, distinct=True),
        )
    )


def card(process: Process, *, with_hub: bool = False) -> Card:
    """Of a process that `counted` gave."""
    told = shown(process)
    asked: int = process.asked  # type: ignore[attr-defined]
    answered: int = process.answered  # type: ignore[attr-defined]
    said = ngettext("%(shown)s recommendation", "%(shown)s recommendations", asked) % {"shown": number(asked)}
    replied = ngettext("%(shown)s answered", "%(shown)s answered", answered) % {"shown": number(answered)}
    return Card(
        title=told.texts["title"],
        url=reverse("codesign:process", args=[process.public_id]),
        kicker=process.hub.name if with_hub else period(process),
        summary=truncatechars(told.texts["summary"], SHORT),
        meta=[said, replied] if asked else [],
        badge=capfirst(str(ProcessState(process.state).label)),
        tone=telling.tone(process),
        language=told.language,
    )


def period(process: Process) -> str:
    days = [process.starts, process.ends]
    return " – ".join(date_format(day) for day in days if day)


def phases(process: Process, rows: list[Phase]) -> list[Event]:
    """The way of the process, the phase of today marked."""
    today = today_in(process.hub)
    return [_phase(each, today, process) for each in rows]


def _phase(phase: Phase, today: dt.date, process: Process) -> Event:
    days = [day for day in (phase.starts, phase.ends) if day]
    now = bool(phase.starts and phase.starts <= today and (phase.ends is None or phase.ends >= today))
    over = bool(phase.ends and phase.ends < today)
    name = courses.name_of(phase, content.reader_languages()[0])
    title = gettext("%(phase)s (now)") % {"phase": name} if now else name
    return Event(
        date=" – ".join(date_format(day) for day in days) or gettext("not dated yet"),
        title=title,
        iso=phase.starts.isoformat() if phase.starts else "",
        text=courses.aim_of(phase),
        tone="good" if now else "" if over or not days else "notice",
        language="" if phase.code else process.language,
    )


def stats(figures: dict[str, int]) -> list[Stat]:
    labels = {
        "recommendations": _("recommendations"),
        "answered": _("answered"),
        "accepted": _("accepted, wholly or in part"),
        "measures": _("measures"),
        "done": _("measures done"),
    }
    return [Stat(figures[name], str(label)) for name, label in labels.items()]


def on_home(hub: Hub) -> str:
    """For `hubs.hooks.home_pieces`. Two queries."""
    rows = counted(Process.objects.filter(hub=hub, is_published=True)).order_by("-changed_at", "-pk")
    cards = [card(each) for each in rows[:ON_HOME]]
    if not cards:
        return ""
    return render_to_string("codesign/home.html", {"hub": hub, "cards": cards})


def _measures(row: Asked, state: MeasureState) -> list[str]:
    return [each.measure.title for each in row.measures if each.measure.state == state]


COLUMNS: list[Column[Asked]] = [
    Column("number", _("number"), lambda row: row.recommendation.number),
    Column("id", _("identifier"), lambda row: row.recommendation.public_id),
    Column("url", _("page"), lambda row: absolute_url(row.recommendation.get_absolute_url())),
    Column("title", _("what is recommended"), lambda row: row.recommendation.title),
    Column("text", _("why, and how"), lambda row: row.recommendation.text),
    Column("language", _("language of the text, BCP 47"), lambda row: row.recommendation.language),
    Column("theme", _("theme"), lambda row: row.theme),
    Column(
        "supporting_insights",
        _("insights that support it; empty: fewer than five"),
        lambda row: row.supporting,
    ),
    Column("state", _("state"), lambda row: row.recommendation.state),
    Column("handed_over_at", _("handed over"), lambda row: row.recommendation.handed_over_at),
    Column("department", _("department that answers"), lambda row: row.recommendation.department),
    Column("answer_due", _("answer until"), lambda row: row.recommendation.answer_due),
    Column("answer", _("answer"), lambda row: row.answer.answer.verdict if row.answer else None),
    Column("answer_text", _("what will be done"), lambda row: row.answer.answer.text if row.answer else None),
    Column("answer_reason", _("reason"), lambda row: row.answer.answer.reason if row.answer else None),
    Column("answered_at", _("answered"), lambda row: row.recommendation.answered_at),
    Column("responsible", _("responsible"), lambda row: row.answer.answer.department if row.answer else None),
    Column("due", _("to be done until"), lambda row: row.answer.answer.due if row.answer else None),
    Column("measures_planned", _("measures planned"), lambda row: _measures(row, MeasureState.PLANNED)),
    Column("measures_running", _("measures running"), lambda row: _measures(row, MeasureState.RUNNING)),
    Column("measures_done", _("measures done"), lambda row: _measures(row, MeasureState.DONE)),
    Column("measures_given_up", _("measures given up"), lambda row: _measures(row, MeasureState.GIVEN_UP)),
]


def happened(asked: list[Asked]) -> Iterator[tuple[dt.datetime, str, str, str]]:
    """(when, title, text, anchor) of everything that happened to its recommendations, in no order."""
    for each in asked:
        found, title = each.recommendation, each.told.texts["title"]
        anchor = f"r{found.number}"
        if found.handed_over_at:
            yield (
                found.handed_over_at,
                gettext("Handed over: %(title)s") % {"title": title},
                each.told.texts["text"],
                anchor,
            )
        for one in each.answers:
            words = {
                "accepted": gettext("Accepted: %(title)s"),
                "in_part": gettext("Accepted in part: %(title)s"),
                "rejected": gettext("Rejected: %(title)s"),
            }
            text = " ".join(filter(None, [one.told.texts["text"], one.told.texts["reason"]]))
            yield one.answer.given_at, words[one.answer.verdict] % {"title": title}, text, anchor
        for promised in each.measures:
            for step in promised.measure.steps.all():
                what = promised.told.texts["title"]
                words = {
                    "planned": gettext("Measure planned: %(what)s"),
                    "running": gettext("Measure running: %(what)s"),
                    "done": gettext("Measure done: %(what)s"),
                    "given_up": gettext("Measure given up: %(what)s"),
                }
                yield step.noted_at, words[step.state] % {"what": what}, step.text, anchor
