"""What rooms share that write letters to many: a text and an HTML, finished once for all who get the same, in which
each reader's own links are put."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.mail import EmailMultiAlternatives

LEAVE, MANAGE = (
    "https://leave.invalid/",
    "https://manage.invalid/",
)  # stand in a finished letter for its own links


@dataclass(frozen=True)
class Finished:
    subject: str
    text: str
    html: str


def message(finished: Finished, address: str, links: Mapping[str, str]) -> EmailMultiAlternatives:
    """`links`: {LEAVE: where the reader leaves, …}. Without LEAVE there is nothing to leave."""
    headers = {"Precedence": "bulk", "Auto-Submitted": "auto-generated"}  # RFC 3834
    if leave := links.get(LEAVE):
        headers |= {
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
        }
    mail = EmailMultiAlternatives(
        finished.subject, _with(finished.text, links), to=[address], headers=headers
    )
    mail.attach_alternative(_with(finished.html, links), "text/html")
    return mail


def _with(text: str, links: Mapping[str, str]) -> str:
    for placeholder, url in links.items():
        text = text.replace(placeholder, url)
    return text
