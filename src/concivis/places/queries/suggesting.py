"""The type-ahead: places whose names begin with what was typed, told apart from their namesakes.

Every step reads only the index `place_name_prefix`, which holds all that decides. Names of large places come first
(tier 0), and the search stops as soon as it has enough; so one letter costs no more than a whole word.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Max, Min, Q, QuerySet

from concivis.places.countries import codes_beginning, country_name
from concivis.places.enums import NameKind
from concivis.places.models import Place, PlaceName, Region
from concivis.places.names import fold
from concivis.places.queries.similar import similar
from concivis.places.sizes import NAME_TIERS

LONGEST_QUERY = 100  # characters
MOST = 50  # suggestions
LETTERS_OF_FEW = 4  # with so many letters few names are left, and one query over all tiers is quickest


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One place as a list of proposals shows it. `matched`: the spelling that was found, empty if the name."""

    id: int
    public_id: str
    name: str
    matched: str
    kind: str
    region: str
    country: str  # code
    country_name: str  # in the active language
    population: int | None
    latitude: float | None
    longitude: float | None

    @property
    def where(self) -> str:
        """ "Saxony-Anhalt, Germany": what tells namesakes apart."""
        return ", ".join(part for part in (self.region, self.country_name) if part)

    @property
    def label(self) -> str:
        """ "Halle (Saale), Saxony-Anhalt, Germany"."""
        return f"{self.name}, {self.where}"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was typed, understood: the folded name, and the countries and region it shall lie in."""

    name: str
    countries: frozenset[str] | None = None
    regions: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()


def suggest(
    text: str, *, country: str | None = None, kinds: Collection[str] | None = None, limit: int = 10
) -> list[Suggestion]:
    """Places with a name that is, then begins with, then holds a word beginning with `text`; larger before smaller.

    Any script and spelling, accents and case ignored. "Springfield, Illinois" and "Neufchâteau, Frankreich" are
    narrowed by what follows the comma, as far as it is typed. If nothing fits, names that nearly fit are proposed.
    At most a dozen queries, whatever is typed and however many places there are; none for an empty text.
    """
    limit = max(1, min(limit, MOST))
    for asked in _readings(text[:LONGEST_QUERY], country, kinds):
        found = _find(asked, limit)
        if found:
            return _described(found, asked)
    return []


def _readings(text: str, country: str | None, kinds: Collection[str] | None) -> Iterable[_Asked]:
    """With the part after the comma as a country or region; failing that, the whole text as a name."""
    within = frozenset({country.upper()}) if country else None
    wanted = tuple(kinds or ())
    name, comma, place = text.rpartition(",")
    if comma and fold(name) and fold(place):
        countries = codes_beginning(place) if within is None else frozenset()
        if countries:
            yield _Asked(fold(name), countries, (), wanted)
        regions = _regions(fold(place), within)
        if regions:
            yield _Asked(fold(name), within, regions, wanted)
    elif comma and fold(name):
        yield _Asked(fold(name), within, (), wanted)
    if fold(text):
        yield _Asked(fold(text), within, (), wanted)


def _regions(name: str, countries: frozenset[str] | None) -> tuple[int, ...]:
    regions = Region.objects.order_by().filter(folded__begins=name)
    if countries:
        regions = regions.filter(country__in=countries)
    return tuple(regions.values_list("id", flat=True)[:50])


def _find(asked: _Asked, limit: int) -> dict[int, str]:
    """Ids of places in order, each with the folded spelling to look for: "" where it begins with what was typed."""
    names = _within(asked)
    found = dict.fromkeys(_best(names.filter(tier__in=NAME_TIERS, folded=asked.name), limit), "")
    for tiers in ((0,), (1,), (2,), (3,), (4,)) if len(asked.name) < LETTERS_OF_FEW else (range(5),):
        if len(found) >= limit:
            break
        beginning = names.filter(tier__in=tiers, folded__begins=asked.name)
        found |= dict.fromkeys((place for place in _best(beginning, limit) if place not in found), "")
    return dict(list((found or similar(names, asked.name, limit)).items())[:limit])


def _within(asked: _Asked) -> QuerySet[PlaceName]:
    names = PlaceName.objects.order_by()
    if asked.countries is not None:
        names = names.filter(country_code__in=asked.countries)
    if asked.regions:
        names = names.filter(place__in=Place.objects.filter(region__in=asked.regions))
    if asked.kinds:
        names = names.filter(place__kind__in=asked.kinds)
    return names


def _best(names: QuerySet[PlaceName], limit: int) -> list[int]:
    ranked = (
        names.values("place")
        .annotate(first=Min("tier"), most=Max("weight"))
        .order_by("first", "-most", "place")
    )
    return [row["place"] for row in ranked[:limit]]


def _described(found: dict[int, str], asked: _Asked) -> list[Suggestion]:
    places = Place.objects.select_related("region").in_bulk(found)
    spellings = _spellings(found, asked.name)
    return [_suggestion(places[id], spellings.get(id, ""), asked.name) for id in found if id in places]


def _spellings(found: dict[int, str], name: str) -> dict[int, str]:
    """Of each place the name that fits best what was typed: the same, else the shortest that begins so."""
    asked = Q(folded__begins=name)
    if any(found.values()):
        asked |= Q(folded__in=[spelling for spelling in found.values() if spelling])
    rows = PlaceName.objects.filter(asked, place__in=found).exclude(kind=NameKind.WORD)
    fitting: dict[int, tuple[int, str]] = {}
    for place, spelling, folded in rows.values_list("place", "name", "folded"):
        fitting[place] = min(fitting.get(place, (999, "")), (len(folded), spelling))
    return {place: spelling for place, (_length, spelling) in fitting.items()}


def _suggestion(place: Place, spelling: str, asked: str) -> Suggestion:
    own_name = not spelling or asked in fold(place.name) or fold(spelling) == fold(place.name)
    return Suggestion(
        id=place.pk,
        public_id=place.public_id,
        name=place.name,
        matched="" if own_name else spelling,
        kind=place.kind,
        region=place.region.name if place.region else "",
        country=place.country_id,
        country_name=country_name(place.country_id),
        population=place.population,
        latitude=place.latitude,
        longitude=place.longitude,
    )
