"""What who proposes or supports something has in hand."""

import re
from datetime import timedelta

import time_machine
from django.core import mail
from django.utils import timezone

from concivis.shell.guard import signer


def drawn() -> str:
    with time_machine.travel(timezone.now() - timedelta(seconds=10)):
        return signer.sign("form")


def link_in(letter: mail.EmailMessage) -> str:
    found = re.search(r"http://localhost:8000(/\S+)", letter.body)
    assert found
    return found[1]
