"""Sheets with signatures: to print and fill in by hand, and with the signatures that are handed over. Tagged PDF."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from concivis.proposals.enums import Asked
from concivis.proposals.models import Proposal
from concivis.shell import markdown, typeset
from concivis.shell.codes import qr_svg
from concivis.shell.content import choose
from concivis.shell.templatetags.shell import absolute_url, text_direction

TEMPLATE = Path(__file__).with_name("sheet.typ")
LINES = 12  # of a sheet to fill in


def to_fill_in(proposal: Proposal, language: str) -> bytes:
    """One sheet in a language of the interface, with the code that leads to the proposal's page and the legal text of
    its rules. Four queries."""
    with translation.override(language):
        address = absolute_url(proposal.get_absolute_url())
        columns = [_("No."), *_asked(proposal), _("Day"), _("Signature")]
        given = {
            **_head(proposal, language),
            "lead": _("I support this proposal:"),
            "legal": _legal(proposal, language),
            "columns": columns,
            "rows": [[str(n), *[""] * (len(columns) - 1)] for n in range(1, LINES + 1)],
            "tall": True,
            "qr": qr_svg(address),
            "alternative": _("QR code with the address %(address)s") % {"address": address},
            "address": address,
            "note": _until(proposal),
        }
    return typeset.pdf(TEMPLATE, given, proposal.published_at or timezone.now())


def handed_over(
    proposal: Proposal, language: str, at: datetime, number: int, rows: Sequence[Sequence[str]]
) -> bytes:
    """One of the sheets of a package. Call it in the active language `language`."""
    given = {
        **_head(proposal, language),
        "lead": _("Signatures, sheet {number}").format(number=number),
        "legal": [],
        "columns": [_("No."), *_asked(proposal), _("Day"), _("Register")],
        "rows": [list(row) for row in rows],
        "tall": False,
        "qr": "",
        "alternative": "",
        "address": "",
        "note": _("Handed over by {hub}. These are personal data.").format(hub=proposal.hub.name),
    }
    return typeset.pdf(TEMPLATE, given, at)


def _head(proposal: Proposal, language: str) -> dict[str, Any]:
    text = choose(proposal, proposal.translations.all(), [language])
    return {
        "lang": typeset.lang(language),
        "rtl": text_direction(language) == "rtl",
        "hub": proposal.hub.name,
        "title": text.texts["title"],
        "summary": text.texts["summary"],
        "text-lang": typeset.lang(text.language),
        "text-rtl": text_direction(text.language) == "rtl",
    }


def _asked(proposal: Proposal) -> list[str]:
    asked = proposal.rules.asked if proposal.rules else []
    labels = [str(each.label) for each in Asked if each.value in asked]
    return [label[:1].upper() + label[1:] for label in labels]


def _legal(proposal: Proposal, language: str) -> list[str]:
    """The rule's own words, in the language of the sheet, else in that of the office, as paragraphs."""
    if proposal.rules is None:
        return []
    texts = {text.language: text for text in proposal.rules.texts.all()}
    text = texts.get(language) or texts.get(proposal.hub.language) or next(iter(texts.values()), None)
    if text is None:
        return []
    return [
        "".join(run.text for run in block.runs)
        for part in (text.eligibility, text.legal, text.privacy)
        for block in markdown.blocks(part)
    ]


def _until(proposal: Proposal) -> str:
    if proposal.closes_on is None:
        return ""
    return _("Bring it to {hub} by {day}. A sheet that comes later does not count.").format(
        hub=proposal.hub.name, day=date_format(proposal.closes_on)
    )
