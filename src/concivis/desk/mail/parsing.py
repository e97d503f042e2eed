"""A mail as its bytes came, read so that nothing in it can harm: broken headers, wrong charsets, bombs of parts.

Pure: bytes in, a `Mail` out. Raises `Refused` with a reason for what is no mail of a person.
"""

import datetime as dt
import email
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from concivis.desk.enums import Refusal
from concivis.desk.mail.html_text import text_of

LARGEST = 25 * 1024 * 1024  # bytes of one mail, files and all
MOST_PARTS = 100
DEEPEST = 20  # parts within parts
LONGEST_TEXT = 20_000  # characters
LONGEST_SUBJECT, LONGEST_NAME = 200, 120
OLDEST = dt.timedelta(days=3660)  # what claims to be older does not know its date
MARK = re.compile(r"\[#([0-9a-z]{6,16})\]")
ID = re.compile(r"<[^<>\s]{3,900}>")
MOST_IDS = 50
QUOTED_END = re.compile(r"(?:\n[ \t]*(?:>[^\n]*)?)+\Z")
MACHINES = {"bulk", "junk", "list", "auto_reply"}  # Precedence
MACHINE_HEADERS = ("X-Autoreply", "X-Autorespond", "List-Id", "List-Unsubscribe")


class Refused(Exception):
    """Why a mail is not taken in."""

    def __init__(self, refusal: Refusal, key: str = "") -> None:
        super().__init__(refusal)
        self.refusal = refusal
        self.key = key  # what stands for its Message-ID


@dataclass(frozen=True)
class Found:
    """A file of a mail. `is_within`: a picture of the text's own look. `content` is None for an attached mail."""

    name: str
    content: bytes | None
    is_within: bool = False


@dataclass(frozen=True, kw_only=True)
class Mail:
    message_id: str
    answers_to: tuple[str, ...]  # Message-IDs, the nearest last
    marks: tuple[str, ...]  # of enquiries, from the subject and the addresses
    subject: str
    name: str
    address: str
    text: str
    at: dt.datetime | None  # None: it does not say, or says nonsense
    is_automatic: bool
    files: tuple[Found, ...]


def read(content: bytes) -> Mail:
    """Raises `Refused`."""
    key = "sha256:" + sha256(content).hexdigest()  # for what has no Message-ID
    if len(content) > LARGEST:
        raise Refused(Refusal.TOO_LARGE, key)
    try:
        message = email.message_from_bytes(content)
        parts = list(_parts(message, 0))
    except (RecursionError, OverflowError) as error:
        raise Refused(Refusal.TOO_MANY_PARTS, key) from error
    if len(parts) > MOST_PARTS:
        raise Refused(Refusal.TOO_MANY_PARTS, key)
    if not message.keys():
        raise Refused(Refusal.UNREADABLE, key)
    return _read(message, parts, (_ids(message, "Message-ID") or [key])[0])


def _read(message: Message, parts: list[Message], message_id: str) -> Mail:
    name, address = _sender(message)
    if not address:
        raise Refused(Refusal.NO_SENDER, message_id)
    subject = _header(message, "Subject")
    text = _text(parts)
    files = tuple(_files(parts))
    if not text and not files and not subject:
        raise Refused(Refusal.EMPTY, message_id)
    addressed = " ".join([subject, *(_header(message, name) for name in ("To", "Cc"))])
    return Mail(
        message_id=message_id,
        answers_to=tuple([*_ids(message, "References"), *_ids(message, "In-Reply-To")][-MOST_IDS:]),
        marks=tuple(MARK.findall(addressed)[:5]),
        subject=" ".join(MARK.sub("", subject).split())[:LONGEST_SUBJECT],
        name=name[:LONGEST_NAME],
        address=address,
        text=text,
        at=_date(message),
        is_automatic=_is_automatic(message),
        files=files,
    )


def _parts(message: Message, depth: int) -> Iterator[Message]:
    """Leaves in their order; never into an attached mail."""
    if depth > DEEPEST:
        raise RecursionError
    if message.get_content_maintype() == "multipart" and isinstance(message.get_payload(), list):
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _parts(part, depth + 1)
    else:
        yield message


# --- headers -----------------------------------------------------------------------------------------------


def _header(message: Message, name: str) -> str:
    """As text, whatever charsets it claims; "" where there is none."""
    try:
        raw = str(message.get(name, ""))[:5000]
        pieces = [
            _decoded(piece, charset) if isinstance(piece, bytes) else piece
            for piece, charset in decode_header(raw)
        ]
    except (ValueError, LookupError, IndexError, AttributeError):  # what the library does not foresee
        return ""
    return " ".join(_plain("".join(pieces)).split())


def _sender(message: Message) -> tuple[str, str]:
    """(name, mail address); the address is empty where it is none."""
    raw = str(message.get("From", ""))[:2000]
    _undecoded, address = parseaddr(raw)
    name, _again = parseaddr(_header(message, "From"))
    try:
        validate_email(address)
    except ValidationError:
        return "", ""
    return name, address.lower()


def _ids(message: Message, name: str) -> list[str]:
    return ID.findall(str(message.get(name, ""))[:50_000])


def _date(message: Message) -> dt.datetime | None:
    try:
        at = parsedate_to_datetime(str(message.get("Date", "")))
        at = at.astimezone(dt.UTC) if at.tzinfo else at.replace(tzinfo=dt.UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    now = dt.datetime.now(dt.UTC)
    return min(at, now) if at > now - OLDEST else None


def _is_automatic(message: Message) -> bool:
    """RFC 3834, and what was usual before it."""
    submitted = str(message.get("Auto-Submitted", "no")).split(";")[0].strip().lower()
    precedence = str(message.get("Precedence", "")).strip().lower()
    return (
        submitted not in ("", "no")
        or precedence in MACHINES
        or any(name in message for name in MACHINE_HEADERS)
        or str(message.get("Return-Path", "")).strip() == "<>"
        or message.get_content_type() == "multipart/report"
    )


# --- the text ----------------------------------------------------------------------------------------------


def _text(parts: list[Message]) -> str:
    """The plain text, else that of the HTML; without what is quoted at the end."""
    bodies = [part for part in parts if part.get_content_maintype() == "text" and not _is_file(part)]
    plain = [_content(part) for part in bodies if part.get_content_type() == "text/plain"]
    html = [text_of(_content(part)) for part in bodies if part.get_content_type() == "text/html"]
    text = "\n\n".join(filter(None, (each.strip() for each in plain))) or "\n\n".join(filter(None, html))
    text = QUOTED_END.sub("", "\n" + _plain(text).strip()).strip() or _plain(text).strip()
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + " […]"


def _content(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return _decoded(payload, part.get_content_charset()) if isinstance(payload, bytes) else ""


def _decoded(content: bytes, charset: str | None) -> str:
    """In the charset it claims, else in one that fits; what fits none loses single signs, not the text."""
    for name in (charset or "utf-8", "utf-8", "cp1252"):
        try:
            return content.decode(name)
        except (LookupError, UnicodeError, ValueError):
            continue
    return content.decode("latin-1", "replace")


def _plain(text: str) -> str:
    """Lines as ours, and without signs that are none: NUL, controls, those that turn the direction."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs", "Co", "Cf")
        or sign in "\u200c\u200d"  # joiners of Persian and of emoji
    )  # fmt: skip


# --- files -------------------------------------------------------------------------------------------------


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(_file_name(part))


def _files(parts: list[Message]) -> Iterator[Found]:
    for part in parts:
        if part.get_content_maintype() == "text" and not _is_file(part):
            continue
        name = _file_name(part) or part.get_content_type()
        if part.get_content_maintype() in ("message", "multipart"):
            yield Found(name, None)
            continue
        payload = part.get_payload(decode=True)
        within = "Content-ID" in part and part.get_content_disposition() != "attachment"
        yield Found(name, payload if isinstance(payload, bytes) else b"", is_within=within)


def _file_name(part: Message) -> str:
    try:
        raw = part.get_filename() or ""
        pieces = decode_header(raw)
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        return ""
    text = "".join(
        _decoded(piece, charset) if isinstance(piece, bytes) else piece for piece, charset in pieces
    )
    return " ".join(_plain(text).replace("\\", "/").rsplit("/", 1)[-1].split())[:150]
