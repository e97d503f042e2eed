"""The links of the map as columns of JSON: for thirty thousand a third of what objects would take.

    {"version", "count", "unplaced",
     "kinds": [[code, label], …], "states": [[code, label], …], "countries": {code: name},
     "places": {"id": "gn1 gn2 …", "name": […], "lat": [thousandths of a degree], "lon": […], "country": "DEFR…"},
     "links": {"a": [index of a place], "b": […], "kind": "0103…", "state": "2…", "id": "7f0a… 81b2…"}}

`kind` and `state` hold one digit for each link, its position in `kinds` and `states`. Links with a place whose
coordinates are not known are left out and counted in `unplaced`.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from django.db.models import QuerySet

from concivis.places.countries import country_name
from concivis.twinning import listing, queries
from concivis.twinning.enums import PUBLIC_STATES, PartnershipKind, PartnershipState
from concivis.twinning.models import Partnership

KINDS: Sequence[str] = PartnershipKind.values
COLUMNS = ("pk", "public_id", "kind", "state", "sleeps_on")
STATES: Sequence[str] = [
    state
    for state in (*PartnershipState.values, listing.DORMANT)
    if state in PUBLIC_STATES or state == listing.DORMANT
]


def encoded(partnerships: QuerySet[Partnership], version: int) -> bytes:
    """The document as UTF-8. Three queries."""
    return msgspec.json.encode(columns(partnerships, version))


def columns(partnerships: QuerySet[Partnership], version: int) -> dict[str, Any]:
    edges = queries.network_edges(partnerships)
    told = {
        pk: (public_id, kind, listing.seen_state(state, sleeps_on))
        for pk, public_id, kind, state, sleeps_on in partnerships.order_by().values_list(*COLUMNS)
    }
    placed = [latitude is not None for latitude in edges.latitudes]
    drawn = [
        (a, b, owner)
        for (a, b), owner in zip(edges.links, edges.partnerships, strict=True)
        if placed[a] and placed[b]
    ]
    return {
        "version": version,
        "count": len(told),
        "unplaced": len(edges.links) - len(drawn),
        "kinds": [[kind.value, str(kind.label)] for kind in PartnershipKind],
        "states": [[state, listing.state_label(state)] for state in STATES],
        "countries": {code: country_name(code) for code in sorted(set(edges.countries))},
        "places": {
            "id": " ".join(edges.public_ids),
            "name": edges.names,
            "lat": [_thousandths(value) for value in edges.latitudes],
            "lon": [_thousandths(value) for value in edges.longitudes],
            "country": "".join(edges.countries),
        },
        "links": {
            "a": [a for a, _, _ in drawn],
            "b": [b for _, b, _ in drawn],
            "kind": "".join(str(KINDS.index(told[owner][1])) for _, _, owner in drawn),
            "state": "".join(str(STATES.index(told[owner][2])) for _, _, owner in drawn),
            "id": " ".join(told[owner][0] for _, _, owner in drawn),
        },
    }


def _thousandths(degrees: float | None) -> int:
    return 0 if degrees is None else round(degrees * 1000)
