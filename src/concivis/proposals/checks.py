"""What an operator should know before signatures are collected."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning


def the_pepper_is_apart(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.SIGNATURE_PEPPER_IS_OWN or settings.DEBUG or settings.DEMO:
        return []
    return [
        Warning(
            "Who has signed a citizens' proposal is hashed with CONCIVIS_SECRET_KEY.",
            hint=(
                "Write a long random text of its own into CONCIVIS_SIGNATURE_PEPPER (or its file's path into "
                "CONCIVIS_SIGNATURE_PEPPER_FILE), the same on all machines, before the first proposal collects "
                "signatures. Afterwards neither of the two may change while one collects."
            ),
            id="proposals.W001",
        )
    ]
