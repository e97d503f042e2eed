import time
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from concivis.exchange.geonames.progress import shown
from concivis.hubs import record
from concivis.places.actions import GazetteerOutcome, load_gazetteer


class Command(BaseCommand):
    help = "Loads GeoNames' places from 500 people up, with their names in all languages. Safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--countries", default="", help="only these, by ISO code: DE,FR")
        parser.add_argument("--minimum", type=int, default=500, help="people: 500, 1000, 5000 or 15000")

    def handle(self, *args: Any, **options: Any) -> None:
        start = time.monotonic()
        try:
            with shown(quiet=options["verbosity"] == 0) as progress:
                outcome = load_gazetteer(
                    progress=progress,
                    countries=options["countries"].split(","),
                    minimum=options["minimum"],
                    on_change=_write_line,
                )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if options["verbosity"]:
            self.stdout.write(_sentence(outcome, time.monotonic() - start))


def _write_line(outcome: GazetteerOutcome) -> None:
    record.write(
        hub=None,
        by=None,
        action="gazetteer.loaded",
        kind="gazetteer",
        object_id=outcome.version,
        details={"set": outcome.set_name, **outcome.counts},
    )


def _sentence(outcome: GazetteerOutcome, seconds: float) -> str:
    if not outcome.changed:
        return f"The gazetteer is loaded already (version {outcome.version}); nothing changed."
    return (
        f"The gazetteer is loaded: {outcome.added:,} places added, {outcome.updated:,} changed, "
        f"{outcome.names_added:,} names added, in {seconds:.0f} s (version {outcome.version})."
    )
