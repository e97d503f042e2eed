from typing import Any

from django.core.management.base import BaseCommand

from concivis.catalogue import actions


class Command(BaseCommand):
    help = "Makes every public card anew from the rooms that publish them."

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = actions.rebuild()
        self.stdout.write(f"{outcome.published} cards published, {outcome.withdrawn} withdrawn.")
