from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from concivis.exchange import actions
from concivis.exchange.errors import UnreadyBatch
from concivis.exchange.models import Batch


class Command(BaseCommand):
    help = (
        "Takes back an import: links, dates, evidence, created places. Without a number: lists the imports."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("batch", nargs="?", metavar="BATCH", help="the number import_twinning printed")

    def handle(self, *, batch: str | None, **options: Any) -> None:
        if batch is None:
            self._list()
            return
        try:
            found = Batch.objects.get(public_id=batch)
            _batch, outcome = actions.undo(by=None, batch=found)
        except Batch.DoesNotExist:
            raise CommandError(
                _("There is no import with the number “%(number)s”.") % {"number": batch}
            ) from None
        except UnreadyBatch as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            _("Deleted %(deleted)s links, gave back %(restored)s, kept %(kept)s that others have built upon.")
            % {"deleted": outcome.deleted, "restored": outcome.restored, "kept": len(outcome.kept)}
        )

    def _list(self) -> None:
        for batch in Batch.objects.select_related("hub")[:50]:
            keeper = batch.hub.slug if batch.hub else "–"
            self.stdout.write(
                f"{batch.public_id}  {batch.created_at:%Y-%m-%d %H:%M}  {keeper:20}  {batch.state:9}  {batch.filename}"
            )
