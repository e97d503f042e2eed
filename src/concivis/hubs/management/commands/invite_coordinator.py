from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from concivis.hubs import actions
from concivis.hubs.models import Hub
from concivis.hubs.roles import COORDINATOR


class Command(BaseCommand):
    help = "Invites a coordinator of a hub by mail: the first after a take-out was loaded, or when all have left."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("hub", metavar="SLUG")
        parser.add_argument("mail", metavar="MAIL")

    def handle(self, *, hub: str, mail: str, **options: Any) -> None:
        found = Hub.objects.filter(slug=hub).first()
        if found is None:
            raise CommandError(f"There is no hub with the address {hub}.")
        try:
            validate_email(mail)
            actions.invite(by=None, hub=found, email=mail, role=COORDINATOR.code)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(self.style.SUCCESS(f"{mail} is invited to the office of {found.name}."))
