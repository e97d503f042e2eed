from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from concivis.exchange.takeout.loading import load
from concivis.exchange.takeout.opening import Archive, BrokenArchive


class Command(BaseCommand):
    help = "Loads the archive of a hub into this empty installation, whole or not at all (docs/formats/takeout.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.zip")

    def handle(self, *, file: Path, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        try:
            hub = load(Archive(file))
        except BrokenArchive as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            self.style.SUCCESS(f"{hub.name} is here: /hubs/{hub.slug}/. Its record is unbroken.")
        )
        self.stdout.write(
            "Nobody has an account yet: `concivis manage invite_coordinator SLUG MAIL` invites the first."
        )
