"""The letters that a demo keeps in files instead of sending them."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from django.conf import settings

MOST = 50
BETWEEN = b"\n" + b"-" * 79 + b"\n"  # what Django's backend for files writes after each letter


@dataclass(frozen=True)
class Letter:
    subject: str
    to: str
    date: str
    text: str


def latest() -> list[Letter]:
    """At most MOST, the latest first; none where letters are really sent."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    if not folder or not Path(folder).is_dir():
        return []
    files = sorted(Path(folder).glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    return [letter for file in files[:MOST] for letter in reversed(list(_letters(file)))][:MOST]


def _letters(file: Path) -> Iterator[Letter]:
    for content in file.read_bytes().split(BETWEEN):
        if content.strip():
            yield _letter(BytesParser(EmailMessage, policy=policy.default).parsebytes(content.lstrip()))


def _letter(message: EmailMessage) -> Letter:
    body = message.get_body(("plain",))
    return Letter(
        str(message["Subject"] or ""),
        str(message["To"] or ""),
        str(message["Date"] or ""),
        body.get_content() if body else "",
    )
