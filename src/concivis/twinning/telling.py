"""A partnership in words: what its kind and state mean, its dates with their sources, and where accounts differ."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from concivis.shell import parts
from concivis.shell.dates import PartialDate, Precision
from concivis.twinning import listing, queries
from concivis.twinning.enums import (
    ActivityKind,
    MilestoneKind,
    PartnershipKind,
    PartnershipState,
)
from concivis.twinning.listing import Listed
from concivis.twinning.models import Activity, Contact, Document, Milestone, Partnership, Side, Source

KINDS: dict[str, str | Promise] = {
    PartnershipKind.TWINNING: _("A formal tie by contract, not limited in time or subject."),
    PartnershipKind.FRIENDSHIP: _("An agreement, often limited in time or to named projects."),
    PartnershipKind.CONTACT: _("The places work together; nothing formal has been signed."),
    PartnershipKind.PROJECT: _("An agreement limited in time and to one subject."),
    PartnershipKind.SOLIDARITY: _("An informal tie made to help; it opens the way to funding."),
    PartnershipKind.CLIMATE: _("A joint programme of action on climate and sustainability."),
    PartnershipKind.PACT: _("A declared friendship between the two councils."),
}
STATES: dict[str, str | Promise] = {
    "enquiry": _("One side has asked the other. Nothing is agreed, and nobody else sees it."),
    "exploring": _("Both sides are finding out whether they suit each other."),
    "drafted": _("The text of an agreement is being written."),
    "ratified": _("A council has voted for it. The signatures are still to come."),
    "signed": _("The agreement is signed."),
    "active": _("The partnership is in force."),
    listing.DORMANT: _(
        "In force, but no activity has been recorded for a long time. Nobody decided this: it is computed."
    ),
    "suspended": _("Paused by a decision. A suspended partnership has not ended and can be resumed."),
    "ended": _("One side decided to end the partnership."),
}
TONES = {MilestoneKind.SUSPENDED: "notice", MilestoneKind.ENDED: "bad", MilestoneKind.SIGNED: "good"}
# a kind that happens once for each side: two dates of it are two accounts of the same event
HAPPENS_ONCE = frozenset({MilestoneKind.FIRST_CONTACT, MilestoneKind.SIGNED, MilestoneKind.ENDED})


@dataclass(frozen=True)
class SideTold:
    place: listing.ListedPlace
    region: str
    population: int | None
    organisation: str
    organisation_url: str
    facts: Sequence[parts.Fact]
    confirmed: str  # a sentence on whether this side confirmed; "" for the keeper's own, which wrote it
    sees: str  # a sentence on how it sees the partnership otherwise; "" where it does not
    remark: str
    remark_language: str  # BCP 47


@dataclass(frozen=True)
class Account:
    """A date that sources give differently."""

    event: str
    place: str  # empty: of all sides
    said: Sequence[tuple[str, str, parts.Source]]  # date, note, source


@dataclass(frozen=True)
class EvidenceTold:
    title: str
    url: str
    publisher: str
    licence: str
    locator: str
    seen: str


def side(told: Side) -> SideTold:
    place = told.place
    organisation = told.organisation if told.organisation and told.organisation.is_published else None
    return SideTold(
        place=listing.ListedPlace(
            place.public_id, place.name, place.country_id, place.latitude, place.longitude
        ),
        region=place.region.name if place.region else "",
        population=place.population,
        organisation=organisation.name if organisation else "",
        organisation_url=organisation.website if organisation else "",
        facts=[
            parts.Fact(
                str(milestone.get_kind_display()).capitalize(),
                milestone.when,
                source=source(milestone.source),
            )
            for milestone in told.partnership.milestones.all()
            if milestone.side_id == told.pk
        ],
        confirmed=_confirmed(told),
        sees=_sees(told),
        remark=told.remark,
        remark_language=told.remark_language,
    )


def _confirmed(told: Side) -> str:
    hub = told.partnership.hub
    if hub is not None and hub.place_id == told.place_id:
        return ""
    if told.confirmed_at is None:
        return gettext("Not yet confirmed by %(place)s.") % {"place": told.place.name} if hub else ""
    zone = ZoneInfo(hub.timezone) if hub else timezone.get_current_timezone()
    day = PartialDate(timezone.localtime(told.confirmed_at, zone).date(), Precision.DAY)
    return gettext("Confirmed by %(place)s on %(day)s.") % {"place": told.place.name, "day": day}


def _sees(told: Side) -> str:
    if not told.state_said or told.state_said == told.partnership.state:
        return ""
    words = {"place": told.place.name, "state": listing.state_label(told.state_said)}
    if told.state_said == PartnershipState.ENDED:
        return gettext("%(place)s says that this is not, or not any more, a partnership of its own.") % words
    return gettext("%(place)s sees this partnership as: %(state)s.") % words


def timeline(told: Partnership) -> list[parts.Event]:
    """Every dated event and public activity, oldest first, each with its source.

    `told` comes from `queries.for_page`.
    """
    milestones = [
        parts.Event(
            date=str(milestone.when),
            iso=milestone.when.iso,
            title=sentence(milestone),
            text=" ".join(filter(None, [milestone.note, decision(milestone)])),
            url=web_address(milestone.decision_url),
            source=source(milestone.source),
            tone=tone(milestone),
        )
        for milestone in told.milestones.all()
    ]
    return in_time([*milestones, *map(activity, activities_of(told))])


def in_time(events: Iterable[parts.Event]) -> list[parts.Event]:
    """The oldest first; a year stands before its months, a month before its days."""
    return sorted(events, key=lambda event: event.iso)


def activities_of(told: Partnership) -> list[Activity]:
    """The public activities, the oldest first; `told` comes from `queries.for_page`."""
    found: list[Activity] = told.public_activities  # type: ignore[attr-defined]
    return found


def activity(told: Activity) -> parts.Event:
    """The kind in the reader's language; what the office wrote in its own."""
    kind = capitalised(str(ActivityKind(told.kind).label))
    return parts.Event(
        date=during(told),
        iso=told.when.iso,
        title=kind,
        text=". ".join(filter(None, [told.title.rstrip("."), told.where, told.note])),
        url=web_address(told.url),
        source=source(told.source) if told.source else None,
        language=told.language,
    )


def during(told: Activity) -> str:
    """“3 May 1963”, “3 May 1963 – 6 May 1963”."""
    if told.until is None or told.until == told.date:
        return str(told.when)
    return f"{told.when} – {PartialDate(told.until, Precision.DAY)}"


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def tone(milestone: Milestone) -> str:
    return TONES.get(MilestoneKind(milestone.kind), "")


def sentence(milestone: Milestone) -> str:
    """“Signed · Hamm”, or “Signed” where it is not of one side."""
    named = capitalised(str(milestone.get_kind_display()))
    return f"{named} · {milestone.side.place.name}" if milestone.side else named


def decision(milestone: Milestone) -> str:
    if not milestone.decision:
        return ""
    return gettext("Decision: %(reference)s") % {"reference": milestone.decision}


def differing_accounts(told: Partnership) -> list[Account]:
    """Events that happen once for which sources give different dates: all of them, each with its source."""
    by_event: dict[tuple[str, int | None], list[Milestone]] = defaultdict(list)
    for milestone in told.milestones.all():
        if milestone.kind in HAPPENS_ONCE:
            by_event[milestone.kind, milestone.side_id].append(milestone)
    for (kind, side_id), several in list(by_event.items()):
        if side_id is not None and any(each.source.stated_by_id for each in several):
            several[:0] = by_event.get((kind, None), [])  # what a side states may differ from a date of all
    return [
        Account(
            event=str(several[0].get_kind_display()),
            place=several[-1].side.place.name if several[-1].side else "",
            said=[(str(milestone.when), milestone.note, source(milestone.source)) for milestone in several],
        )
        for several in by_event.values()
        if _differ(several)
    ]


def _differ(several: Iterable[Milestone]) -> bool:
    """1963 and May 1963 do not contradict each other; 1920 and 1921 do."""
    spans = [milestone.when.iso for milestone in several]
    return any(not (a.startswith(b) or b.startswith(a)) for a in spans for b in spans)


def evidence(told: Partnership) -> list[EvidenceTold]:
    return [
        EvidenceTold(
            title=piece.source.title,
            url=web_address(piece.source.url),
            publisher=piece.source.publisher,
            licence=piece.source.licence,
            locator=piece.locator,
            seen=_day(piece.source),
        )
        for piece in told.evidence.all()
    ]


def source(told: Source) -> parts.Source:
    return parts.Source(told.title, web_address(told.url), _day(told))


def web_address(url: str) -> str:
    """Only http and https become links: an imported “javascript:” must not."""
    return url if url.startswith(("https://", "http://")) else ""


def documents(told: Partnership) -> list[Document]:
    """The public ones. One query; none where no office keeps it."""
    return list(told.documents.filter(is_public=True)) if told.hub_id is not None else []


@dataclass(frozen=True)
class PersonTold:
    """Of a person only what the person agreed to: fields without consent are empty."""

    place: str
    role: str
    name: str
    function: str
    email: str
    phone: str


def people(told: Partnership) -> list[PersonTold]:
    """Who may be named or written to, of those who are there today. One query; none where no office keeps it."""
    if told.hub_id is None:
        return []
    public = Q(name_public=True) | Q(email_public=True) | Q(phone_public=True)
    there = Q(left_on__isnull=True) | Q(left_on__gt=timezone.localdate())
    found = Contact.objects.filter(public, there, side__partnership=told, consent_on__isnull=False)
    return [
        PersonTold(
            place=contact.side.place.name,
            role=str(contact.get_role_display()),
            name=contact.name if contact.name_public else "",
            function=contact.function if contact.name_public else "",
            email=contact.email if contact.email_public else "",
            phone=contact.phone if contact.phone_public else "",
        )
        for contact in found.select_related("side__place").order_by("side__position", "role", "pk")
    ]


def _day(told: Source) -> str:
    if told.seen_on is None:
        return ""
    return str(format_date(told.seen_on, format="long", locale=(get_language() or "en").replace("-", "_")))


def also_between(told: Partnership) -> list[Listed]:
    """Other public partnerships of the same places. Up to four queries."""
    beside = queries.public().filter(places_key=told.places_key).exclude(pk=told.pk)
    return listing.listed(beside.order_by("started", "pk")) if told.places_key else []
