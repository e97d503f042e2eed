"""A proposal in the reader's words: how it looks, how far it is, its card."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concivis.places.countries import country_name
from concivis.places.models import Place
from concivis.proposals.actions.writing import ProposalFacts
from concivis.proposals.enums import State
from concivis.proposals.models import Proposal, ProposalPicture, Tally
from concivis.shell import content, markdown, worldmap
from concivis.shell.content import Shown, TextState
from concivis.shell.parts import Card, Fact
from concivis.shell.templatetags.shell import absolute_url, number
from concivis.vocabulary.models import Term

SHORT = 220  # characters of a summary on a card
TONES = {
    State.PUBLISHED: "notice",
    State.REALISED: "good",
    State.PARTLY_REALISED: "good",
    State.NOT_REALISED: "over",
    State.WITHDRAWN: "over",
    State.REJECTED: "bad",
}


@dataclass(frozen=True)
class Picture:
    url: str
    alt: str
    credit: str
    language: str
    width: int
    height: int
    remove_url: str = ""  # where an author takes it out


@dataclass(frozen=True)
class Look:
    """What the page of a proposal shows of its text; the same for the preview and for who may support it first."""

    shown: Shown
    body: SafeString | str
    facts: Sequence[Fact]
    svg: SafeString | None = None
    pictures: Sequence[Picture] = ()


@dataclass(frozen=True)
class Progress:
    """How many people support it, as of `time`."""

    counts: int  # what a threshold is compared with
    goal: int | None  # the next number that leads to something, or the last
    sentence: str
    legal: int
    paper: int
    consultative: int
    valid: int
    waiting: int  # for the register check
    time: str
    share: float  # of the goal, 0 to 1


def shown(proposal: Proposal, exactly: str = "") -> Shown:
    """The texts in the reader's language; translations must be fetched."""
    return content.choose(proposal, proposal.translations.all(), content.reader_languages(), exactly=exactly)


def look(proposal: Proposal, told: Shown, pictures: Sequence[Picture] | None = None) -> Look:
    """Of one fetched by `queries.for_list`."""
    point = (proposal.latitude, proposal.longitude)
    return Look(
        shown=told,
        body=markdown.to_html(told.texts["body"]),
        facts=[
            Fact(_("Proposed by"), authors(proposal)),
            Fact(_("Place"), where(proposal.place)),
            Fact(_("Themes"), ", ".join(term.label for term in proposal.labelled_terms)),  # type: ignore[attr-defined]
        ],
        svg=_map(point, told.texts["title"]),
        pictures=[picture(each) for each in proposal.pictures.all()] if pictures is None else pictures,
    )


def look_of_facts(facts: ProposalFacts, author: str) -> Look:
    """Of what stands in the form so far. One query."""
    texts = {"title": facts.title, "summary": facts.summary, "body": facts.body}
    terms = Term.objects.with_labels().filter(pk__in=[term.pk for term in facts.terms])
    return Look(
        shown=Shown(texts, facts.language, TextState.ORIGINAL, facts.language),
        body=markdown.to_html(facts.body),
        facts=[
            Fact(_("Proposed by"), author),
            Fact(_("Place"), where(facts.place)),
            Fact(_("Themes"), ", ".join(term.label for term in terms)),
        ],
        svg=_map(facts.point or (None, None), facts.title),
    )


def authors(proposal: Proposal) -> str:
    """Only of those who agreed; one query besides."""
    names = [proposal.author_name] if proposal.author_name_public else []
    names += [each.name for each in proposal.co_authors.all() if each.name_public]
    return ", ".join(names)


def where(place: Place | None) -> str:
    return f"{place.name}, {country_name(place.country_id)}" if place else ""


def picture(row: ProposalPicture) -> Picture:
    """Of a public proposal; its own page shows the others behind the key."""
    address = reverse("proposals:picture", args=[row.proposal.public_id, row.public_id])
    return Picture(address, row.alt, row.credit, row.language, row.width, row.height)


def state(proposal: Proposal) -> str:
    """With a capital; what is paused says so."""
    if proposal.paused_at:
        return _("Paused")
    said = str(proposal.get_state_display())
    return said[:1].upper() + said[1:]


def tone(proposal: Proposal) -> str:
    return TONES.get(State(proposal.state), "neutral")


def tally(proposal: Proposal) -> Tally:
    """As it was counted, or as another platform gave it; nothing counted yet is nought."""
    if proposal.is_historical:
        given = proposal.origin
        return Tally(proposal=proposal, legal=given.signatures or 0, counted_at=given.seen_at)
    return getattr(proposal, "tally", None) or Tally(proposal=proposal)


def progress(proposal: Proposal) -> Progress:
    """Of one fetched by `queries.for_list`: no query."""
    counted = tally(proposal)
    numbers = [step.number for step in proposal.rules.steps.all()] if proposal.rules else []
    goal = next((each for each in numbers if each > counted.counts), max(numbers, default=None))
    checked = bool(proposal.rules and proposal.rules.needs_check)
    at = counted.counted_at or proposal.published_at or timezone.now()
    return Progress(
        counts=counted.counts,
        goal=goal,
        sentence=_how_many(counted.counts, goal),
        legal=counted.legal,
        paper=counted.paper,
        consultative=counted.consultative,
        valid=counted.valid if checked else 0,
        waiting=max(0, counted.legal - counted.valid) if checked else 0,
        time=as_of(at, proposal),
        share=min(1.0, counted.counts / goal) if goal else 0.0,
    )


def as_of(at: dt.datetime, proposal: Proposal) -> str:
    """The time of day where the city is; the date, too, if that was not today."""
    zone = ZoneInfo(proposal.hub.timezone)
    there = at.astimezone(zone)
    time = time_format(there.time(), "TIME_FORMAT")
    if there.date() == timezone.now().astimezone(zone).date():
        return time
    return _("%(day)s, %(time)s") % {"day": date_format(there.date()), "time": time}


def _how_many(count: int, goal: int | None) -> str:
    if goal is None:
        return ngettext("%(n)s signature", "%(n)s signatures", count) % {"n": number(count)}
    words = ngettext("%(n)s of %(goal)s signature", "%(n)s of %(goal)s signatures", goal)
    return words % {"n": number(count), "goal": number(goal)}


def card(proposal: Proposal, *, with_hub: bool = True) -> Card:
    """Of one fetched by `queries.for_list`."""
    told = shown(proposal)
    far = progress(proposal)
    meta = [far.sentence]
    if proposal.is_collecting and proposal.closes_on:
        meta.append(_("until %(day)s") % {"day": date_format(proposal.closes_on)})
    if proposal.place:
        meta.append(where(proposal.place))
    return Card(
        title=told.texts["title"],
        url=reverse("proposals:proposal", args=[proposal.public_id]),
        kicker=proposal.hub.name if with_hub else "",
        summary=truncatechars(told.texts["summary"], SHORT),
        meta=meta,
        badge=state(proposal),
        tone=tone(proposal),
        language=told.language,
    )


def _map(point: tuple[float | None, float | None], title: str) -> SafeString | None:
    north, east = point
    if north is None or east is None:
        return None
    return worldmap.draw(
        [worldmap.Point(north, east, title, kind="home", radius=7)], [], title=title, fit=True
    )


def same_as(proposal: Proposal) -> Proposal | None:
    """The proposal about the same, for which it was not admitted, if everybody may read it."""
    same = proposal.same_as
    return same if same and same.published_at and not same.hidden_at else None


def same_as_url(proposal: Proposal) -> str:
    same = same_as(proposal)
    return absolute_url(same.get_absolute_url()) if same else ""
