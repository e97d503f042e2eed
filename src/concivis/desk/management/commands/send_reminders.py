from typing import Any

from django.core.management.base import BaseCommand

from concivis.desk import reminders


class Command(BaseCommand):
    help = "Sends the letters about what needs attention that are due: at most one a week for each office."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Letters sent: {reminders.send_due()}")
