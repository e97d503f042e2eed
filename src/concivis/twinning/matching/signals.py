"""The signals: what of an asker and a candidate may speak for a partnership, as columns of numbers.

Each family is a function of the asker's `View` and a `Block` of candidates. A signal is a `Spread`: numbers per
candidate, per country, per region or per cell of land, with the index that leads from a candidate to its number.
What is unknown is NaN. The shapes that turn these numbers into scores are learnt, see `learning`.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from concivis.twinning.matching.blocks import Block
from concivis.twinning.matching.columns import Positions, Singles
from concivis.twinning.matching.reasons import Kind
from concivis.twinning.matching.sphere import kilometres
from concivis.twinning.matching.ties import WIDTHS, own_taste
from concivis.twinning.matching.view import View


class Spread(NamedTuple):
    values: Singles
    where: Positions | None = None  # per candidate, its place in `values`; None: they are per candidate

    def per_candidate(self) -> Singles:
        return self.values if self.where is None else self.values[self.where]


Spreads = dict[str, Spread]
LITTLE = 0.05  # links: what "none" counts as before a logarithm


def signals(view: View, block: Block, names: frozenset[str] | None = None) -> Spreads:
    """All signals, or those of `names`, whose families alone are computed."""
    found: Spreads = {}
    for family, made in FAMILIES.items():
        if names is None or not names.isdisjoint(made):
            found.update(family(view, block))
    return {name: found[name] for name in found if names is None or name in names}


def size(view: View, block: Block) -> Spreads:
    """Sizes in powers of ten; ranks in the country, so that a regional capital meets a regional capital."""
    asker = view.asker
    return {
        "size": Spread(block.size),
        "rank": Spread(block.rank),
        "size gap": Spread(block.size - np.float32(asker.size)),
        "rank gap": Spread(block.rank - np.float32(asker.rank)),
    }


def taste(view: View, block: Block) -> Spreads:
    """The candidate beside the asker's partners, the asker beside the candidate's partners, in powers of ten.

    Who has no partners is taken to like its own size: left unknown, it would be told by having no links at all."""
    theirs = view.ties.taste if block.linked else own_taste(block.size)
    return {
        "size beside my partners": Spread(block.size - view.taste),
        "my size beside their partners": Spread(np.float32(view.asker.size) - theirs),
    }


def distance(view: View, block: Block) -> Spreads:
    """log(1 + km/5), negative within the country: one curve with a gap at zero between home and abroad."""
    far = np.log1p(kilometres(block.points, view.asker.point) / 5)
    at_home = (block.country == view.asker.country) & (block.country >= 0)
    return {"distance": Spread(np.where(at_home, -far, far))}


def openness(view: View, block: Block) -> Spreads:
    """log of the links a candidate has; no link counts as one, since it may only be unrecorded."""
    return {"links": _of_linked(np.log(view.ties.degree), block)}


def countries(view: View, block: Block) -> Spreads:
    """Ties between the two countries, from all links; from the candidate's own; from the asker's own."""
    into, mine = view.into_country, view.mine_by_country
    own = np.float32(max(len(view.asker.partners), 1))
    return {
        "ties of the countries": Spread(view.ties.country_lift[view.asker.country], block.country),
        "links of the countries": Spread(view.country_links, block.country),
        "language": Spread(view.languages, block.country),
        "their links into my country": _of_linked(np.log1p(into), block),
        "their share in my country": _of_linked(into / view.ties.degree, block),
        "my links into their country": Spread(np.log1p(mine), block.country),
        "my share in their country": Spread(mine / own, block.country),
    }


def regions(view: View, block: Block) -> Spreads:
    return {
        "ties of the regions": Spread(view.region_lift, block.region),
        "their links into my region": _of_linked(np.log1p(view.into_region), block),
        "my links into their region": Spread(np.log1p(view.mine_by_region), block.region),
    }


def spelling(view: View, block: Block) -> Spreads:
    return {"name": Spread(view.likeness[block.places])}


def paths(view: View, block: Block) -> Spreads:
    """Along the links from the asker to the candidate; 0 where there is no way."""
    return {name: _of_linked(values, block) for name, values in view.paths.items()}


def neighbourhood(view: View, block: Block) -> Spreads:
    """Per width, weighted by nearness: links of towns near the asker, into the candidate and into towns near it.

    "links" and "twinning" are log(1 + 4 × number), "lift" is the log of observed over expected, "share" the part
    of the candidate's links; "my partners near" are the asker's own; "links around" those of all towns near it."""
    found: Spreads = {}
    for number, width in enumerate(WIDTHS):
        near, cell, volume = view.near(number), block.cells[number], view.ties.volumes[number]
        between, mine = near.between, near.mine
        where: Positions | None = cell
        if block.linked:  # a candidate's own links are not those of its surroundings
            between = np.maximum(between[cell] - near.into, 0)
            volume = np.maximum(volume[cell] - view.ties.degree, 0)
            mine, where = mine[cell], None
        expected = near.volume / view.ties.ends * volume
        found |= {
            f"neighbours' links, {width} km": _of_linked(np.log1p(4 * near.into), block),
            f"neighbours' share, {width} km": _of_linked(near.into / view.ties.degree, block),
            f"neighbours' twinning, {width} km": Spread(np.log1p(4 * between), where),
            f"neighbours' lift, {width} km": Spread(np.log((between + LITTLE) / (expected + LITTLE)), where),
            f"my partners near, {width} km": Spread(mine, where),
            f"links around, {width} km": Spread(np.log(volume + 0.5), where),
        }
    return found


def _of_linked(values: Singles, block: Block) -> Spread:
    """`values` per linked place; nothing for any candidate of a block without links."""
    return Spread(values) if block.linked else Spread(np.zeros(1, dtype=np.float32), block.same)


def _widths(kinds: dict[str, Kind]) -> dict[str, Kind]:
    return {f"{name}, {width} km": kind for name, kind in kinds.items() for width in WIDTHS}


FAMILIES: dict[Callable[[View, Block], Spreads], dict[str, Kind]] = {
    size: dict.fromkeys(("size", "rank", "size gap", "rank gap"), Kind.SIZE),
    taste: dict.fromkeys(("size beside my partners", "my size beside their partners"), Kind.SIZE),
    distance: {"distance": Kind.DISTANCE},
    openness: {"links": Kind.OPENNESS},
    countries: {
        "ties of the countries": Kind.COUNTRIES,
        "links of the countries": Kind.COUNTRIES,
        "language": Kind.LANGUAGE,
        "their links into my country": Kind.COUNTRIES,
        "their share in my country": Kind.COUNTRIES,
        "my links into their country": Kind.COUNTRIES,
        "my share in their country": Kind.COUNTRIES,
    },
    regions: {
        "ties of the regions": Kind.REGIONS,
        "their links into my region": Kind.REGIONS,
        "my links into their region": Kind.REGIONS,
    },
    spelling: {"name": Kind.NAME},
    paths: {
        "shared partners": Kind.SHARED_PARTNERS,
        "shared partners, few first": Kind.SHARED_PARTNERS,
        "chains of three": Kind.CHAINS,
        "walk": Kind.CHAINS,
        "walk per link": Kind.CHAINS,
        "factors": Kind.CHAINS,
        "angle of factors": Kind.CHAINS,
    },
    neighbourhood: _widths(
        {
            "neighbours' links": Kind.NEIGHBOURS_PARTNER,
            "neighbours' share": Kind.NEIGHBOURS_PARTNER,
            "neighbours' twinning": Kind.NEIGHBOURS,
            "neighbours' lift": Kind.NEIGHBOURS,
            "my partners near": Kind.PARTNERS_NEAR,
            "links around": Kind.OPENNESS,
        }
    ),
}
"""Each family and its signals, with the reason that a person is given for each."""

KINDS: dict[str, Kind] = {name: kind for made in FAMILIES.values() for name, kind in made.items()}
NEED_LINKS = frozenset(
    name
    for name in KINDS
    if KINDS[name] in {Kind.SHARED_PARTNERS, Kind.CHAINS, Kind.PARTNERS_NEAR}
    or (name.startswith("my ") and name != "my size beside their partners")
    or name == "size beside my partners"
)  # fmt: skip
"""Signals that say nothing of an asker without links."""
