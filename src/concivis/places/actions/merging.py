"""Places of a source into the tables: what is new is added, what differs is changed, nothing is ever removed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.db.models import Max

from concivis.places.enums import NameKind, PlaceOrigin
from concivis.places.facts import PlaceFacts, searchable
from concivis.places.models import Country, Place, PlaceName, Region
from concivis.places.names import fold
from concivis.places.sizes import name_weight, tier_of, weight_of
from concivis.shell import bulk

CHUNK = 5_000  # places; their ids fit into one query on SQLite
PLACE_COLUMNS = (
    "public_id", "geonames_id", "wikidata_id", "kind", "name", "country_id", "region_id", "latitude", "longitude",
    "population", "timezone", "origin", "origin_note",
)  # fmt: skip
NAME_COLUMNS = ("place_id", "name", "folded", "language", "kind", "tier", "weight", "country_code")
COMPARED = ("kind", "name", "region_id", "latitude", "longitude", "population", "timezone")

Progress = Callable[[int], object]
"""Called with the number of places done so far."""


@dataclass(slots=True)
class MergeCounts:
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    names_added: int = 0


def save_regions(regions: Iterable[tuple[str, str, str]]) -> None:
    """Adds or renames regions: (country, GeoNames admin1 code, name). Those of unknown countries are left out."""
    countries = set(Country.objects.values_list("code", flat=True))
    Region.objects.bulk_create(
        [
            Region(country_id=country, code=code, name=name, folded=fold(name))
            for country, code, name in regions
            if country in countries
        ],
        update_conflicts=True,
        unique_fields=["country", "code"],
        update_fields=["name", "folded"],
        batch_size=200,
    )


@transaction.atomic
def merge_places(
    facts: Iterable[PlaceFacts],
    *,
    origin: PlaceOrigin,
    progress: Progress | None = None,
    fresh: bool = False,
) -> MergeCounts:
    """Adds and changes places by their GeoNames id. Facts of one id twice: the later ones count as a change.

    A place that came from elsewhere (by hand, an import, the full data) keeps its own facts unless `origin` is the
    full data; it only gains names. Facts of countries we do not know are left out. A dozen queries per 5,000 places.
    `fresh` says that none of the places is there yet and no two have one id, which spares looking.
    """
    merge = _Merge(origin, fresh)
    done = 0
    for chunk in _chunks(facts):
        merge.take(chunk)
        done += len(chunk)
        if progress:
            progress(done)
    return merge.counts


class _Merge:
    def __init__(self, origin: PlaceOrigin, fresh: bool) -> None:
        self.origin, self.fresh = origin, fresh
        self.counts = MergeCounts()
        self.countries = set(Country.objects.values_list("code", flat=True))
        self.regions: dict[tuple[str, str], int] = {
            (country, code): id
            for id, country, code in Region.objects.values_list("id", "country_id", "code")
        }

    def take(self, chunk: Mapping[int, PlaceFacts]) -> None:
        chunk = {id: facts for id, facts in chunk.items() if facts.country in self.countries}
        known = {} if self.fresh else Place.objects.in_bulk(list(chunk), field_name="geonames_id")
        new = [facts for id, facts in chunk.items() if id not in known]
        if new:
            self._add(new)
        if known:
            self._update([(known[id], facts) for id, facts in chunk.items() if id in known])

    def _add(self, new: Sequence[PlaceFacts]) -> None:
        taken = self._taken_wikidata_ids(new)
        last = Place.objects.aggregate(last=Max("pk"))["last"] or 0
        bulk.insert(Place, PLACE_COLUMNS, [self._place_row(facts, taken) for facts in new])
        ids = {id: key for key, id in Place.objects.filter(pk__gt=last).values_list("id", "geonames_id")}
        names = [row for facts in new for row in name_rows(ids[facts.geonames_id], facts)]
        bulk.insert(PlaceName, NAME_COLUMNS, names)
        self.counts.added += len(new)
        self.counts.names_added += len(names)

    def _place_row(self, facts: PlaceFacts, taken: set[str]) -> tuple[object, ...]:
        wikidata_id = facts.wikidata_id
        if wikidata_id in taken:
            wikidata_id = None
        elif wikidata_id:
            taken.add(wikidata_id)
        return (
            f"gn{facts.geonames_id}", facts.geonames_id, wikidata_id, str(facts.kind), facts.name[:200], facts.country,
            self.regions.get((facts.country, facts.region)), facts.latitude, facts.longitude, facts.population,
            facts.timezone, str(self.origin), "",
        )  # fmt: skip

    def _taken_wikidata_ids(self, facts: Iterable[PlaceFacts]) -> set[str]:
        """Two GeoNames places may name one Wikidata item; the first keeps it."""
        asked = {one.wikidata_id for one in facts if one.wikidata_id}
        if not asked:
            return set()
        return {
            id
            for id in Place.objects.filter(wikidata_id__in=asked).values_list("wikidata_id", flat=True)
            if id
        }

    def _update(self, pairs: Sequence[tuple[Place, PlaceFacts]]) -> None:
        changed = [place for place, facts in pairs if self._may_change(place) and self._changes(place, facts)]
        taken = self._taken_wikidata_ids(facts for _, facts in pairs)
        identified = [place for place, facts in pairs if self._identify(place, facts, taken)]
        touched = list({place.pk: place for place in (*changed, *identified)}.values())
        if touched:
            Place.objects.bulk_update(touched, [*COMPARED, "origin", "wikidata_id"], batch_size=50)
        for place in changed:
            _repeat_size(place)
        self.counts.changed += len(touched)
        self.counts.unchanged += len(pairs) - len(touched)
        self._add_names(pairs)

    def _may_change(self, place: Place) -> bool:
        return place.origin == self.origin or (
            self.origin == PlaceOrigin.DUMP and place.origin == PlaceOrigin.GAZETTEER
        )

    def _changes(self, place: Place, facts: PlaceFacts) -> bool:
        """Sets what differs; a name or population that the new facts lack stays."""
        now = (
            str(facts.kind), facts.name[:200], self.regions.get((facts.country, facts.region)) or place.region_id,
            facts.latitude, facts.longitude, facts.population or place.population, facts.timezone or place.timezone,
        )  # fmt: skip
        if now == tuple(getattr(place, field) for field in COMPARED):
            return False
        for field, value in zip(COMPARED, now, strict=True):
            setattr(place, field, value)
        place.origin = self.origin
        return True

    def _identify(self, place: Place, facts: PlaceFacts, taken: set[str]) -> bool:
        if place.wikidata_id or not facts.wikidata_id or facts.wikidata_id in taken:
            return False
        taken.add(facts.wikidata_id)
        place.wikidata_id = facts.wikidata_id
        return True

    def _add_names(self, pairs: Sequence[tuple[Place, PlaceFacts]]) -> None:
        had = set(
            PlaceName.objects.filter(place__in=[place.pk for place, _ in pairs])
            .values_list("place_id", "language", "folded")
            .iterator()
        )
        missing = [
            row
            for place, facts in pairs
            for row in name_rows(place.pk, facts)
            if (place.pk, row[3], row[2]) not in had
        ]
        bulk.insert(PlaceName, NAME_COLUMNS, missing)
        self.counts.names_added += len(missing)


NameRow = tuple[int, str, str, str, str, int, int, str]


def name_rows(place_id: int, facts: PlaceFacts) -> list[NameRow]:
    """Rows of PlaceName with the values of NAME_COLUMNS, by name: so the unique index only ever grows at its end."""
    main, whole, country = fold(facts.name), facts.weight, facts.country
    rows = []
    for folded, (name, language, kind) in searchable(facts.name, facts.names):
        weight = name_weight(whole, kind, folded, main)
        rows.append((place_id, name, folded, language, kind, tier_of(weight, kind), weight, country))
    return sorted(rows)


def _repeat_size(place: Place) -> None:
    """The main name is the place's; the weight beside each name follows the place's."""
    main, whole = fold(place.name), weight_of(place.population, place.geonames_id)
    names = list(place.names.all())
    for name in names:
        if name.kind == NameKind.MAIN or (name.name == place.name and not name.language):
            name.kind = NameKind.MAIN if name.name == place.name else NameKind.ALTERNATE
        name.weight = name_weight(whole, name.kind, name.folded, main)
        name.tier = tier_of(name.weight, name.kind)
    PlaceName.objects.bulk_update(names, ["kind", "weight", "tier"], batch_size=100)


def _chunks(facts: Iterable[PlaceFacts]) -> Iterator[dict[int, PlaceFacts]]:
    remaining = iter(facts)
    while chunk := {one.geonames_id: one for one in islice(remaining, CHUNK)}:
        yield chunk
