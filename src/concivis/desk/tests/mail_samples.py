"""Mails as bytes, for the tests of reading and taking in."""

from email.message import EmailMessage
from typing import Any


def mail(**said: Any) -> EmailMessage:
    given = {
        "From": "Ada Beispiel <ada@example.org>",
        "To": "office@example.org",
        "Subject": "A choir for Toul",
        "Message-ID": "<one@example.org>",
        "Date": "Mon, 03 Jun 2030 10:00:00 +0200",
        **{name.replace("_", "-"): value for name, value in said.items() if name != "text"},
    }
    message = EmailMessage()
    for name, value in given.items():
        if value is not None:
            message[name] = value
    message.set_content(said.get("text", "Who sings with Toul?"))
    return message


def raw(**said: Any) -> bytes:
    return mail(**said).as_bytes()


def box(*messages: bytes) -> bytes:
    return b"".join(b"From ada@example.org Mon Jun  3 10:00:00 2030\n" + each + b"\n\n" for each in messages)
