"""The package for who receives the signatures: a ZIP written while it is read, so that a million of them fit through a
machine that could not hold them.

`signatures.csv` · `sheets/sheet-0001.pdf` … (tagged PDF, SHEET_ROWS on each) · `paper.csv` (counted on paper) ·
`manifest.json` (the SHA-256 of each, and what was counted).
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from concivis.proposals import sheets
from concivis.proposals.enums import Asked, Support
from concivis.proposals.models import Handover, PaperSheet, Proposal, Signature
from concivis.shell.exports import Column, csv_chunks

SHEET_ROWS = 500  # more make the document slow to open for a screen reader
AT_ONCE = 500

Done = Callable[[dict[str, str]], object]


class Pipe(io.RawIOBase):
    """What is written into it is taken out at the other end; it cannot go back."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self._held.append(bytes(content))
        return len(content)

    def taken(self) -> bytes:
        content, self._held = b"".join(self._held), []
        return content


def handed_over(package: Handover) -> QuerySet[Signature]:
    """What goes out: what had force in law and stood when the package was made."""
    rows = Signature.objects.filter(proposal=package.proposal, support=Support.LEGAL)
    return rows.standing().filter(signed_at__lte=package.made_at).order_by("pk")


def stream(package: Handover, done: Done = lambda manifest: None) -> Iterator[bytes]:
    """The ZIP in pieces; `done` is called with {name: SHA-256} once all of it has left."""
    pipe, sums = Pipe(), {}
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, parts in _files(package):
            digest = sha256()
            with archive.open(name, "w", force_zip64=True) as file:
                for part in parts:
                    digest.update(part)
                    file.write(part)
                    if content := pipe.taken():
                        yield content
            sums[name] = digest.hexdigest()
        archive.writestr("manifest.json", json.dumps(_manifest(package, sums), indent=1, ensure_ascii=False))
    yield pipe.taken()
    done(sums)


def columns(proposal: Proposal) -> list[Column[Signature]]:
    """A number and what the rules ask of signers, nothing else: what a register can be asked with."""
    asked = proposal.rules.asked if proposal.rules else []
    return [
        Column("number", _("number"), lambda row: row.pk),
        *(
            Column(each.value, each.label, lambda row, name=each.value: getattr(row, name))  # type: ignore[misc]
            for each in Asked
            if each.value in asked
        ),
        Column("signed_on", _("day"), lambda row: row.signed_at.date()),
    ]


PAPER: list[Column[PaperSheet]] = [
    Column("sheet", "", lambda row: row.label),
    Column("lines", "", lambda row: row.lines),
    Column("valid", "", lambda row: row.valid),
    Column("received_on", "", lambda row: row.received_on),
    Column("scan_sha256", "", lambda row: row.sha256),
]


def _files(package: Handover) -> Iterator[tuple[str, Iterable[bytes]]]:
    told: list[Column[Signature]] = [
        *columns(package.proposal),
        Column("district", "", lambda row: row.area),
        Column("means", "", lambda row: row.means),
        Column("assurance", "", lambda row: row.assurance),
        Column("register", "", lambda row: row.check_state),
    ]
    rows = handed_over(package)
    yield "signatures.csv", (part.encode() for part in csv_chunks(rows.iterator(AT_ONCE), told))
    yield from _sheets(package)
    papers = package.proposal.sheets.order_by("label", "pk")
    if papers.exists():
        yield "paper.csv", (part.encode() for part in csv_chunks(papers, PAPER))


def _sheets(package: Handover) -> Iterator[tuple[str, Iterable[bytes]]]:
    proposal, language = package.proposal, package.language
    rows, told = handed_over(package).iterator(AT_ONCE), columns(proposal)
    number = 0
    while chunk := list(islice(rows, SHEET_ROWS)):
        number += 1
        with translation.override(language):
            printed = [
                [*(str(column.value(row) or "") for column in told), str(row.get_check_state_display())]
                for row in chunk
            ]
            content = sheets.handed_over(proposal, language, package.made_at, number, printed)
        yield f"sheets/sheet-{number:04}.pdf", [content]


def _manifest(package: Handover, sums: dict[str, str]) -> dict[str, Any]:
    proposal = package.proposal
    return {
        "format": "concivis-signatures-1",
        "proposal": {"id": proposal.public_id, "title": proposal.title, "hub": proposal.hub.slug},
        "made_at": package.made_at.isoformat(),
        "rules": proposal.rules.number if proposal.rules else None,
        "signatures": handed_over(package).count(),
        "on_paper": sum(proposal.sheets.values_list("valid", flat=True)),
        "note": _("Support from others is not among them."),
        "sha256": sums,
    }
