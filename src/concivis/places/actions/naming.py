"""Names and identities for places that are there already, by their GeoNames ids, in bulk."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from concivis.places.actions.merging import NAME_COLUMNS, NameRow
from concivis.places.enums import NameKind
from concivis.places.facts import LONGEST, NameFacts
from concivis.places.models import Place, PlaceName
from concivis.places.names import fold
from concivis.places.sizes import name_weight, tier_of, weight_of
from concivis.shell import bulk


@transaction.atomic
def add_names(names: Sequence[tuple[int, NameFacts]]) -> int:
    """Adds names to the places with these GeoNames ids, at most some thousands at once; returns how many were new.

    A name that is there without its language gets it. Names of places that we do not have are left out. Five queries.
    """
    places = Place.objects.in_bulk({id for id, _name in names}, field_name="geonames_id")
    had = {
        (name.place_id, name.name, name.language): name
        for name in PlaceName.objects.filter(place__in=[place.pk for place in places.values()])
    }
    new: dict[tuple[int, str, str], NameRow] = {}
    told: list[PlaceName] = []
    for geonames_id, facts in names:
        place = places.get(geonames_id)
        key = (place.pk, facts.name, facts.language) if place else None
        if place is None or key is None or key in had or key in new or len(facts.name) > LONGEST:
            continue
        nameless = had.pop((place.pk, facts.name, ""), None)
        if nameless and nameless.kind == NameKind.ALTERNATE:
            told.append(_told(nameless, place, facts))
            had[key] = nameless
        elif fold(facts.name):
            new[key] = _row(place, facts)
    PlaceName.objects.bulk_update(told, ["language", "kind", "weight", "tier"], batch_size=100)
    bulk.insert(PlaceName, NAME_COLUMNS, list(new.values()))
    return len(new)


@transaction.atomic
def identify(wikidata_ids: Mapping[int, str]) -> int:
    """Gives places without a Wikidata id theirs, by their GeoNames ids; returns to how many.

    An id that another place has already stays there.
    """
    taken = set(
        Place.objects.filter(wikidata_id__in=set(wikidata_ids.values())).values_list("wikidata_id", flat=True)
    )
    changed = []
    for place in Place.objects.filter(geonames_id__in=list(wikidata_ids), wikidata_id__isnull=True):
        wikidata_id = wikidata_ids[place.geonames_id or 0]
        if wikidata_id not in taken:
            taken.add(wikidata_id)
            place.wikidata_id = wikidata_id
            changed.append(place)
    Place.objects.bulk_update(changed, ["wikidata_id"], batch_size=200)
    return len(changed)


def _told(name: PlaceName, place: Place, facts: NameFacts) -> PlaceName:
    name.language, name.kind = facts.language, facts.kind
    name.weight, name.tier = _rank(place, facts)
    return name


def _row(place: Place, facts: NameFacts) -> NameRow:
    weight, tier = _rank(place, facts)
    folded = fold(facts.name)[:LONGEST]
    return place.pk, facts.name, folded, facts.language, facts.kind, tier, weight, place.country_id


def _rank(place: Place, facts: NameFacts) -> tuple[int, int]:
    whole = weight_of(place.population, place.geonames_id)
    weight = name_weight(whole, facts.kind, fold(facts.name)[:LONGEST], fold(place.name))
    return weight, tier_of(weight, facts.kind)
