"""Links hidden on purpose: what a finder learns from, and what it is judged by."""

from dataclasses import dataclass

import numpy as np

from concivis.twinning.matching.columns import Positions, Truths
from concivis.twinning.matching.gazetteer import Gazetteer
from concivis.twinning.matching.sphere import kilometres

TWIN_ENTRIES = 5.0  # km: two partners of one country so close are one place written down twice


@dataclass(frozen=True)
class Rehearsal:
    """`hidden` partners of each asking place, as positions in the gazetteer; only `kept` links are known."""

    kept: Positions  # (links, 2)
    hidden: dict[int, Positions]
    known: dict[int, Positions]  # the kept partners of the asking places

    @property
    def ends(self) -> int:
        return sum(len(partners) for partners in self.hidden.values())

    def keeping_links(self) -> "Rehearsal":
        """Only the askers that keep a link."""
        asking = {place: found for place, found in self.hidden.items() if len(self.known[place])}
        return Rehearsal(self.kept, asking, self.known)


def hide_links(gazetteer: Gazetteer, edges: Positions, share: float, seed: int) -> Rehearsal:
    """A share of all links at random; their ends ask, with links left or without."""
    order = np.random.default_rng(seed).permutation(len(edges))
    gone = np.zeros(len(edges), dtype=np.bool_)
    gone[order[: round(share * len(edges))]] = True
    return _rehearsal(gazetteer, edges, gone)


def hide_places(gazetteer: Gazetteer, edges: Positions, share: float, seed: int) -> Rehearsal:
    """All links of a share of the linked places; these ask."""
    linked = np.unique(edges)
    chosen = np.random.default_rng(seed).choice(linked, round(share * len(linked)), replace=False)
    ends = np.isin(edges, chosen)
    found = _rehearsal(gazetteer, edges, ends[:, 0] | ends[:, 1])
    asking = set(chosen.tolist())
    hidden = {place: partners for place, partners in found.hidden.items() if place in asking}
    return Rehearsal(found.kept, hidden, found.known)


def _rehearsal(gazetteer: Gazetteer, edges: Positions, gone: Truths) -> Rehearsal:
    kept = edges[~gone]
    partners = _partners(edges[gone])
    all_known = _partners(kept)
    nobody = np.zeros(0, dtype=np.int32)
    known = {place: all_known.get(place, nobody) for place in partners}
    hidden = {place: _distinct(gazetteer, found, known[place]) for place, found in partners.items()}
    return Rehearsal(kept, {place: found for place, found in sorted(hidden.items()) if len(found)}, known)


def _partners(edges: Positions) -> dict[int, Positions]:
    both = np.concatenate([edges, edges[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    places, starts = np.unique(both[:, 0], return_index=True)
    return dict(zip(places.tolist(), np.split(both[:, 1], starts[1:]), strict=True)) if len(both) else {}


def _distinct(gazetteer: Gazetteer, hidden: Positions, known: Positions) -> Positions:
    """Hidden partners that are no second entry of a known one."""
    kept = []
    for place in hidden.tolist():
        same_country = known[gazetteer.country[known] == gazetteer.country[place]]
        close = kilometres(gazetteer.points[same_country], gazetteer.points[place]) < TWIN_ENTRIES
        if not close.any():
            kept.append(place)
    return np.array(kept, dtype=np.int32)
