"""The map of the home page: the partnerships of the hubs, drawn by the server."""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from concivis.hubs.models import Hub
from concivis.places.models import Place
from concivis.shell import worldmap
from concivis.twinning import queries as twinning

MOST_LINKS = 400


def hubs_map(hubs: Sequence[Hub]) -> SafeString:
    """Great circles of the hubs' public partnerships; the newest ones of the world where there are no hubs."""
    ties = twinning.public().filter(hub__in=hubs) if hubs else twinning.public().order_by("-changed_at")
    points: dict[int, worldmap.Point] = {}
    arcs: list[worldmap.Arc] = []
    own = {hub.place_id for hub in hubs}
    for tie in twinning.for_list(ties)[:MOST_LINKS]:
        places = [place for place in tie.places_in_order if place.latitude is not None]
        points.update((place.pk, _point(place, place.pk in own)) for place in places)
        arcs.extend(_arc(first, second) for i, first in enumerate(places) for second in places[i + 1 :])
    return worldmap.draw(
        list(points.values()),
        arcs,
        title=gettext("Partnerships of the cities on this site"),
        description=gettext(
            "A map of the world with lines between partner cities. The same is listed as a table."
        ),
    )


def _point(place: Place, own: bool) -> worldmap.Point:
    return worldmap.Point(
        latitude=place.latitude or 0.0,
        longitude=place.longitude or 0.0,
        label=place.name,
        url=place.get_absolute_url(),
        kind="home" if own else "",
        radius=6.0 if own else 3.5,
    )


def _arc(first: Place, second: Place) -> worldmap.Arc:
    return worldmap.Arc(
        first.latitude or 0.0, first.longitude or 0.0, second.latitude or 0.0, second.longitude or 0.0
    )
