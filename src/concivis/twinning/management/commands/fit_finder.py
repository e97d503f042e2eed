from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from concivis.shell.templatetags.shell import number
from concivis.twinning.actions.finder import fit_finder


class Command(BaseCommand):
    help = "Fits the partner finder now, if places or links changed since it was last fitted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="Fit it even if nothing changed.")

    def handle(self, *args: Any, **options: Any) -> None:
        fitted = fit_finder(again=options["again"])
        told = fitted.figures
        self.stdout.write(
            f"The partner finder knows {number(told['places'])} places and {number(told['links'])} links; "
            f"fitted {fitted.computed_at:%c} in {told['seconds']} seconds."
        )
