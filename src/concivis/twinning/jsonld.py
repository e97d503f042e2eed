"""Pages in the words of schema.org, for machines that read along (JSON-LD)."""

from typing import Any

from concivis.hubs.models import Hub
from concivis.places.enums import PlaceKind
from concivis.places.models import Place
from concivis.shell.jsonld import CONTEXT
from concivis.shell.templatetags.shell import absolute_url
from concivis.twinning.listing import Listed, ListedPlace
from concivis.twinning.models import Partnership

REGIONS = frozenset({PlaceKind.PROVINCE, PlaceKind.REGION, PlaceKind.ASSOCIATION, PlaceKind.AGGLOMERATION})


def place(told: Place, partners: int) -> dict[str, Any]:
    same = same_as(told)
    return {
        "@context": CONTEXT,
        "@type": "AdministrativeArea" if told.kind in REGIONS else "City",
        "@id": absolute_url(told.get_absolute_url()),
        "name": told.name,
        "url": absolute_url(told.get_absolute_url()),
        "containedInPlace": {"@type": "Country", "identifier": told.country_id, "name": told.country.name},
        **({"sameAs": same} if same else {}),
        **_position(told.latitude, told.longitude),
        "additionalProperty": {"@type": "PropertyValue", "name": "partner places", "value": partners},
    }


def same_as(told: Place) -> list[str]:
    links = []
    if told.geonames_id:
        links.append(f"https://www.geonames.org/{told.geonames_id}/")
    if told.wikidata_id:
        links.append(f"https://www.wikidata.org/wiki/{told.wikidata_id}")
    return links


def partnership(told: Partnership, row: Listed) -> dict[str, Any]:
    """schema.org has no word for an agreement of cities; what people make and date there is a creative work."""
    return {
        "@context": CONTEXT,
        "@type": "CreativeWork",
        "@id": absolute_url(row.url),
        "url": absolute_url(row.url),
        "name": row.title,
        "about": [_city(city) for city in row.places],
        "creativeWorkStatus": row.state,
        "genre": row.kind,
        **({"dateCreated": str(row.started.year)} if row.started else {}),
        "dateModified": row.changed_at.isoformat(),
        "citation": [piece.source.title for piece in told.evidence.all()],
    }


def _city(told: ListedPlace) -> dict[str, Any]:
    return {
        "@type": "City",
        "@id": absolute_url(told.url),
        "name": told.name,
        "containedInPlace": {"@type": "Country", "identifier": told.country},
        **_position(told.latitude, told.longitude),
    }


def _position(latitude: float | None, longitude: float | None) -> dict[str, Any]:
    if latitude is None or longitude is None:
        return {}
    return {"geo": {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}}


def office(told: Hub) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        "@type": "GovernmentOffice",
        "@id": absolute_url(told.get_absolute_url()),
        "url": absolute_url(told.get_absolute_url()),
        "name": told.name,
        "areaServed": {
            "@type": "City",
            "@id": absolute_url(told.place.get_absolute_url()),
            "name": told.place.name,
        },
        **({"description": told.about} if told.about else {}),
        **({"sameAs": [told.website]} if told.website else {}),
    }
