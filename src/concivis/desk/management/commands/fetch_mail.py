from typing import Any

from django.core.management.base import BaseCommand

from concivis.desk.mail import fetching


class Command(BaseCommand):
    help = "Takes in the unread mail of the offices' mailboxes (CONCIVIS_MAILBOXES); the background jobs do so, too."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Mails taken in: {fetching.fetch_all()}")
