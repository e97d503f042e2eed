"""`manage learn_finder`: the weights of the partner finder, from the links of this installation or of two tables."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from concivis.shell.templatetags.shell import number
from concivis.twinning import finding
from concivis.twinning.actions.finder import columns
from concivis.twinning.matching import Edges, Nodes, learn


class Command(BaseCommand):
    help = (
        "Learns the weights of the partner finder: hides some links and finds the weights that would have found them. "
        "Takes some minutes. The next fitting of the finder (fit_finder --again) uses them. "
        "Without --nodes and --edges: from all public partnerships of this installation."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--nodes", type=Path, help="a table with the columns id, name, cc, lat, lon, pop, adm1"
        )
        parser.add_argument(
            "--edges", type=Path, help="a table with the columns a and b: ids of linked places"
        )
        parser.add_argument("--seed", type=int, default=0, help="which links are hidden (default: 0)")
        parser.add_argument("--output", type=Path, help="the file to write; default: in the data directory")

    def handle(
        self, *, nodes: Path | None, edges: Path | None, seed: int, output: Path | None, **options: Any
    ) -> None:
        if (nodes is None) != (edges is None):
            raise CommandError("--nodes and --edges belong together: give both, or neither.")
        path = output or finding.weights_file()
        try:
            places, links, source = (
                _tables(nodes, edges) if nodes and edges else (*columns(), "this installation")
            )
            weights = learn(places, links, seed=seed, source=source)
            weights.save(path)
        except (OSError, ValueError, KeyError) as problem:
            raise CommandError(f"Nothing learnt: {problem}") from None
        told = weights.learnt
        self.stdout.write(
            f"Learnt from {number(told['links'])} links between {number(told['places'])} places: {path}"
        )


def _tables(nodes: Path, edges: Path) -> tuple[Nodes, Edges, str]:
    return Nodes.of_table(nodes), Edges.of_table(edges), f"{nodes.name} and {edges.name}"
