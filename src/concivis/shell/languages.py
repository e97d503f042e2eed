"""The languages in which the interface is offered, in the order of the settings."""

from django.conf import settings


def interface_codes() -> tuple[str, ...]:
    return tuple(code for code, _name in settings.LANGUAGES)


def interface_choices() -> list[tuple[str, str]]:
    """(code, name in the language of the page), for a form."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]
