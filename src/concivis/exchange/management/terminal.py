"""How an import shows in a terminal."""

import resource
import sys
from types import TracebackType
from typing import Any

from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from concivis.exchange.phases import phase_label


class ShownProgress:
    """A `progress.Report` that draws a bar per phase."""

    def __init__(self, console: Console, *, quiet: bool = False) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=console, disable=quiet)
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> "ShownProgress":
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def __call__(self, phase: str, done: int, total: int) -> None:
        if phase not in self._tasks:
            self._tasks[phase] = self._progress.add_task(phase_label(phase), total=None)
        self._progress.update(self._tasks[phase], completed=done, total=total or None)


def peak_megabytes() -> float:
    """The most memory this process has held so far."""
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, 1)


def print_report(report: dict[str, Any], console: Console) -> None:
    heading = _("What applying would do") if report["dry_run"] else _("What was done")
    console.print(_counts(heading, _("Rows of %(file)s") % {"file": report["file"]}, report["rows"]))
    console.print(_counts(_("Places the file names"), _("Found"), report["ends"]))
    for title, examples in (
        (_("Rejected"), report["rejected"]),
        (_("To be decided by a person, in the office or by a corrected file"), report["ambiguous"]),
    ):
        if examples:
            console.print(f"\n[bold]{title}[/bold]")
            for line in examples:
                console.print(f"  {line}", highlight=False, markup=False)
    console.print(
        "\n"
        + _(
            "%(share)s %% of the ends were found or created. %(seconds)s s, at most %(megabytes)s MB of memory."
        )
        % {
            "share": report["ends_share_settled"],
            "seconds": report["seconds"]["all"],
            "megabytes": report["peak_megabytes"],
        }
    )
    if not report["dry_run"]:
        console.print(_("To take it back: manage undo_import %(number)s") % {"number": report["batch"]})


def _counts(title: str, column: str, counts: dict[str, Any]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(column)
    table.add_column(_("Number"), justify="right")
    for entry in counts.values():
        table.add_row(str(entry["label"]), f"{entry['count']:,}")
    return table
