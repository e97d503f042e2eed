"""The public cards of organisations."""

from collections.abc import Collection, Iterator

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from concivis.catalogue import actions as catalogue
from concivis.catalogue.cards import CardDraft, Text
from concivis.catalogue.enums import Support
from concivis.catalogue.kinds import Kind
from concivis.catalogue.models import Card
from concivis.directory.enums import Direction, OrganisationKind
from concivis.directory.models import Exchange, Organisation, Tie
from concivis.hubs.models import Hub

KIND = "organisation"
WORDS = Kind(one=_("Organisation"), many=_("Organisations"), formats=dict(OrganisationKind.choices))
CHUNK = 1000
WEIGHT = 3.0  # beside partnerships, which weigh by the people of their places, and offices at 10


def drafts(ids: Collection[int] | None = None) -> Iterator[CardDraft]:
    """The cards of all public organisations, or of those in `ids`. A few queries per thousand."""
    public = Organisation.objects.public()
    if ids is not None:
        public = public.filter(pk__in=ids)
    yield from map(draft, _complete(public).order_by("pk").iterator(CHUNK))


def refresh(ids: Collection[int]) -> None:
    """Publishes the cards of those that are public now, and withdraws the others'."""
    for start in range(0, len(ordered := sorted(ids)), CHUNK):
        chunk = ordered[start : start + CHUNK]
        published = list(drafts(chunk))
        catalogue.publish_many(published)
        known = Organisation.objects.filter(pk__in=chunk).values_list("public_id", flat=True)
        catalogue.withdraw(KIND, set(known) - {each.public_id for each in published})


def withdraw(organisation: Organisation) -> None:
    catalogue.withdraw(KIND, [organisation.public_id])


def refresh_of_hub(hub: Hub) -> None:
    """Called when a hub changes: what a private hub keeps is not public."""
    public = Card.objects.filter(kind=KIND, hub=hub).exists()
    if public != hub.is_published:
        refresh(Organisation.objects.filter(hub=hub).values_list("pk", flat=True))


def draft(organisation: Organisation) -> CardDraft:
    """One card; all that `_complete` fetches must be there."""
    ties, exchanges = list(organisation.ties.all()), list(organisation.exchanges.all())
    language = organisation.language or organisation.name_language or "mul"
    places: set[int | None] = {tie.place_id for tie in ties}
    countries = {tie.country_id for tie in ties}
    if organisation.place:
        places.add(organisation.place_id)
        countries.add(organisation.place.country_id)
    if organisation.represents_id:
        countries.add(organisation.represents_id)
    return CardDraft(
        kind=KIND,
        public_id=organisation.public_id,
        path=f"/organisations/{organisation.public_id}/",
        language=language,
        texts={language: _text(organisation, ties)},
        format=organisation.kind,
        hub=organisation.hub_id,
        last_confirmed=organisation.last_confirmed,
        weight=WEIGHT,
        organisations=({"id": organisation.public_id, "name": organisation.name},),
        places=frozenset(place for place in places if place),
        countries=frozenset(countries),
        terms=frozenset(term.pk for term in organisation.terms.all()),
        languages=frozenset(each.language for each in organisation.spoken.all()),
        needs=_supports(exchanges, Direction.NEED),
        offers=_supports(exchanges, Direction.OFFER),
        picture=f"/organisations/{organisation.public_id}/logo/" if organisation.logo else "",
    )


def _text(organisation: Organisation, ties: list[Tie]) -> Text:
    other = [organisation.transliterated, *(each.name for each in organisation.other_names.all())]
    towns = [organisation.place.name] if organisation.place else []
    towns += [tie.place.name for tie in ties if tie.place]
    written = [organisation.activities_here, organisation.activities_there, organisation.partners_abroad]
    return Text(
        title=organisation.name,
        summary=organisation.description,
        keywords=" ".join(filter(None, [*other, *towns, *written])),
    )


def _supports(exchanges: list[Exchange], direction: Direction) -> frozenset[Support]:
    return frozenset(Support(each.support) for each in exchanges if each.direction == direction)


def _complete(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    ties = Prefetch("ties", Tie.objects.select_related("place"))
    return organisations.select_related("place").prefetch_related(
        ties, "other_names", "terms", "spoken", "exchanges"
    )
