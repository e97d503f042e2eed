from typing import Any

from django.core.management.base import BaseCommand, CommandError

from concivis.vocabulary.actions import load_vocabulary
from concivis.vocabulary.files import VocabularyFileError


class Command(BaseCommand):
    help = "Loads the controlled words: fields, themes, target groups, the 17 goals. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = load_vocabulary()
        except VocabularyFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(outcome))
