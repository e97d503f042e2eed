"""How a letter leaves the house, in two steps, so that a crash can neither repeat it nor lose it.

By SMTP a message is the receiver's once the lone full stop behind its text has arrived. `offer` brings everything
up to that point; only then does the caller write down that the letter is handed over; `hand_over` sends the full stop.
A process that is killed before it wrote has delivered nothing (the server drops an unfinished message), and one killed
after it wrote has but the full stop to send, which takes microseconds. So a letter is never sent twice, and only
a power cut within that moment could lose one.

Mail that goes elsewhere (files, the demo's letterbox, tests) has no such step: it is sent in `hand_over`.
"""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parseaddr
from typing import Protocol

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

TRANSIENT = range(400, 500)  # a reply of this class asks to try again (RFC 5321, 4.2.1)
ACCEPTED = (250, 251)
START_OF_TEXT = 354
CLOSING = 421


class Refused(Exception):
    """The mail server does not take this letter. `code` is its reply; `for_good`: trying again is of no use."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code
        self.for_good = code not in TRANSIENT


class Unreachable(Exception):
    """The mail server is not there, or broke off before the letter was its own."""


class Transport(Protocol):
    def offer(self, message: EmailMessage) -> None:
        """Everything but the last step. Raises `Refused` or `Unreachable`; nothing was sent then."""

    def hand_over(self) -> bool:
        """The last step; whether a receipt came. Raises `Refused` or `Unreachable`; nothing was sent then."""


@contextmanager
def connect() -> Iterator[Transport]:
    """A connection for many letters. Raises `Unreachable`."""
    backend = get_connection()
    if not isinstance(backend, EmailBackend):
        yield Direct(backend)
        return
    try:
        backend.open()
    except OSError as error:  # SMTP's own errors are of this kind
        raise Unreachable(type(error).__name__) from error
    if backend.connection is None:
        raise Unreachable("no connection")
    try:
        yield Smtp(backend.connection)
    finally:
        backend.close()


class Direct:
    """Mail that is written to a file, or kept in memory."""

    def __init__(self, backend: BaseEmailBackend) -> None:
        self.backend = backend

    def offer(self, message: EmailMessage) -> None:
        self.message = message

    def hand_over(self) -> bool:
        return bool(self.backend.send_messages([self.message]))


class Smtp:
    def __init__(self, connection: smtplib.SMTP) -> None:
        self.connection = connection

    def offer(self, message: EmailMessage) -> None:
        try:
            self.connection.rset()
            _expect(self.connection.mail(_bare(message.from_email)))
            for address in message.recipients():
                _expect(self.connection.rcpt(_bare(address)))
            _expect(self.connection.docmd("DATA"), START_OF_TEXT)
            self.connection.send(_text(message))
        except OSError as error:
            raise Unreachable(type(error).__name__) from error

    def hand_over(self) -> bool:
        try:
            self.connection.send(b".\r\n")
        except OSError as error:
            raise Unreachable(type(error).__name__) from error
        try:
            reply = self.connection.getreply()
        except OSError:
            return False
        _expect(reply)
        return True


def _expect(reply: tuple[int, bytes], *codes: int) -> None:
    code = reply[0]
    if code == CLOSING:
        raise Unreachable(str(code))
    if code not in (codes or ACCEPTED):
        raise Refused(code)


def _bare(address: str) -> str:
    """Ada <ada@example.org> → ada@example.org"""
    return parseaddr(address)[1]


def _text(message: EmailMessage) -> bytes:
    """The message as the wire wants it: CRLF at the ends of lines, full stops at their beginnings doubled."""
    lines = message.message().as_bytes().replace(b"\r\n", b"\n").rstrip(b"\n").split(b"\n")
    return b"".join(b"." * line.startswith(b".") + line + b"\r\n" for line in lines)
