"""Weights learnt from the links at hand: some are hidden, and the curves fitted that would have found them."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from concivis.twinning.matching.boosting import grown
from concivis.twinning.matching.closer_look import NO_LOOK, CloserLook
from concivis.twinning.matching.columns import Edges, Nodes, Positions, Singles, Truths
from concivis.twinning.matching.fitting import Choices, curves_of
from concivis.twinning.matching.gazetteer import Gazetteer
from concivis.twinning.matching.ground import Ground
from concivis.twinning.matching.rehearsal import Rehearsal, hide_links, hide_places
from concivis.twinning.matching.shapes import Curve, Curves, Weights, picked
from concivis.twinning.matching.sheet import Sheet, foremost
from concivis.twinning.matching.signals import KINDS, NEED_LINKS, Spreads, signals

HIDDEN = 0.1  # of the links, or of the places
REHEARSALS = 2  # each hides others
ASKING = 2500  # places asked in each, at most
STRONG = 100  # candidates that look best at first sight: they decide who stands in the first hundred
OTHERS = 130  # candidates drawn from the rest
FIRST_SIGHT = {  # a rough score, only to find strong candidates
    "links": 0.7,
    "neighbours' twinning, 80 km": 0.5,
    "neighbours' lift, 300 km": 0.3,
    "shared partners, few first": 2.0,
    "ties of the countries": 0.5,
    "neighbours' links, 80 km": 0.3,
}

Hide = Callable[[Gazetteer, Positions, float, int], Rehearsal]


def learn(nodes: Nodes, edges: Edges, *, seed: int, source: str = "", asking: int = ASKING) -> Weights:
    """Curves and closer look, in some minutes for 22,000 places; the same for the same columns and seed.

    Only places with links are candidates here: one that has none may be unwilling or only unrecorded. `source`
    says, in the file, what this was learnt from. ValueError where there are too few links to hide any."""
    gazetteer, pairs = linked_only(nodes, edges)
    with_links = learn_curves(gazetteer, pairs, hide_links, frozenset(KINDS), seed, asking)
    return Weights(
        with_links,
        learn_curves(gazetteer, pairs, hide_places, frozenset(KINDS) - NEED_LINKS, seed, asking),
        {
            "from": source,
            "on": dt.datetime.now(dt.UTC).date().isoformat(),
            "places": len(gazetteer),
            "links": len(pairs),
            "seed": seed,
            "protocol": f"{HIDDEN:.0%} of the links, of the places hidden, {REHEARSALS} times; {asking} asked each",
        },
        learn_look(gazetteer, pairs, with_links, seed, asking),
    )


def linked_only(nodes: Nodes, edges: Edges) -> tuple[Gazetteer, Positions]:
    """The gazetteer of the places that have links, and the links as positions in it."""
    pairs = edges.positions(nodes)
    linked, positions = np.unique(pairs, return_inverse=True)
    return Gazetteer.of(nodes.at(linked)), positions.reshape(-1, 2).astype(np.int32)


def learn_curves(
    gazetteer: Gazetteer, edges: Positions, hide: Hide, names: frozenset[str], seed: int, asking: int = ASKING
) -> dict[str, Curve]:
    """Curves of the named signals; everything they read is computed without the hidden links."""
    parts = [
        rehearsed(gazetteer, edges, hide, names, REHEARSALS * seed + number, asking)
        for number in range(REHEARSALS)
    ]
    return curves_of(Choices.joined(parts))


def learn_look(
    gazetteer: Gazetteer, edges: Positions, curves: Curves, seed: int, asking: int = ASKING
) -> CloserLook:
    """At the candidates that the curves put foremost, for askers with links; none where all hidden stay behind."""
    parts: list[tuple[Choices, Singles]] = []
    for number in range(REHEARSALS):
        own = REHEARSALS * seed + number
        rehearsal = hide_links(gazetteer, edges, HIDDEN, own).keeping_links()
        parts += _shortlists(Ground.of(gazetteer, rehearsal.kept), rehearsal, curves, own, asking)
    if not parts:
        return NO_LOOK
    return grown(Choices.joined([part for part, _ in parts]), np.concatenate([own for _, own in parts]), seed)


def _shortlists(
    ground: Ground, rehearsal: Rehearsal, curves: Curves, seed: int, asking: int
) -> Iterator[tuple[Choices, Singles]]:
    asking_places = np.random.default_rng(seed).permutation(sorted(rehearsal.hidden))[:asking].tolist()
    for place in asking_places:
        found = _shortlist(ground, place, rehearsal, curves)
        if found is not None:
            yield found


def _shortlist(
    ground: Ground, place: int, rehearsal: Rehearsal, curves: Curves
) -> tuple[Choices, Singles] | None:
    """One asker: the rivals foremost by the curves, and those hidden partners that stand among them, with scores."""
    sheet, hidden = Sheet(ground, ground.resident(place), curves), rehearsal.hidden[place]
    rivals = sheet.scores.copy()
    rivals[np.concatenate([hidden, rehearsal.known[place], [place]])] = -np.inf
    best = foremost(rivals, STRONG)
    among = hidden[sheet.scores[hidden] >= sheet.scores[best[-1:]]] if len(best) else hidden[:0]
    if not len(among):
        return None
    rows, names = np.concatenate([among, best]), tuple(curves)
    return Choices(
        names,
        sheet.table(rows, names),
        np.zeros(len(rows), dtype=np.int32),
        np.arange(len(rows)) < len(among),
        np.ones(len(rows), dtype=np.float32),
    ), sheet.scores[rows]


def rehearsed(
    gazetteer: Gazetteer, edges: Positions, hide: Hide, names: frozenset[str], seed: int, asking: int
) -> Choices:
    rehearsal = hide(gazetteer, edges, HIDDEN, seed)
    if names & NEED_LINKS:
        rehearsal = rehearsal.keeping_links()
    if not rehearsal.hidden:
        raise ValueError(f"{len(edges)} links are too few to learn from: none could be hidden.")
    return choices(Ground.of(gazetteer, rehearsal.kept), rehearsal, names, seed, asking)


def choices(
    ground: Ground, rehearsal: Rehearsal, names: frozenset[str], seed: int, asking: int = ASKING
) -> Choices:
    draw = np.random.default_rng(seed)
    ordered = tuple(name for name in KINDS if name in names)
    chosen = draw.permutation(sorted(rehearsal.hidden))[:asking].tolist()
    parts = [_choice(ground, place, rehearsal, ordered, draw) for place in chosen]
    tables, truths, weights = zip(*parts, strict=True)
    asker = np.repeat(np.arange(len(parts), dtype=np.int32), [len(table) for table in tables])
    return Choices(ordered, np.concatenate(tables), asker, np.concatenate(truths), np.concatenate(weights))


def _choice(
    ground: Ground, place: int, rehearsal: Rehearsal, names: tuple[str, ...], draw: np.random.Generator
) -> tuple[Singles, Truths, Singles]:
    """One asker: its hidden partners, the strongest rivals, and some of the rest, which stand for all of it."""
    view, hidden = ground.resident(place), rehearsal.hidden[place]
    spreads = tuple(signals(view, block, frozenset(names) | FIRST_SIGHT.keys()) for block in ground.blocks)
    promise = _first_sight(ground, spreads)
    promise[np.concatenate([hidden, rehearsal.known[place], [place]])] = -np.inf
    rivals = np.flatnonzero(np.isfinite(promise))
    strongest = min(STRONG, len(rivals) - 1)
    order = rivals[np.argpartition(-promise[rivals], strongest)]
    strong, rest = order[:strongest], np.sort(order[strongest:])
    others = draw.choice(rest, min(OTHERS, len(rest)), replace=False)
    rows = np.concatenate([hidden, strong, others]).astype(np.int32)
    weight = np.ones(len(rows), dtype=np.float32)
    weight[len(rows) - len(others) :] = len(rest) / max(len(others), 1)
    return _table(ground, spreads, names, rows), np.arange(len(rows)) < len(hidden), weight


def _first_sight(ground: Ground, spreads: tuple[Spreads, ...]) -> Singles:
    promise = np.zeros(len(ground.gazetteer), dtype=np.float32)
    for block, found in zip(ground.blocks, spreads, strict=True):
        for name, weight in FIRST_SIGHT.items():
            promise[block.places] += weight * np.nan_to_num(found[name].per_candidate())
    return promise


def _table(ground: Ground, spreads: tuple[Spreads, ...], names: tuple[str, ...], rows: Positions) -> Any:
    """Shape (rows, names)."""
    table = np.empty((len(rows), len(names)), dtype=np.float32)
    linked = ground.ties.index[rows] >= 0
    for found, part in zip(spreads, (linked, ~linked), strict=True):
        own = ground.row[rows[part]]
        for column, name in enumerate(names):
            table[part, column] = picked(found[name], own)
    return table
