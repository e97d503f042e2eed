"""The public cards of partnerships."""

import math
from collections.abc import Collection, Iterator

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from concivis.catalogue import actions as catalogue
from concivis.catalogue.cards import CardDraft, Text
from concivis.catalogue.kinds import Kind
from concivis.catalogue.models import Card
from concivis.directory.models import Organisation
from concivis.hubs.models import Hub
from concivis.twinning import queries
from concivis.twinning.enums import PartnershipKind, PartnershipState
from concivis.twinning.models import Partnership, Side

KIND = "partnership"
WORDS = Kind(
    one=_("Partnership"),
    many=_("Partnerships"),
    states=dict(PartnershipState.choices),
    formats=dict(PartnershipKind.choices),
    quiet_states=frozenset({PartnershipState.SIGNED, PartnershipState.ACTIVE}),
)
CHUNK = 1000
READ = (  # of the sides: places and organisations have many columns
    "partnership", "place__name", "place__population", "place__country",
    "organisation__public_id", "organisation__name", "organisation__is_published",
)  # fmt: skip


def drafts(ids: Collection[int] | None = None) -> Iterator[CardDraft]:
    """The cards of all public partnerships, or of those in `ids`. A few queries per thousand."""
    public = queries.public()
    if ids is None:
        yield from map(draft, _complete(public).order_by("pk").iterator(CHUNK))
        return
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK):
        yield from map(draft, _complete(public.filter(pk__in=ordered[start : start + CHUNK])))


def refresh(ids: Collection[int]) -> None:
    """Publishes the cards of those that are public now, and withdraws the others'."""
    for start in range(0, len(ordered := sorted(ids)), CHUNK):
        chunk = ordered[start : start + CHUNK]
        published = list(drafts(chunk))
        catalogue.publish_many(published)
        known = Partnership.objects.filter(pk__in=chunk).values_list("public_id", flat=True)
        catalogue.withdraw(KIND, set(known) - {draft.public_id for draft in published})


def refresh_of_hub(hub: Hub) -> None:
    """Called when a hub changes: what a private hub keeps is not public."""
    public = Card.objects.filter(kind=KIND, hub=hub).exists()
    if public != hub.is_published:
        refresh(hub.partnerships.values_list("pk", flat=True))


def refresh_of_organisation(organisation: Organisation) -> None:
    """Called when an organisation's name changes, or whether it is public: the card names who acts for a side."""
    refresh(organisation.sides.values_list("partnership", flat=True))


def refresh_of_organisations(organisations: list[Organisation]) -> None:
    """Called when two organisations became one, or two again."""
    refresh(Side.objects.filter(organisation__in=organisations).values_list("partnership", flat=True))


def draft(partnership: Partnership) -> CardDraft:
    """One card; the sides with place and organisation, and the fields, must be prefetched."""
    sides = list(partnership.sides.all())
    language = partnership.language or "mul"
    return CardDraft(
        kind=KIND,
        public_id=partnership.public_id,
        path=f"/partnerships/{partnership.public_id}/",
        language=language,
        texts={language: Text(title=partnership.title, summary=partnership.summary)},
        state=partnership.state,
        format=partnership.kind,
        hub=partnership.hub_id,
        from_date=partnership.started,
        to_date=partnership.ended,
        weight=round(sum(math.log10((side.place.population or 0) + 1) for side in sides) / len(sides), 3),
        organisations=tuple(
            {"id": side.organisation.public_id, "name": side.organisation.name}
            for side in sides
            if side.organisation and side.organisation.is_published
        ),
        places=frozenset(side.place_id for side in sides),
        countries=frozenset(side.place.country_id for side in sides),
        terms=frozenset(term.pk for term in partnership.fields.all()),
    )


def _complete(partnerships: QuerySet[Partnership]) -> QuerySet[Partnership]:
    # joined, not prefetched in turn: a thousand places by key are more than SQLite takes in one expression
    sides = Side.objects.select_related("place", "organisation").only(*READ).order_by("position")
    return partnerships.prefetch_related(Prefetch("sides", sides), "fields")
