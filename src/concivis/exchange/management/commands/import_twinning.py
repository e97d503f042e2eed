"""`manage import_twinning FILE`: a list of twin towns into the commons, or into a hub."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console

from concivis.exchange import actions, reading, storage
from concivis.exchange.columns import TARGETS, Columns
from concivis.exchange.enums import BatchState
from concivis.exchange.errors import UnreadableFile, UnreadyBatch
from concivis.exchange.management.terminal import ShownProgress, peak_megabytes, print_report
from concivis.exchange.models import Batch
from concivis.exchange.report import report_of
from concivis.exchange.wikidata.download import download
from concivis.hubs.models import Hub
from concivis.places.countries import country_code


class Command(BaseCommand):
    help = (
        "Imports links between places: a table of pairs (CSV, TSV, also zipped), or the result of a Wikidata query "
        "(JSON, CSV, TSV). Or asks Wikidata itself: --wikidata --country DE."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE")
        parser.add_argument("--wikidata", action="store_true", help="ask the query service of Wikidata")
        parser.add_argument(
            "--country", metavar="CODE", help="with --wikidata: links of this country's places"
        )
        parser.add_argument(
            "--resume", action="store_true", help="with --wikidata: keep the pages already fetched"
        )
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="MEANING=COLUMN",
            help=f"what a column means, such as a.name=city1. Meanings: {', '.join(TARGETS)}",
        )
        parser.add_argument(
            "--hub", metavar="SLUG", help="the hub these become partnerships of (default: none)"
        )
        parser.add_argument("--source-title", default="", help="how the source is called beside each link")
        parser.add_argument("--source-url", default="")
        parser.add_argument("--source-licence", default="")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:
        started = perf_counter()
        console = Console(stderr=options["json"])
        try:
            batch = _batch(options, console)
            seconds = {"read": perf_counter() - started}
            batch = _run(batch, options, console, seconds)
        except (UnreadableFile, UnreadyBatch) as error:
            raise CommandError(str(error)) from None
        report = report_of(batch)
        report["dry_run"] = options["dry_run"]
        report["seconds"] = {
            phase: round(value, 1) for phase, value in {**seconds, "all": perf_counter() - started}.items()
        }
        report["peak_megabytes"] = peak_megabytes()
        if options["dry_run"]:
            actions.discard(by=None, batch=batch)
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
        else:
            print_report(report, console)


def _batch(options: dict[str, Any], console: Console) -> Batch:
    path, title, url, licence = _input(options, console)
    batch = actions.upload(
        by=None,
        hub=_hub(options["hub"]),
        blocks=storage.blocks_of(path),
        filename=path.name,
        source_title=options["source_title"] or title,
        source_url=options["source_url"] or url,
        source_licence=options["source_licence"] or licence,
    )
    for remark in batch.remarks:
        console.print(remark)
    if options["map"]:
        batch = actions.remap(by=None, batch=batch, mapping=_mapping(batch, options["map"]))
    return batch


def _input(options: dict[str, Any], console: Console) -> tuple[Path, str, str, str]:
    if not options["wikidata"]:
        if options["file"] is None:
            raise CommandError(_("Name a file, or say --wikidata --country and a country."))
        return options["file"], "", "", ""
    code = country_code(options["country"] or "")
    if not code:
        raise CommandError(_("Say which country: --country DE (a code or a name)."))
    with ShownProgress(console) as shown:
        path = download(code, resume=options["resume"], report=shown)
    return path, f"Wikidata, P190, {code}", "https://www.wikidata.org/wiki/Property:P190", "CC0-1.0"


def _hub(slug: str | None) -> Hub | None:
    if not slug:
        return None
    try:
        return Hub.objects.get(slug=slug)
    except Hub.DoesNotExist:
        known = ", ".join(Hub.objects.order_by("slug").values_list("slug", flat=True)[:20]) or "–"
        raise CommandError(
            _("There is no hub “%(slug)s”; there are: %(known)s.") % {"slug": slug, "known": known}
        ) from None


def _mapping(batch: Batch, said: list[str]) -> dict[str, int]:
    """The guess, corrected by what the person says; “a” stands for “a.name”."""
    columns, _first, _remarks = reading.guess(storage.path_of(batch.stored))
    at = dict(columns.at)
    for text in said:
        target, _equals, title = text.partition("=")
        target = f"{target}.name" if target in {"a", "b"} else target
        if target not in TARGETS:
            raise CommandError(
                _("“%(target)s” is no meaning of a column; there are: %(all)s.")
                % {"target": target, "all": ", ".join(TARGETS)}
            )
        at.pop(target, None)
        if title:
            at[target] = _index(columns, title)
    return at


def _index(columns: Columns, title: str) -> int:
    if title not in columns.header:
        raise CommandError(
            _("The file has no column “%(title)s”; it has: %(columns)s.")
            % {"title": title, "columns": ", ".join(columns.header)}
        )
    return columns.header.index(title)


def _run(batch: Batch, options: dict[str, Any], console: Console, seconds: dict[str, float]) -> Batch:
    with ShownProgress(console, quiet=options["json"] and not sys.stderr.isatty()) as shown:
        begun = perf_counter()
        batch = actions.stage(by=None, batch=batch, report=shown)
        seconds["stage"] = perf_counter() - begun
        if batch.state == BatchState.FAILED:
            raise UnreadableFile(batch.failure)
        if options["dry_run"]:
            return batch
        begun = perf_counter()
        batch = actions.apply(by=None, batch=batch, report=shown)
        seconds["apply"] = perf_counter() - begun
    return batch
