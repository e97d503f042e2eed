"""What stands on the page of a proposal besides its text: thresholds, areas, what happened, answers, measures."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from concivis.proposals import next_steps, showing, suppression
from concivis.proposals.enums import Event, MeasureState, Rejection, State, Threshold, Verdict
from concivis.proposals.models import Answer, Correction, Happening, Measure, Proposal
from concivis.shell import content, markdown, parts
from concivis.shell.parts import Bar
from concivis.shell.templatetags.shell import absolute_url, number

MOST_AREAS = 20  # of another platform, on the page; the file of that platform has them all
GOOD = {Event.PUBLISHED, Event.REACHED, Event.SPONSORED, Event.ANSWERED, Event.DECIDED}
BAD = {Event.REJECTED, Event.HIDDEN, Event.WITHDRAWN}
VERDICT_TONES = {Verdict.ACCEPTED: "good", Verdict.PARTLY: "notice", Verdict.DECLINED: "bad"}
MEASURE_TONES = {
    MeasureState.DONE: "good",
    MeasureState.RUNNING: "notice",
    MeasureState.DROPPED: "over",
    MeasureState.PLANNED: "neutral",
}


@dataclass(frozen=True)
class Goal:
    """A threshold: how many signatures lead to what, and since when they are there."""

    number: int
    what: str
    reached_on: str  # "" where it is not reached yet


@dataclass(frozen=True)
class Said:
    """An answer or a decision of the city."""

    heading: str
    verdict: str
    tone: str
    day: str
    text: SafeString | str
    language: str


@dataclass(frozen=True)
class Doing:
    """A measure."""

    title: str
    language: str
    state: str
    tone: str
    facts: Sequence[parts.Fact]


def happenings(proposal: Proposal) -> list[Happening]:
    """The public steps, the first first. One query."""
    return list(proposal.happenings.filter(is_public=True).order_by("at", "pk"))


def goals(proposal: Proposal, steps: Sequence[Happening]) -> list[Goal]:
    """No query: the rules' steps are fetched with the proposal."""
    reached = {step.threshold: step for step in steps if step.event == Event.REACHED}
    found = []
    for each in proposal.rules.steps.all() if proposal.rules else []:
        step = reached.get(each.threshold)
        day = _day(step, proposal) if step else ""
        found.append(Goal(each.number, str(Threshold(each.threshold).label), day))
    return found


def areas(proposal: Proposal) -> list[Bar]:
    """Signatures by district, the most first; what is less than five people is not told. No query."""
    bars = [
        Bar(name, count or 0, shown=number(count) if count is not None else _("fewer than five, or not told"))
        for _code, name, count in told_areas(proposal)
    ]
    return sorted(bars, key=lambda bar: (-bar.value, bar.label))


def told_areas(proposal: Proposal) -> list[tuple[str, str, int | None]]:
    """(code, name, number or None where it is not told) of each district. No query."""
    counted = showing.tally(proposal)
    names = {each["code"]: each["name"] for each in (proposal.rules.areas if proposal.rules else [])}
    if not names or not counted.areas:
        return []
    numbers = {code: int(counted.areas.get(code, 0)) for code in names}
    told = suppression.told(numbers, counted.legal)
    return [(code, names[code], count) for code, count in told.items()]


def given_areas(proposal: Proposal) -> list[Bar]:
    """Signatures by area as another platform gave them, the most first. No query."""
    given = [
        Bar(each["name"], each["signatures"], shown=number(each["signatures"]))
        for each in (proposal.origin.areas if proposal.is_historical else [])
    ]
    return sorted(given, key=lambda bar: (-bar.value, bar.label))[:MOST_AREAS]


def timeline(proposal: Proposal, steps: Sequence[Happening]) -> list[parts.Event]:
    """What happened, and as the last what comes next and by when."""
    found = events(proposal, steps)
    next_ = next_steps.of(proposal)
    if next_ is not None:
        day = date_format(next_.by) if next_.by else _("next")
        tone = "bad" if next_.is_late else ""
        text = _("This is late.") if next_.is_late else ""
        found.append(
            parts.Event(day, next_.sentence, next_.by.isoformat() if next_.by else "", text, tone=tone)
        )
    return found


def events(proposal: Proposal, steps: Sequence[Happening]) -> list[parts.Event]:
    return [_event(proposal, step) for step in steps]


def answers(proposal: Proposal) -> list[Said]:
    """Two queries."""
    rows: QuerySet[Answer] = proposal.answers.prefetch_related("translations")
    return [_said(each) for each in rows]


def measures(proposal: Proposal) -> list[Doing]:
    """Two queries."""
    rows: QuerySet[Measure] = proposal.measures.prefetch_related("translations")
    return [_doing(each) for each in rows]


def corrections(proposal: Proposal) -> list[tuple[Correction, str]]:
    """(what was put right, what it was called), the latest first. One query."""
    labels = {"title": _("title"), "summary": _("what the city is asked to do"), "body": _("why, and how")}
    return [(each, labels.get(each.field, each.field)) for each in proposal.corrections.all()]


def reason(proposal: Proposal) -> str:
    """Why it was not admitted, in the public words of that reason."""
    return str(Rejection(proposal.rejection).label) if proposal.state == State.REJECTED else ""


def share_links(proposal: Proposal, title: str) -> list[tuple[str, str]]:
    """(where, address): plain links, so that no other site is asked before somebody wants to."""
    url = absolute_url(proposal.get_absolute_url())
    said = quote(f"{title} {url}")
    return [
        (_("by mail"), f"mailto:?subject={quote(title)}&body={said}"),
        ("WhatsApp", f"https://wa.me/?text={said}"),
        ("Telegram", f"https://t.me/share/url?url={quote(url)}&text={quote(title)}"),
        ("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={quote(url)}"),
        ("Bluesky", f"https://bsky.app/intent/compose?text={said}"),
    ]


def _event(proposal: Proposal, step: Happening) -> parts.Event:
    title = str(Event(step.event).label)
    if step.event == Event.REACHED and step.threshold:
        title = _("%(n)s signatures: %(what)s") % {
            "n": number(step.number or 0),
            "what": Threshold(step.threshold).label,
        }
    tone = "good" if step.event in GOOD else "bad" if step.event in BAD else ""
    on = step.at.astimezone(ZoneInfo(proposal.hub.timezone)).date()
    return parts.Event(
        date=date_format(on),
        title=title[:1].upper() + title[1:],
        iso=on.isoformat(),
        text=step.note,
        tone=tone,
        language=step.language,
    )


def _day(step: Happening, proposal: Proposal) -> str:
    return date_format(step.at.astimezone(ZoneInfo(proposal.hub.timezone)).date())


def _said(answer: Answer) -> Said:
    told = content.choose(answer, answer.translations.all(), content.reader_languages())
    heading = _("Decision: %(who)s") if answer.is_decision else _("Answer: %(who)s")
    verdict = str(answer.get_verdict_display())
    return Said(
        heading=heading % {"who": answer.body},
        verdict=verdict[:1].upper() + verdict[1:],
        tone=VERDICT_TONES[Verdict(answer.verdict)],
        day=date_format(answer.given_on),
        text=markdown.to_html(told.texts["text"]),
        language=told.language,
    )


def _doing(measure: Measure) -> Doing:
    told = content.choose(measure, measure.translations.all(), content.reader_languages())
    state = str(measure.get_state_display())
    return Doing(
        title=told.texts["title"],
        language=told.language,
        state=state[:1].upper() + state[1:],
        tone=MEASURE_TONES[MeasureState(measure.state)],
        facts=[
            parts.Fact(_("Who does it"), measure.responsible),
            parts.Fact(_("By when"), date_format(measure.due_on) if measure.due_on else ""),
            parts.Fact(_("Since"), date_format(measure.state_on) if measure.state_on else ""),
            parts.Fact(_("Result"), told.texts["result"]),
        ],
    )
