from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from concivis.demo.load import MissingPlaceError, load_demo
from concivis.twinning.actions import refresh_figures


class Command(BaseCommand):
    help = "Loads five example offices with their real partner cities, and computes the figures of their network."

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError(
                "The demo's offices are not loaded into a production database; set CONCIVIS_DEMO=1."
            )
        try:
            outcome = load_demo()
        except MissingPlaceError as error:
            raise CommandError(str(error)) from error
        refresh_figures()
        self.stdout.write(f"{outcome.offices} offices with {outcome.partnerships} partnerships.")
