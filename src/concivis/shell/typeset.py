"""Documents for paper: A4 as PDF, tagged for screen readers (PDF/UA-1). Set with Typst.

What people wrote is handed over as data, never as markup. Latin, Greek and Cyrillic are in the fonts that Typst
carries; for other scripts the fonts of the system are asked, so a document in them needs a machine that has such fonts.
Where a sign is in no font, PDF/UA cannot be promised: the document is then tagged all the same.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from concivis.shell.content import primary
from concivis.shell.pictures import COVERED


def pdf(template: Path, given: Mapping[str, Any], at: datetime) -> bytes:
    """`given` stands in the template as `json(bytes(sys.inputs.given))`; `at`: the document's own date, so that
    the same content gives the same file."""
    said = json.dumps(given, ensure_ascii=False)
    settings: dict[str, Any] = {
        "format": "pdf",
        "sys_inputs": {"given": said},
        "font_paths": [],
        "ignore_system_fonts": COVERED.fullmatch(said) is not None,
        "timestamp": int(at.timestamp()),
    }
    try:
        made = typst.compile(_read(template), pdf_standards=["ua-1"], **settings)
    except typst.TypstError:
        made = typst.compile(_read(template), **settings)
    return bytes(made)


def lang(tag: str) -> str:
    """The part of a tag that Typst takes: two or three letters."""
    return primary(tag)


@lru_cache(maxsize=8)
def _read(template: Path) -> bytes:
    return template.read_bytes()
