from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from concivis.exchange.geonames.importing import DEFAULT_CLASSES, import_dump
from concivis.exchange.geonames.progress import shown
from concivis.exchange.geonames.read import UnreadableDump


class Command(BaseCommand):
    help = "Adds places from a file of GeoNames, the world's or one country's, plain or zipped. Safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--names", type=Path, help="alternateNamesV2: names with their languages, Wikidata ids"
        )
        parser.add_argument("--regions", type=Path, help="admin1CodesASCII: names of regions")
        parser.add_argument(
            "--classes",
            default=",".join(DEFAULT_CLASSES),
            help="GeoNames classes or codes; default: %(default)s",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        classes = {word.strip().upper() for word in options["classes"].split(",") if word.strip()}
        try:
            with shown(quiet=options["verbosity"] == 0) as progress:
                outcome = import_dump(
                    options["file"],
                    names=options["names"],
                    regions=options["regions"],
                    classes=classes,
                    progress=progress,
                )
        except UnreadableDump as error:
            raise CommandError(str(error)) from error
        for fault in outcome.faults:
            self.stderr.write(fault)
        self.stdout.write(
            f"{outcome.added:,} places added, {outcome.changed:,} changed, {outcome.unchanged:,} as they were; "
            f"{outcome.names_added:,} names and {outcome.identified:,} Wikidata ids added; "
            f"{outcome.left_out:,} lines left out."
        )
