"""The record: who did what when. Append-only and hash-chained, one chain per hub, one for the installation.

**What is hashed.** Line n's hash is the SHA-256, in lower-case hexadecimal, of the UTF-8 bytes of a JSON
array with no spaces, keys sorted, characters beyond ASCII unescaped::

    ["concivis-record-1", chain, number, at, actor, action, kind, object_id, details, previous]

`chain` is the hub's public id ("" for the installation), `at` is UTC as 2026-11-22T07:58:00.123456Z, `actor`
a user's number or null, `details` an object of texts, whole numbers, true, false, null, lists and objects (no
fractions: databases do not agree on how to keep them), `previous` the hash of line n - 1 ("" for line 1).

**What it may hold.** Lines stay for ever and people may leave: a line holds a user's number, never a name or
a mail address. Text that looks like a mail address is blanked out before it is kept.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Literal

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.hubs.models import Chain, Hub, RecordLine

FORMAT = "concivis-record-1"
LINES = f"SELECT SUM(length) FROM {Chain._meta.db_table}"  # noqa: S608 - our own name
MAIL_ADDRESS = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+\.[^\W\d_]{2,}")
BLANKED = "(mail address)"
LINES_AT_ONCE = 2000


_through: ContextVar[str] = ContextVar("through", default="")


@contextmanager
def through(name: str) -> Iterator[None]:
    """Lines written meanwhile say that a program did it: `details["through"]` is `name`, the token's."""
    before = _through.set(name)
    try:
        yield
    finally:
        _through.reset(before)


def write(
    *,
    hub: Hub | None,
    by: User | None,
    action: str,
    kind: str,
    object_id: str,
    details: Mapping[str, Any] | None = None,
) -> RecordLine:
    """Append a line to the hub's chain (hub = None: the installation's) and raise the data version by one.

    Call it inside the transaction of the change it tells of; the chain stays locked until that one ends.
    `by` is None for what the system does by itself. `details`: what a reader needs to understand the line.
    Raises `TransactionManagementError` outside a transaction, `TypeError` for details that cannot be kept.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "The record is written inside the transaction of the change it tells of."
        )
    program = {"through": _through.get()} if _through.get() else {}
    kept = _keepable({**(details or {}), **program})
    chain, _created = Chain.objects.select_for_update().get_or_create(hub=hub)
    line = RecordLine(
        chain=chain,
        number=chain.length + 1,
        at=timezone.now(),
        actor=by.pk if by else None,
        action=action,
        kind=kind,
        object_id=object_id,
        details=kept,
        previous=chain.head,
    )
    line.hash = line_hash(line, hub.public_id if hub else "")
    line.save(force_insert=True)
    Chain.objects.filter(pk=chain.pk).update(length=line.number, head=line.hash)
    return line


def data_version() -> int:
    """How many lines all chains hold together. One query; 0 when nothing was ever recorded."""
    with (
        connection.cursor() as cursor
    ):  # every request asks it: the same through the ORM takes eight times as long
        cursor.execute(LINES)
        (lines,) = cursor.fetchone()
    return int(lines or 0)


def line_hash(line: RecordLine, chain: str) -> str:
    """The hash that `line` must have; `chain` is the hub's public id, or ""."""
    content = [
        FORMAT,
        chain,
        line.number,
        utc_text(line.at),
        line.actor,
        line.action,
        line.kind,
        line.object_id,
        line.details,
        line.previous,
    ]
    return sha256(_canonical(content).encode()).hexdigest()


def utc_text(at: datetime) -> str:
    """2026-11-22T07:58:00.123456Z"""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _canonical(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)


def _keepable(value: Any) -> Any:
    """`value` as it will come back from either database; mail addresses blanked out."""
    match value:
        case None | bool():
            return value
        case int():
            return int(value)
        case str():
            return MAIL_ADDRESS.sub(BLANKED, str(value)).replace("\0", "")
        case Mapping():
            return {_keepable(str(key)): _keepable(item) for key, item in value.items()}
        case list() | tuple():
            return [_keepable(item) for item in value]
    raise TypeError(f"The record's details cannot hold a {type(value).__name__}; write it as text.")


# --- is it unbroken? ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Broken:
    """The first broken line of a chain."""

    chain: str  # the hub's address, "" for the installation
    number: int
    reason: str  # a sentence


def verify(hub: Hub | Literal["all"] | None = "all") -> list[Broken]:
    """The first broken line of each broken chain (hub = None: the installation's); empty if all is well.

    Reads every line once, in a stream; writers may go on meanwhile. Lines cut off together with the head's
    count can only be found by comparing with a head that was noted elsewhere (`heads`).
    """
    chains = Chain.objects.select_related("hub").order_by("pk")
    without: list[Hub] = []
    if hub == "all":
        without = list(Hub.objects.filter(chain__isnull=True).order_by("pk"))
    else:
        chains = chains.filter(hub=hub)
        without = [hub] if hub and not chains.exists() else []
    lost = [Broken(each.slug, 1, _("The whole record of this hub is missing.")) for each in without]
    found = [broken for chain in chains if (broken := _first_broken(chain))]
    return [*found, *lost]


def heads() -> Iterator[tuple[str, int, str]]:
    """(the hub's address or "", number of lines, hash of the last) of every chain: to be noted elsewhere."""
    for chain in Chain.objects.select_related("hub").order_by("pk"):
        yield chain.hub.slug if chain.hub else "", chain.length, chain.head


def _first_broken(chain: Chain) -> Broken | None:
    name, slug = (chain.hub.public_id, chain.hub.slug) if chain.hub else ("", "")
    before: RecordLine | None = None
    lines = RecordLine.objects.filter(chain=chain, number__lte=chain.length).order_by("number")
    for line in lines.iterator(chunk_size=LINES_AT_ONCE):
        fault = _fault(line, before, name)
        if fault:
            return Broken(slug, *fault)
        before = line
    fault = _fault_at_end(chain, before)
    return Broken(slug, *fault) if fault else None


def _fault(line: RecordLine, before: RecordLine | None, name: str) -> tuple[int, str] | None:
    expected = before.number + 1 if before else 1
    if line.number != expected:
        text = _("Line {missing} is missing: the next one there is line {found}.")
        return expected, text.format(missing=expected, found=line.number)
    if line.hash != line_hash(line, name):
        text = _("Line {number} is not what was written: its content does not fit its hash.")
        return line.number, text.format(number=line.number)
    if line.previous != (before.hash if before else ""):
        if before is None:
            return 1, _("Line 1 claims to follow another line: the beginning of the record was cut off.")
        text = _("Line {number} was exchanged and its hash forged: line {next} does not follow from it.")
        return before.number, text.format(number=before.number, next=line.number)
    return None


def _fault_at_end(chain: Chain, last: RecordLine | None) -> tuple[int, str] | None:
    number, last_hash = (last.number, last.hash) if last else (0, "")
    if number < chain.length:
        text = _("Line {missing} is missing: the record must have {length} lines.")
        return number + 1, text.format(missing=number + 1, length=chain.length)
    if last_hash != chain.head:
        text = _("Line {number}, the last, was exchanged and its hash forged: it does not fit the head.")
        return number, text.format(number=number)
    beyond = RecordLine.objects.filter(chain=chain).aggregate(number=Max("number"))["number"] or 0
    chain.refresh_from_db(fields=["length"])  # after the lines: it may have grown since, never shrunk
    if beyond > chain.length:
        text = _("Line {number} is not counted: the record must end with line {length}.")
        return chain.length + 1, text.format(number=chain.length + 1, length=chain.length)
    return None
