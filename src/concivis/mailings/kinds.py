"""What mailings can be about. A room registers how one letter of its kind is written, when the site starts.

    kinds.register("newsletter", composing.compose)

`compose(letter)` is called in the letter's language, outside a transaction, just before it is handed over, and gives
the message, addressed, or None where it is not wanted any more. What all letters of a mailing share is best kept by
the room (`functools.lru_cache` on the mailing's number): it is asked 50,000 times.
"""

from collections.abc import Callable

from django.core.mail import EmailMessage

from concivis.mailings.models import Letter

Compose = Callable[[Letter], EmailMessage | None]
_kinds: dict[str, Compose] = {}


def register(kind: str, compose: Compose) -> None:
    _kinds[kind] = compose


def compose(letter: Letter) -> EmailMessage | None:
    """Raises `KeyError` for a kind whose room is gone."""
    return _kinds[letter.mailing.kind](letter)
