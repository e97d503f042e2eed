from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from concivis.proposals import forgetting


class Command(BaseCommand):
    help = (
        "Reduces the signatures of ended proposals to numbers, when the rules of their city say so. The daily job does "
        "the same. May be stopped at any moment, and goes on where it was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be deleted, and delete nothing"
        )

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        due = forgetting.due_for_reduction()
        for each in due:
            self.stdout.write(
                f"{each.proposal.public_id}  {each.since}  {each.rows:>9}  {each.proposal.title}"
            )
        if not due:
            self.stdout.write(_("Nothing is due."))
        elif dry_run:
            total = sum(each.rows for each in due)
            self.stdout.write(_("%(n)s signatures would be deleted. Nothing was.") % {"n": total})
        else:
            self.stdout.write(_("%(n)s signatures deleted.") % {"n": forgetting.reduce_due()})
