"""What `import_petitions` and `import_decidim` share."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from concivis.exchange import storage
from concivis.exchange.enums import BatchState, RowState
from concivis.exchange.errors import UnreadableFile, UnreadyBatch
from concivis.exchange.proposals import actions
from concivis.exchange.proposals.models import Platform, ProposalFile
from concivis.hubs.models import Hub


class ProposalsCommand(BaseCommand):
    kind: Platform

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--hub", metavar="SLUG", required=True, help="the hub whose proposals these become"
        )
        parser.add_argument("--source", default="", metavar="URL", help="address of the platform")
        parser.add_argument("--licence", default="", help="of the content, as the platform says it")
        parser.add_argument("--language", default="", metavar="TAG", help="of the texts (default: the hub's)")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        try:
            file = self._read(options)
            self._tell(file)
            if dry_run:
                actions.discard_file(by=None, file=file)
                return
            file = actions.queue(by=None, file=file, state=BatchState.APPLYING)
            file = actions.apply_file(by=None, file=file)
        except (UnreadableFile, UnreadyBatch) as error:
            raise CommandError(str(error)) from None
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self._tell(file)

    def _read(self, options: dict[str, Any]) -> ProposalFile:
        hub = Hub.objects.filter(slug=options["hub"]).first()
        if hub is None:
            raise CommandError(_("There is no hub “%(slug)s”.") % {"slug": options["hub"]})
        file = actions.send(
            by=None, hub=hub, kind=self.kind, blocks=storage.blocks_of(options["file"]),
            filename=options["file"].name, source=options["source"], licence=options["licence"],
            language=options["language"], limit=storage.FILE_LIMIT,
        )  # fmt: skip
        file = actions.read_file(by=None, file=file)
        if file.state == BatchState.FAILED:
            actions.discard_file(by=None, file=file)
            raise UnreadableFile(file.failure)
        return file

    def _tell(self, file: ProposalFile) -> None:
        for state, count in file.counts.items():
            self.stdout.write(f"{RowState(state).label}: {count}")
        for row in file.rows.filter(state=RowState.REJECTED)[:20]:
            self.stdout.write(f"  {row.line}  {row.external_id}  {row.title}: {' '.join(row.notes)}")
