"""Places that no gazetteer has: entered by a person, or by an import with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from secrets import choice

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from concivis.places.actions.merging import NAME_COLUMNS, NameRow, name_rows
from concivis.places.enums import NameKind, PlaceKind, PlaceOrigin
from concivis.places.facts import LONGEST, NameFacts, PlaceFacts
from concivis.places.models import Country, Place, PlaceName, Region
from concivis.places.names import fold
from concivis.places.sizes import name_weight, tier_of, weight_of
from concivis.shell import bulk

ID_LETTERS = "23456789bcdfghjkmnpqrstvwxz"  # no vowels: no words; none that look alike
MOST_PEOPLE = 2_000_000_000  # what the column holds on PostgreSQL is a little more


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """A place to be. `country` is an ISO 3166-1 code, `region` GeoNames' admin1 code or a region's name in it."""

    name: str
    country: str
    kind: str = PlaceKind.TOWN
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    region: str = ""
    wikidata_id: str | None = None
    note: str = ""  # why it had to be made
    names: tuple[str, ...] = ()  # other spellings


def create_place(
    *,
    by: object,
    name: str,
    country: Country | str,
    kind: str,
    latitude: float | None = None,
    longitude: float | None = None,
    population: int | None = None,
    region: Region | str | None = None,
    wikidata_id: str | None = None,
    origin: PlaceOrigin = PlaceOrigin.HAND,
    note: str = "",
) -> Place:
    """Creates one place. `by` is the actor for the record, which the caller's room writes. Raises ValidationError."""
    draft = PlaceDraft(
        name=name,
        country=country.code if isinstance(country, Country) else country,
        kind=kind,
        latitude=latitude,
        longitude=longitude,
        population=population,
        region=region.code if isinstance(region, Region) else region or "",
        wikidata_id=wikidata_id,
        note=note,
    )
    return create_places([draft], by=by, origin=origin)[0]


@transaction.atomic
def create_places(
    drafts: Sequence[PlaceDraft], *, by: object = None, origin: PlaceOrigin = PlaceOrigin.IMPORT
) -> list[Place]:
    """Creates all places, in the order of the drafts, or none. Raises ValidationError with one sentence per fault."""
    countries = {country.code: country for country in Country.objects.all()}
    faults = [fault for draft in drafts for fault in _faults(draft, countries)]
    if faults:
        raise ValidationError(faults)
    regions = _Regions({draft.country for draft in drafts if draft.region})
    places = [_place(draft, countries[draft.country], regions.find(draft), origin) for draft in drafts]
    Place.objects.bulk_create(places, batch_size=500)
    bulk.insert(
        PlaceName, NAME_COLUMNS,
        [row for place, draft in zip(places, drafts, strict=True) for row in _name_rows(place, draft)],
    )  # fmt: skip
    return places


@transaction.atomic
def add_name(
    *, by: object, place: Place, name: str, language: str = "", kind: NameKind = NameKind.ALTERNATE
) -> PlaceName:
    """Adds a spelling; the same name in the same language again is the same row. `language` is BCP 47 or empty."""
    name = " ".join(name.split())
    fault = _name_fault(name)
    if fault:
        raise ValidationError(fault)
    whole, folded = weight_of(place.population, place.geonames_id), fold(name)[:LONGEST]
    weight = name_weight(whole, kind, folded, fold(place.name))
    row, _created = PlaceName.objects.update_or_create(
        place=place,
        name=name,
        language=language,
        defaults={
            "folded": folded,
            "kind": kind,
            "tier": tier_of(weight, kind),
            "weight": weight,
            "country_code": place.country_id,
        },
    )
    return row


def _faults(draft: PlaceDraft, countries: dict[str, Country]) -> list[str]:
    faults = [
        _name_fault(" ".join(draft.name.split())),
        _country_fault(draft, countries),
        _position_fault(draft),
        _population_fault(draft),
    ]
    if draft.kind not in PlaceKind.values:
        faults.append(_("“%(kind)s” is not a kind of place.") % {"kind": draft.kind})
    return [fault for fault in faults if fault]


def _name_fault(name: str) -> str:
    if not fold(name):
        return _("A place needs a name with letters or digits.")
    if len(name) > LONGEST:
        return _("The name “%(start)s…” is too long; a name has at most %(longest)d characters.") % {
            "start": name[:30],
            "longest": LONGEST,
        }
    return ""


def _country_fault(draft: PlaceDraft, countries: dict[str, Country]) -> str:
    if draft.country in countries:
        return ""
    if not draft.country:
        return _("%(name)s: say in which country the place lies.") % {"name": draft.name}
    return _("%(name)s: there is no country with the code “%(code)s”.") % {
        "name": draft.name,
        "code": draft.country[:20],
    }


def _position_fault(draft: PlaceDraft) -> str:
    latitude, longitude = draft.latitude, draft.longitude
    if latitude is None and longitude is None:
        return ""
    if latitude is None or longitude is None:
        return _("%(name)s: give both latitude and longitude, or neither.") % {"name": draft.name}
    if -90 <= latitude <= 90 and -180 <= longitude <= 180:
        return ""
    return _(
        "%(name)s: latitude %(latitude)s, longitude %(longitude)s is not on Earth; "
        "latitude goes from -90 to 90, longitude from -180 to 180."
    ) % {"name": draft.name, "latitude": latitude, "longitude": longitude}


def _population_fault(draft: PlaceDraft) -> str:
    if draft.population is None or 0 <= draft.population <= MOST_PEOPLE:
        return ""
    return _("%(name)s: %(population)s is not a number of people.") % {
        "name": draft.name,
        "population": draft.population,
    }


class _Regions:
    """The regions of some countries, by code and by folded name. One query."""

    def __init__(self, countries: set[str]) -> None:
        self.by_key: dict[tuple[str, str], Region] = {}
        for region in Region.objects.filter(country__in=countries):
            self.by_key[region.country_id, fold(region.name)] = region
            self.by_key[region.country_id, region.code] = region

    def find(self, draft: PlaceDraft) -> Region | None:
        key = draft.country
        return self.by_key.get((key, draft.region)) or self.by_key.get((key, fold(draft.region)))


def _place(draft: PlaceDraft, country: Country, region: Region | None, origin: PlaceOrigin) -> Place:
    return Place(
        public_id="p" + "".join(choice(ID_LETTERS) for _letter in range(10)),
        wikidata_id=draft.wikidata_id or None,
        kind=draft.kind,
        name=" ".join(draft.name.split()),
        country=country,
        region=region,
        latitude=draft.latitude,
        longitude=draft.longitude,
        population=draft.population or None,
        origin=origin,
        origin_note=draft.note[:300],
    )


def _name_rows(place: Place, draft: PlaceDraft) -> list[NameRow]:
    facts = PlaceFacts(
        0, place.name, place.country_id, "", place.kind, None, None, place.population,
        names=map(NameFacts, draft.names),
    )  # fmt: skip
    return name_rows(place.pk, facts)
