"""How long the figures of the network take, per family and file, beside a bare search from every node.

    python bench/network_figures.py [FOLDER]

FOLDER holds the data sets (default: CONCIVIS_SHARED_DATA, else ../shared/data beside the project).
Times are CPU seconds of one process; "×" is the ratio to the yardstick of the same file and run: scipy's
breadth-first search from every node, its result thrown away. Memory is the peak of a process that has read
the one file and computed everything.
"""

import os
import random
import resource
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import process_time
from typing import Any

from scipy.sparse.csgraph import breadth_first_order

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from concivis.twinning.network import Network, link_lengths, shortest_chain  # noqa: E402
from concivis.twinning.network.cohesion import adjacency  # noqa: E402
from concivis.twinning.network.figures import QUICK, SLOW, place_figures  # noqa: E402
from concivis.twinning.network.reading import read_network, read_pairs, read_places  # noqa: E402

FILES = {
    "konect": ("konect-out.twin", None),
    "hekman": ("hekman_geocoded_pairs_2026.csv", None),
    "graph": ("graph-edges.csv", "graph-nodes.csv"),
}
YARDSTICK = "yardstick: bare search from every node"
CHAINS = 200


def main() -> None:
    default = os.environ.get("CONCIVIS_SHARED_DATA") or ROOT.parent / "shared" / "data"
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else default) / "twinning"
    if not folder.is_dir():
        sys.exit(f"{folder} does not exist; name the folder of the data sets.")
    columns = {}
    for name, (pairs, nodes) in FILES.items():
        # A new process each, one after the other: the peak of memory is that of one file.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            columns[name] = process.submit(measured, folder / pairs, nodes and folder / nodes).result()
    print_table(columns)


def measured(pairs: Path, nodes: Path | None) -> dict[str, float]:
    """CPU seconds per family; MiB under "memory"."""
    before = peak()
    seconds: dict[str, float] = {}

    def clock(name: str, work: Callable[[], Any]) -> Any:
        started = process_time()
        result = work()
        seconds[name] = process_time() - started
        return result

    network = clock("reading the file", lambda: read(pairs, nodes))
    clock(YARDSTICK, lambda: search_from_every_node(network))
    for family in (*QUICK, *SLOW):
        clock(family.__name__, lambda family=family: family(network))
    if network.places is not None:
        clock(place_figures.__name__, lambda: place_figures(network))
        clock(link_lengths.__name__, lambda: link_lengths(network))
    clock(f"{CHAINS} shortest chains", lambda: chains(network))
    return {**seconds, "memory": peak(), "memory before": before}


def read(pairs: Path, nodes: Path | None) -> Network:
    places = read_places(nodes.read_bytes(), nodes.name) if nodes else None
    return read_network(read_pairs(pairs.read_bytes(), pairs.name), places)


def search_from_every_node(network: Network) -> None:
    matrix = adjacency(network)
    for start in range(len(network.nodes)):
        breadth_first_order(matrix, start, directed=True)  # both directions are in the matrix


def chains(network: Network) -> None:
    draw = random.Random(0)
    for _ in range(CHAINS):
        shortest_chain(network, draw.choice(network.largest.nodes), draw.choice(network.largest.nodes))


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def print_table(columns: dict[str, dict[str, float]]) -> None:
    print(f"{'CPU seconds (× yardstick)':<40}" + "".join(f"{name:>20}" for name in columns))
    rows = [row for row in max(columns.values(), key=len) if not row.startswith("memory")]
    for row in rows:
        cells = (cell(column, row) for column in columns.values())
        print(f"{row:<40}" + "".join(f"{text:>20}" for text in cells))
    figures = [family.__name__ for family in (*QUICK, *SLOW, place_figures)]
    totals = [sum(column.get(name, 0) for name in figures) for column in columns.values()]
    shares = (f"{t:.2f} ({t / c[YARDSTICK]:5.2f}×)" for t, c in zip(totals, columns.values(), strict=True))
    print(f"{'all figures':<40}" + "".join(f"{text:>20}" for text in shares))
    memory = (f"{column['memory']:.0f} ({column['memory before']:.0f})" for column in columns.values())
    print(f"{'peak memory, MiB (of imports alone)':<40}" + "".join(f"{text:>20}" for text in memory))


def cell(column: dict[str, float], row: str) -> str:
    return f"{column[row]:.2f} ({column[row] / column[YARDSTICK]:5.2f}×)" if row in column else "–"


if __name__ == "__main__":
    main()
