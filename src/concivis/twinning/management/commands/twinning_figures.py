"""`manage twinning_figures`: the figures of the network, of this installation or of a file of pairs."""

import json
from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from concivis.twinning import network
from concivis.twinning.figures import current_network
from concivis.twinning.network.reading import UnreadableNetwork, read_network, read_pairs, read_places


class Command(BaseCommand):
    help = (
        "Figures of the network of twinned places: degrees, clustering, paths, communities, countries. "
        "Without --pairs: of all public partnerships of this installation."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--pairs",
            type=Path,
            metavar="FILE",
            help="a table whose first two columns are the nodes (commas, semicolons or tabs, first line "
            "a header), or a KONECT file (%% comments, blanks between the columns)",
        )
        parser.add_argument(
            "--nodes",
            type=Path,
            metavar="FILE",
            help="a table with a header about these nodes: id first, then any of name, cc, lat, lon, "
            "pop; adds the figures of countries, populations and distances",
        )
        parser.add_argument(
            "--quick", action="store_true", help="leave out paths and betweenness, which take longest"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, pairs: Path | None, nodes: Path | None, quick: bool, **options: Any) -> None:
        started = perf_counter()
        found = network.figures(self._network(pairs, nodes), slow=not quick)
        found["seconds"] = round(perf_counter() - started, 1)
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False))
        else:
            self.stdout.write("\n".join(_lines(found)))

    def _network(self, pairs: Path | None, nodes: Path | None) -> network.Network:
        if pairs is None:
            if nodes is not None:
                raise CommandError("--nodes describes the nodes of a file: give that file with --pairs.")
            return current_network()
        try:
            read = read_pairs(_content(pairs), pairs.name)
            places = None if nodes is None else read_places(_content(nodes), nodes.name)
        except UnreadableNetwork as problem:
            raise CommandError(str(problem)) from None
        if read.header:
            self.stderr.write(
                f"{pairs.name}: first line taken for the header ({', '.join(read.header[:4])})."
            )
        found = read_network(read, places)
        if nodes is not None and found.nodes and not found.is_placed:
            raise CommandError(
                f"{nodes.name}: no node of {pairs.name} stands in the first column of this table."
            )
        return found


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise CommandError(f"{path} cannot be read: {problem.strerror}.") from None


def _lines(found: dict[str, Any], indent: str = "") -> list[str]:
    """One figure a line, for people; a list on one line, a group indented."""
    lines = []
    for key, value in found.items():
        if isinstance(value, dict):
            lines += [f"{indent}{key}", *_lines(value, indent + "  ")]
        else:
            lines.append(f"{indent}{key:<{34 - len(indent)}} {_plain(value)}")
    return lines


def _plain(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, list):
        return "; ".join(
            " ".join(map(_plain, item)) if isinstance(item, list) else _plain(item) for item in value
        )
    if isinstance(value, float):
        return f"{value:,.1f}" if abs(value) >= 1000 else f"{value:.6g}"
    return str(value)
