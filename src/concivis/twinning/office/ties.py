"""The ties of an office as plain rows: what its table and its exports show of each."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concivis.hubs.models import Hub
from concivis.places.countries import country_name
from concivis.twinning import journey, listing
from concivis.twinning.enums import PartnershipKind
from concivis.twinning.journeys import with_next_step
from concivis.twinning.models import Partnership, Side

AT_ONCE = 1000  # rows of an export read at a time
DEFAULT_SORT = "place"
SORTS = {
    "place": "partner",
    "country": "partner_country",
    "kind": "kind",
    "state": "state",
    "due": "next_due",
    "activity": "last_activity",
    "changed": "changed_at",
}
COLUMNS = (
    "pk", "public_id", "kind", "state", "sleeps_on", "last_activity", "valid_until", "is_published", "is_example",
    "hub", "hub__name", "next_code", "next_title", "next_template", "next_due", "changed_at",
)  # fmt: skip


class Confirmation(StrEnum):
    """How a tie stands between its sides. WAITING: another office lets ours answer, and asks."""

    CONFIRMED = "confirmed"
    ASKED = "asked"
    NOT_ASKED = "not_asked"
    WAITING = "waiting"
    NOBODY = "nobody"  # of the commons, or of an office that does not let ours answer: nobody asks us


CONFIRMATIONS: dict[Confirmation, str | Promise] = {
    Confirmation.CONFIRMED: _("confirmed by the other side"),
    Confirmation.ASKED: _("asked, not answered yet"),
    Confirmation.NOT_ASKED: _("the other side was not asked"),
    Confirmation.WAITING: _("you are asked to confirm"),
    Confirmation.NOBODY: "",
}


class Keeper(StrEnum):
    OWN = "own"
    COMMONS = "commons"
    OTHER = "other"


KEEPERS: dict[Keeper, str | Promise] = {
    Keeper.OWN: pgettext_lazy("kept by", "this office"),
    Keeper.COMMONS: pgettext_lazy("kept by", "nobody: known from lists"),
    Keeper.OTHER: pgettext_lazy("kept by", "another office"),
}


class TiedPlace(NamedTuple):
    name: str
    country: str  # ISO 3166-1 alpha-2
    is_own: bool
    asked: bool
    confirmed: bool
    answers: bool  # the place is our own, and the keeper lets our office answer for it


@dataclass(frozen=True, slots=True)
class TieRow:
    pk: int
    public_id: str
    kind: str
    state: str  # as the reader sees it: `dormant` is among them
    last_activity: dt.date | None
    valid_until: dt.date | None
    is_published: bool
    is_example: bool
    keeper: Keeper
    keeper_name: str  # of the office, "" for the commons
    next_step: str  # "" where no journey is under way
    next_due: dt.date | None
    changed_at: dt.datetime
    places: Sequence[TiedPlace]

    @property
    def partners(self) -> list[TiedPlace]:
        """The places that are not the office's own; all, where its own is none of them."""
        return [place for place in self.places if not place.is_own]

    @property
    def is_inside(self) -> bool:
        """Whether the office sees what is not public of it, as `access.Tie.is_inside` says."""
        return self.keeper == Keeper.OWN or any(place.answers for place in self.places)

    @property
    def title(self) -> str:
        return " – ".join(place.name for place in self.partners)

    @property
    def countries(self) -> str:
        return " – ".join(dict.fromkeys(country_name(place.country) for place in self.partners))

    @property
    def kind_label(self) -> str:
        return str(PartnershipKind(self.kind).label)

    @property
    def state_label(self) -> str:
        return listing.state_label(self.state)

    @property
    def confirmation(self) -> Confirmation:
        if self.keeper == Keeper.COMMONS:
            return Confirmation.NOBODY
        own = [place for place in self.places if place.is_own]
        if self.keeper == Keeper.OTHER:
            if all(place.confirmed for place in own):
                return Confirmation.CONFIRMED
            return Confirmation.WAITING if self.is_inside else Confirmation.NOBODY
        if all(place.confirmed for place in self.partners):
            return Confirmation.CONFIRMED
        return Confirmation.ASKED if any(place.asked for place in self.partners) else Confirmation.NOT_ASKED

    @property
    def confirmation_label(self) -> str:
        if self.keeper == Keeper.OTHER and self.confirmation == Confirmation.CONFIRMED:
            return gettext("confirmed by you")
        return str(CONFIRMATIONS[self.confirmation])

    @property
    def keeper_label(self) -> str:
        return self.keeper_name if self.keeper == Keeper.OTHER else str(KEEPERS[self.keeper])


def with_columns(partnerships: QuerySet[Partnership], hub: Hub) -> QuerySet[Partnership]:
    """With the partner's name and country and the next open step of the journey. No query yet."""
    partner = Side.objects.filter(partnership=OuterRef("pk")).exclude(place=hub.place_id).order_by("position")
    return with_next_step(partnerships).annotate(
        partner=Subquery(partner.values("place__name")[:1]),
        partner_country=Subquery(partner.values("place__country")[:1]),
    )


def ordered(partnerships: QuerySet[Partnership], sort: str) -> QuerySet[Partnership]:
    """By one of SORTS, with “-” the other way round; what has no value comes last, either way."""
    name = sort.removeprefix("-")
    if name not in SORTS:
        sort, name = DEFAULT_SORT, DEFAULT_SORT
    column = F(SORTS[name])
    down = sort.startswith("-")
    order = column.desc(nulls_last=True) if down else column.asc(nulls_last=True)
    return partnerships.order_by(order, F("partner").asc(), F("pk").asc())


def rows(partnerships: QuerySet[Partnership], hub: Hub) -> list[TieRow]:
    """The rows of a queryset `with_columns`, in its order. Two queries."""
    return _complete(list(partnerships.values_list(*COLUMNS)), hub)


def streamed(partnerships: QuerySet[Partnership], hub: Hub) -> Iterator[TieRow]:
    """All rows, some thousand at a time: one query, and one for each AT_ONCE."""
    found = iter(list(partnerships.values_list(*COLUMNS)))
    while chunk := list(islice(found, AT_ONCE)):
        yield from _complete(chunk, hub)


def _complete(found: list[tuple[Any, ...]], hub: Hub) -> list[TieRow]:
    places = _places([row[0] for row in found], hub)
    made = []
    for (
        pk, public_id, kind, state, sleeps_on, last, until, is_published, is_example,
        keeper, name, code, own, template, due, changed_at,
    ) in found:  # fmt: skip
        inside = keeper == hub.pk or any(place.answers for place in places[pk])
        step, due = (_step(code, own, template), due) if inside else ("", None)
        made.append(
            TieRow(
                pk, public_id, kind, listing.seen_state(state, sleeps_on), last, until, is_published, is_example,
                _keeper(keeper, hub), name or "", step, due, changed_at, places[pk],
            )
        )  # fmt: skip
    return made


def _step(code: str | None, own: str | None, template: str | None) -> str:
    """What the next step is called: by the template, or by the hub that added it."""
    if code and template:
        return journey.label_of(code, get_language() or "en", template)
    return own or ""


def _keeper(pk: int | None, hub: Hub) -> Keeper:
    if pk is None:
        return Keeper.COMMONS
    return Keeper.OWN if pk == hub.pk else Keeper.OTHER


def _places(keys: list[int], hub: Hub) -> dict[int, list[TiedPlace]]:
    sides = Side.objects.filter(partnership__in=keys).order_by("partnership", "position")
    columns = "partnership", "place", "place__name", "place__country", "asked_at", "confirmed_at", "office"
    found: dict[int, list[TiedPlace]] = defaultdict(list)
    for pk, place, name, country, asked, confirmed, office in sides.values_list(*columns):
        own = place == hub.place_id
        said = asked is not None, confirmed is not None
        found[pk].append(TiedPlace(name, country, own, *said, answers=own and office == hub.pk))
    return found
