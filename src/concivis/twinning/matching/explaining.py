"""The facts behind each reason, looked up only for the candidates that are shown."""

from collections.abc import Callable

import numpy as np

from concivis.twinning.matching.columns import PlaceId, Positions, Singles
from concivis.twinning.matching.gazetteer import languages
from concivis.twinning.matching.reasons import (
    Chains,
    CountryTies,
    DistanceFacts,
    Facts,
    Kind,
    LanguageFacts,
    NameFacts,
    NearbyTowns,
    NeighbouringLinks,
    OpennessFacts,
    RegionTies,
    SharedPartners,
    SizeFacts,
)
from concivis.twinning.matching.sphere import kilometres
from concivis.twinning.matching.view import View

SHOWN = 5  # pairs and examples; the counts are always of all
NEARBY = 60.0  # km: what a reader takes for "near"


def facts(view: View, kind: Kind, place: int) -> Facts:
    """`place`: position of the candidate in the gazetteer. KeyError for FIELDS, which only the caller knows."""
    return FACTS[kind](view, place)


def _size(view: View, place: int) -> SizeFacts:
    return SizeFacts(int(view.gazetteer.populations[place]), view.asker.population)


def _openness(view: View, place: int) -> OpennessFacts:
    return OpennessFacts(len(view.ties.partners(place)))


def _shared_partners(view: View, place: int) -> SharedPartners:
    shared = np.intersect1d(view.ties.partners(place), view.asker.partners)
    order = np.argsort(view.ties.degree[shared], kind="stable")
    return SharedPartners(_ids(view, shared[order]))


def _chains(view: View, place: int) -> Chains:
    """Links between my partners and the candidate's; the chain through the fewest other links first."""
    ties, mine = view.ties, view.asker.partners
    theirs = ties.partners(place)
    first, second = _links(view, mine, theirs)
    if not len(first):
        return Chains(0, ())
    busy = ties.degree[mine[first]] * ties.degree[theirs[second]]
    chosen = np.argsort(busy, kind="stable")[:SHOWN]
    return Chains(len(first), _pairs(view, mine[first[chosen]], theirs[second[chosen]]))


def _neighbours(view: View, place: int) -> NeighbouringLinks:
    near_me = view.within(NEARBY)
    far_me = view.distances[near_me]
    near_them, far_them = _near(view, view.gazetteer.points[place], int(view.ties.index[place]))
    first, second = _links(view, near_me, near_them)
    if not len(first):
        return NeighbouringLinks(NEARBY, 0, ())
    chosen = np.argsort(far_me[first] + far_them[second], kind="stable")[:SHOWN]
    return NeighbouringLinks(
        NEARBY, len(first), _pairs(view, near_me[first[chosen]], near_them[second[chosen]])
    )


def _links(view: View, ours: Positions, theirs: Positions) -> tuple[Positions, Positions]:
    """Links from one group of linked places into another: row i, column j says ours[i] with theirs[j]."""
    ends, start = view.ties.adjacency.indices, view.ties.adjacency.indptr
    position = {place: column for column, place in enumerate(theirs.tolist())}
    found = [
        (row, position[other])
        for row, place in enumerate(ours.tolist())
        for other in ends[start[place] : start[place + 1]].tolist()
        if other in position
    ]
    pairs = np.array(found, dtype=np.int32).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def _neighbours_partner(view: View, place: int) -> NearbyTowns:
    return _nearby(view, view.ties.partners(place), view.asker.point)


def _partners_near(view: View, place: int) -> NearbyTowns:
    return _nearby(view, view.asker.partners, view.gazetteer.points[place])


def _nearby(view: View, towns: Positions, point: Singles) -> NearbyTowns:
    """Those of the towns that lie within NEARBY of the point."""
    far = kilometres(view.gazetteer.points[view.ties.linked[towns]], point)
    order = [row for row in np.argsort(far, kind="stable") if far[row] <= NEARBY]
    return NearbyTowns(NEARBY, _ids(view, towns[order]), tuple(far[order].astype(float).tolist()))


def _near(view: View, point: Singles, left_out: int) -> tuple[Positions, Singles]:
    """Linked places within NEARBY of a point, and their distances in km."""
    band = view.ties.band(float(point[2]), NEARBY)
    far = kilometres(view.gazetteer.points[view.ties.linked[band]], point)
    near = (far <= NEARBY) & (band != left_out)
    return band[near], far[near]


def _countries(view: View, place: int) -> CountryTies:
    gazetteer, ties, own = view.gazetteer, view.ties, view.asker.country
    country = int(gazetteer.country[place])
    half = 0.5 if country == own else 1.0  # ends of links within one country are two of one link
    total = ties.country_ends
    known = country >= 0 and own >= 0
    return CountryTies(
        gazetteer.countries[country] if country >= 0 else "",
        gazetteer.countries[own] if own >= 0 else "",
        int(ties.country_links[own, country] * half) if known else 0,
        float(total[own] * total[country] / ties.ends * half) if known else 0.0,
        _count(ties.country[view.asker.partners], country),
        _count(ties.country[ties.partners(place)], own),
    )


def _regions(view: View, place: int) -> RegionTies:
    gazetteer, ties, own = view.gazetteer, view.ties, view.asker.region
    region = int(gazetteer.region[place])
    half = 0.5 if region == own else 1.0
    known = region >= 0 and own >= 0
    return RegionTies(
        gazetteer.region_codes[region] if region >= 0 else "",
        gazetteer.region_codes[own] if own >= 0 else "",
        int(view.region_links[region] * half) if known else 0,
        _count(ties.region[view.asker.partners], region),
        _count(ties.region[ties.partners(place)], own),
    )


def _count(groups: Positions, group: int) -> int:
    return int((groups == group).sum()) if group >= 0 else 0


def _language(view: View, place: int) -> LanguageFacts:
    codes = view.gazetteer.countries
    country, own = int(view.gazetteer.country[place]), view.asker.country
    if country < 0 or own < 0:
        return LanguageFacts(())
    return LanguageFacts(tuple(sorted(languages(codes[country]) & languages(codes[own]))))


def _distance(view: View, place: int) -> DistanceFacts:
    far = float(kilometres(view.gazetteer.points[[place]], view.asker.point)[0])
    own = view.asker.country
    return DistanceFacts(far if np.isfinite(far) else None, own >= 0 and view.gazetteer.country[place] == own)


def _name(view: View, place: int) -> NameFacts:
    return NameFacts(float(view.likeness[place]))


def _ids(view: View, linked: Positions) -> tuple[PlaceId, ...]:
    return tuple(view.gazetteer.ids[view.ties.linked[linked]].tolist())


def _pairs(view: View, first: Positions, second: Positions) -> tuple[tuple[PlaceId, PlaceId], ...]:
    return tuple(zip(_ids(view, first), _ids(view, second), strict=True))


FACTS: dict[Kind, Callable[[View, int], Facts]] = {
    Kind.SIZE: _size,
    Kind.OPENNESS: _openness,
    Kind.SHARED_PARTNERS: _shared_partners,
    Kind.CHAINS: _chains,
    Kind.NEIGHBOURS: _neighbours,
    Kind.NEIGHBOURS_PARTNER: _neighbours_partner,
    Kind.PARTNERS_NEAR: _partners_near,
    Kind.COUNTRIES: _countries,
    Kind.REGIONS: _regions,
    Kind.LANGUAGE: _language,
    Kind.DISTANCE: _distance,
    Kind.NAME: _name,
}
