"""The partner finder of this installation, fitted from its places and public links and kept for the pages."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from concivis.hubs import record
from concivis.places.models import Place
from concivis.twinning import finding, queries
from concivis.twinning.models import FigureSnapshot, Side

if TYPE_CHECKING:
    from concivis.twinning import matching


def fit_finder(*, again: bool = False) -> FigureSnapshot:
    """Fits the finder and stores it, unless the one there is of the present places and links (`again`: also then).

    Some seconds for the whole gazetteer. Writes the record, so that pages showing the older one are made anew.
    """
    snapshot, _ = FigureSnapshot.objects.get_or_create(scope=finding.SCOPE)
    present = fingerprint()
    if not again and snapshot.figures.get("of") == present and finding.current_finder() is not None:
        return snapshot
    started = time.perf_counter()
    places, links = _fit()
    seconds = round(time.perf_counter() - started, 1)
    with transaction.atomic():
        record.write(hub=None, by=None, action="finder.fitted", kind="finder", object_id=finding.SCOPE)
        snapshot.data_version = record.data_version()
        snapshot.computed_at = timezone.now()
        snapshot.figures = {"of": present, "places": places, "links": links, "seconds": seconds}
        snapshot.save(update_fields=["data_version", "computed_at", "figures"])
    return snapshot


def ensure_fitted() -> FigureSnapshot:
    """A finder that is there, of the present links: for set-up and for the demo. Does nothing where nothing changed."""
    return fit_finder()


def fingerprint() -> str:
    """What the finder is made of, in one line: it is the same as long as neither places nor links change."""
    ties = queries.public().aggregate(last=Max("changed_at"), newest=Max("pk"))
    places = Place.objects.aggregate(newest=Max("pk"))["newest"]
    counts = f"{Place.objects.count()}:{places}:{queries.public().count()}:{ties['newest']}"
    return f"{counts}:{ties['last'].isoformat() if ties['last'] else ''}"


def columns() -> tuple[matching.Nodes, matching.Edges]:
    """All places and the public links, as the engine takes them. Two queries."""
    from concivis.twinning import (
        matching,  # its libraries load when a finder is fitted, not with the first page
    )

    rows = Place.objects.order_by("pk").values_list(
        "pk", "name", "country", "latitude", "longitude", "population", "region__code"
    )
    found = list(zip(*rows.iterator(20_000), strict=True)) or [()] * 7
    return matching.Nodes.of_columns(*found), matching.Edges(*_links())


def _fit() -> tuple[int, int]:
    """Fits and saves; returns the numbers of places and links. Two queries."""
    from concivis.twinning import matching

    nodes, edges = columns()
    own = finding.weights_file()
    weights = matching.Weights.load(own) if own.exists() else None
    links = len({frozenset(pair) for pair in zip(edges.first, edges.second, strict=True)})
    known = finding.country_ties() if links < finding.FEW_LINKS else None
    matching.Finder.fit(nodes, edges, weights, known).save(finding.folder())
    return len(nodes), links


def _links() -> tuple[list[int], list[int]]:
    """Public links as two columns of places; a tie of three places is three links."""
    sides: dict[int, list[int]] = {}
    rows = Side.objects.filter(partnership__in=queries.public().values("pk")).order_by(
        "partnership", "position"
    )
    for partnership, place in rows.values_list("partnership", "place").iterator(20_000):
        sides.setdefault(partnership, []).append(place)
    pairs = [(a, b) for places in sides.values() for i, a in enumerate(places) for b in places[i + 1 :]]
    return [a for a, _ in pairs], [b for _, b in pairs]
