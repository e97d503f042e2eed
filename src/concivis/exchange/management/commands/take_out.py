from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from concivis.exchange.takeout.packing import pack
from concivis.hubs.models import Hub


class Command(BaseCommand):
    help = "Writes everything that a hub holds into one archive (docs/formats/takeout.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("hub", metavar="SLUG")
        parser.add_argument("file", type=Path, metavar="FILE.zip")

    def handle(self, *, hub: str, file: Path, **options: Any) -> None:
        found = Hub.objects.filter(slug=hub).first()
        if found is None:
            raise CommandError(f"There is no hub with the address {hub}.")
        with transaction.atomic():
            pack(found, file, at=timezone.now())
        file.chmod(0o600)
        self.stdout.write(self.style.SUCCESS(f"{file}: {file.stat().st_size:,} bytes."))
