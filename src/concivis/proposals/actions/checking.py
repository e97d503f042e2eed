"""Signatures checked against the register: a table goes out, its answers come back in, looked at before they count."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.proposals.actions.noting import locked, noted
from concivis.proposals.enums import Check, Support
from concivis.proposals.models import Proposal, RegisterCheck, Signature
from concivis.proposals.numbers import recount
from concivis.shell import uploads

AT_ONCE = 500
COUNTED = ("valid", "invalid", "same", "unknown")
MOST_TOLD = 20  # lines with an unknown number that are named
YES = {"valid", "yes", "true", "1", "ja", "oui", "si", "sì", "da", "ok"}
NO = {"invalid", "not valid", "no", "false", "0", "nein", "non", "nu"}


@dataclass(frozen=True)
class Line:
    at: int  # in the file, from 1
    number: int
    state: Check


def to_check(proposal: Proposal, *, again: bool = False) -> QuerySet[Signature]:
    """What the register is asked about: signatures with legal force that wait for it; `again`: answered ones, too."""
    rows = Signature.objects.filter(
        proposal=proposal, support=Support.LEGAL, withdrawn_at=None, invalidation=None
    )
    return (rows if again else rows.filter(check_state=Check.WAITING)).order_by("pk")


@transaction.atomic
def fetch(*, by: User | None, proposal: Proposal, again: bool = False) -> QuerySet[Signature]:
    """The rows for the table that goes out; the record keeps who fetched how many."""
    found = locked(proposal)
    rows = to_check(found, again=again)
    noted(found, by, "proposal.check_fetched", {"count": rows.count()})
    return rows


@transaction.atomic
def fetch_some(
    *, by: User | None, proposal: Proposal, after: int, most: int, again: bool = False
) -> list[Signature]:
    """As `fetch`, at most so many with numbers above `after`: for programs."""
    found = locked(proposal)
    rows = list(to_check(found, again=again).filter(pk__gt=after)[:most])
    noted(found, by, "proposal.check_fetched", {"count": len(rows)})
    return rows


@transaction.atomic
def note_answers(*, by: User | None, proposal: Proposal, answers: Mapping[int, Check]) -> dict[str, int]:
    """A program's answers, at once: {"valid", "invalid": what changed; "same"; "unknown"}."""
    found = locked(proposal)
    chunk = [Line(at, number, state) for at, (number, state) in enumerate(answers.items(), 1)]
    counts, _unknown = _compared(found, chunk)
    _note(found, chunk, timezone.now())
    recount(found)
    noted(found, by, "proposal.checked", {name: counts[name] for name in ("valid", "invalid", "unknown")})
    return dict(counts)


@transaction.atomic
def bring(*, by: User | None, proposal: Proposal, upload: "UploadedFile[bytes]") -> RegisterCheck:
    """Reads the answers and says what they would change; nothing counts yet. The same file again is the same check.
    Raises ValidationError for what cannot be read, naming the line."""
    found = locked(proposal)
    content = uploads.read(upload, settings.UPLOAD_BYTES)
    total = sha256(content).hexdigest()
    known = found.checks.filter(sha256=total).first()
    if known is not None:
        return known
    check = RegisterCheck(
        proposal=found, sha256=total, filename=uploads.file_name(str(upload.name), "text/plain"), made_by=by,
        counts=_looked_at(found, io.BytesIO(content)),
    )  # fmt: skip
    check.file.save(uploads.random_name("text/plain"), ContentFile(content), save=False)
    check.save()
    noted(found, by, "proposal.check_brought")
    return check


@transaction.atomic
def apply(*, by: User | None, check: RegisterCheck) -> RegisterCheck:
    """The answers count. Once applied, a check changes nothing any more; a signature that has its answer already is
    left alone, so a file with more lines only adds what is new."""
    found = locked(check.proposal)
    row = RegisterCheck.objects.select_for_update().get(pk=check.pk)
    if row.applied_at is not None:
        return row
    with row.file.open("rb") as file:
        row.counts = _looked_at(found, file)  # what was withdrawn meanwhile is not answered
        file.seek(0)
        now = timezone.now()
        for chunk in _chunks(file):
            _note(found, chunk, now)
    row.applied_at = now
    _forget_file(row)
    row.save()
    recount(found)
    noted(found, by, "proposal.checked", {name: row.counts[name] for name in ("valid", "invalid", "unknown")})
    return row


@transaction.atomic
def discard(*, by: User | None, check: RegisterCheck) -> None:
    """A file that was brought in and is not to count."""
    found = locked(check.proposal)
    row = RegisterCheck.objects.select_for_update().get(pk=check.pk)
    if row.applied_at is not None:
        raise ValidationError(gettext("These answers count already."))
    _forget_file(row)
    row.delete()
    noted(found, by, "proposal.check_discarded")


def _forget_file(row: RegisterCheck) -> None:
    storage, name = row.file.storage, str(row.file.name or "")
    row.file = ""
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def _looked_at(proposal: Proposal, file: IO[bytes]) -> dict[str, object]:
    """{"valid", "invalid": what changes; "same"; "unknown"; "unknown_lines": the first of them}. A query for each
    AT_ONCE lines."""
    total: Counter[str] = Counter(dict.fromkeys(COUNTED, 0))
    unknown: list[int] = []
    for chunk in _chunks(file):
        counts, lines = _compared(proposal, chunk)
        total.update(counts)
        unknown += lines[: MOST_TOLD - len(unknown)]
    return {**total, "unknown_lines": unknown}


def _compared(proposal: Proposal, chunk: Sequence[Line]) -> tuple[Counter[str], list[int]]:
    """What the lines would do, and which are of nobody here. One query."""
    rows = to_check(proposal, again=True).filter(pk__in=[line.number for line in chunk])
    known = dict(rows.values_list("pk", "check_state"))
    counts, unknown = Counter(dict.fromkeys(COUNTED, 0)), []
    for line in chunk:
        stands = known.get(line.number)
        if stands is None:
            unknown.append(line.at)
        counts["unknown" if stands is None else "same" if stands == line.state else line.state.value] += 1
    return counts, unknown


def _note(proposal: Proposal, chunk: Sequence[Line], now: datetime) -> None:
    """What has its answer already is left alone. Two queries."""
    for state in (Check.VALID, Check.INVALID):
        ids = [line.number for line in chunk if line.state == state]
        rows = to_check(proposal, again=True).filter(pk__in=ids).exclude(check_state=state)
        rows.order_by().update(check_state=state, checked_at=now)


def _chunks(file: IO[bytes]) -> Iterator[list[Line]]:
    lines = _lines(file)
    while chunk := list(islice(lines, AT_ONCE)):
        yield chunk


def _lines(file: IO[bytes]) -> Iterator[Line]:
    """Raises ValidationError naming the line."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        first = text.readline()
        between = max(",;\t", key=first.count)
        names = [name.strip().lower() for name in next(csv.reader([first], delimiter=between), [])]
        if "number" not in names or "result" not in names:
            raise ValidationError(gettext("The first line must name the columns “number” and “result”."))
        at_number, at_result = names.index("number"), names.index("result")
        for at, row in enumerate(csv.reader(text, delimiter=between), 2):
            if any(cell.strip() for cell in row):
                yield _line(at, row, at_number, at_result)
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValidationError(gettext("The file is no CSV in UTF-8. Save it as “CSV UTF-8”.")) from error
    finally:
        text.detach()


def _line(at: int, row: list[str], at_number: int, at_result: int) -> Line:
    if len(row) <= max(at_number, at_result):
        raise ValidationError(gettext("Line %(n)s: a column is missing.") % {"n": at})
    number, said = row[at_number].strip(), row[at_result].strip().casefold()
    if not number.isdecimal() or len(number) > 18:
        raise ValidationError(gettext("Line %(n)s: “number” is not a number.") % {"n": at})
    if said not in YES | NO:
        raise ValidationError(gettext("Line %(n)s: “result” must be valid or invalid.") % {"n": at})
    return Line(at, int(number), Check.VALID if said in YES else Check.INVALID)
