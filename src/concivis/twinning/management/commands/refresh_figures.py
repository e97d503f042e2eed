from typing import Any

from django.core.management.base import BaseCommand

from concivis.twinning import actions


class Command(BaseCommand):
    help = "Computes the figures of the whole network now, if anything changed since they were last computed."

    def handle(self, *args: Any, **options: Any) -> None:
        snapshot = actions.refresh_figures()
        self.stdout.write(
            f"Figures of data version {snapshot.data_version}, computed {snapshot.computed_at:%c}."
        )
