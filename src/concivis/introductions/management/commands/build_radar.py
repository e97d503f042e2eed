from typing import Any

from django.core.management.base import BaseCommand

from concivis.introductions import index
from concivis.shell.templatetags.shell import number


class Command(BaseCommand):
    help = "Reads all public initiatives and organisations anew into the radar."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Entries in the radar: {number(index.build())}.")
