"""Fetches the mail of the offices' mailboxes by IMAP over TLS. Which office has which: `CONCIVIS_MAILBOXES`.

What is not read yet is taken in and marked as read; nothing is deleted, so the mailbox stays the office's. A mail that
cannot be taken in for a fault of ours stays unread, and is tried again.
"""

import imaplib
import logging
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import DatabaseError

from concivis.desk.actions.mails import Fate, note_refusal, take_in
from concivis.desk.enums import Refusal
from concivis.desk.mail.parsing import LARGEST
from concivis.hubs.models import Hub

PORT = 993
SECONDS = 30  # without an answer
MOST_AT_ONCE = 200
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
log = logging.getLogger(__name__)


def fetch_all() -> int:
    """How many mails became or joined an enquiry. A mailbox that does not answer leaves the others alone."""
    taken = 0
    for hub in Hub.objects.filter(slug__in=settings.MAILBOXES).order_by("pk"):
        try:
            taken += fetch(hub, **settings.MAILBOXES[hub.slug])
        except (OSError, imaplib.IMAP4.error) as error:  # their texts may hold addresses
            log.error("The mailbox of %s could not be read: %s", hub.slug, type(error).__name__)
    return taken


def fetch(hub: Hub, *, url: str, password: str) -> int:
    """`url`: imaps://user@host:port/folder. Raises OSError and `imaplib.IMAP4.error`."""
    with _opened(url, password) as server:
        return sum(_take(server, hub, number) for number in _unread(server))


@contextmanager
def _opened(url: str, password: str) -> Iterator[imaplib.IMAP4_SSL]:
    parts = urlsplit(url)
    server = imaplib.IMAP4_SSL(
        parts.hostname or "",
        parts.port or PORT,
        ssl_context=ssl.create_default_context(),
        timeout=SECONDS,
    )
    try:
        server.login(unquote(parts.username or ""), password)
        _answered(server.select(_quoted(unquote(parts.path.lstrip("/")) or "INBOX")))
        yield server
    finally:
        server.logout()


def _unread(server: imaplib.IMAP4_SSL) -> list[str]:
    (found,) = _answered(server.uid("SEARCH", "UNSEEN"))
    return [number.decode() for number in (found or b"").split()[:MOST_AT_ONCE]]


def _take(server: imaplib.IMAP4_SSL, hub: Hub, number: str) -> bool:
    """Whether the mail became or joined an enquiry. One that is too large is never loaded."""
    size = SIZE.search(_bytes(_answered(server.uid("FETCH", number, "(RFC822.SIZE)"))))
    if size is not None and int(size[1]) > LARGEST:
        note_refusal(hub=hub, key=f"{hub.pk} {number} {size[1].decode()}", refusal=Refusal.TOO_LARGE)
        fate = Fate.REFUSED
    else:
        try:
            fate = take_in(
                hub=hub, content=_bytes(_answered(server.uid("FETCH", number, "(BODY.PEEK[])")))
            ).fate
        except (ValueError, DatabaseError) as error:
            log.error("A mail to %s could not be taken in: %s", hub.slug, type(error).__name__)
            return False
    _answered(server.uid("STORE", number, "+FLAGS", r"(\Seen)"))
    return fate in (Fate.NEW, Fate.THREADED)


def _answered(answer: tuple[str, list[Any]]) -> list[Any]:
    status, found = answer
    if status != "OK":
        raise imaplib.IMAP4.error(status)
    return found


def _bytes(found: list[Any]) -> bytes:
    """Of an answer to FETCH: the literal where there is one, else the line."""
    for piece in found:
        if isinstance(piece, tuple):
            return bytes(piece[1])
    return b" ".join(piece for piece in found if isinstance(piece, bytes))


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
