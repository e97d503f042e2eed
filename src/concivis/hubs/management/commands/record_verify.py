from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from concivis.hubs import record
from concivis.hubs.models import Hub


class Command(BaseCommand):
    help = "Checks that the record is unbroken; names the first broken line of each chain and exits with 1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--hub", metavar="SLUG", help="only this hub's record")
        parser.add_argument("--heads", action="store_true", help="print length and last hash of each chain")

    def handle(self, *args: Any, **options: Any) -> None:
        hub = None
        if options["hub"]:
            hub = Hub.objects.filter(slug=options["hub"]).first()
            if hub is None:
                raise CommandError(f"There is no hub with the address {options['hub']}.")
        broken = record.verify(hub or "all")
        for each in broken:
            self.stderr.write(f"{each.chain or 'installation'}: {each.reason}")
        if options["heads"]:
            self._print_heads(options["hub"])
        if broken:
            raise SystemExit(1)
        self.stdout.write(self.style.SUCCESS("The record is unbroken."))

    def _print_heads(self, slug: str | None) -> None:
        for chain, length, head in record.heads():
            if slug in (None, chain):
                self.stdout.write(f"{chain or 'installation'} {length} {head}")
