"""The agreement as a document to sign: A4, every text in its language, tagged for screen readers (PDF/UA-1). Set with
Typst.

What people wrote is handed over as data, never as markup. Two languages stand side by side, more one after the other.
Latin, Greek and Cyrillic are in the fonts that Typst carries; for other scripts the fonts of the system are asked, so
a document in them needs a machine that has such fonts. Where a sign is in no font, PDF/UA cannot be promised: the
document is then tagged all the same.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import typst
from django.utils.text import slugify

from concivis.shell.pictures import COVERED
from concivis.shell.templatetags.shell import text_direction
from concivis.twinning import agreements
from concivis.twinning.agreements import ObjectiveText, base_of, word
from concivis.twinning.enums import AgreementState
from concivis.twinning.models import Agreement, Article

TEMPLATE = Path(__file__).with_name("agreement.typ")
SAID = {  # states that the document itself names
    AgreementState.DRAFT: "draft",
    AgreementState.PROPOSED: "proposed",
    AgreementState.REPLACED: "replaced",
}


def pdf(agreement: Agreement) -> bytes:
    """The document; `agreement` from `agreements.complete`."""
    given = json.dumps(_given(agreement), ensure_ascii=False)
    settings: dict[str, Any] = {
        "format": "pdf",
        "sys_inputs": {"given": given},
        "font_paths": [],
        "ignore_system_fonts": COVERED.fullmatch(given) is not None,
        "timestamp": int((agreement.proposed_at or agreement.made_at).timestamp()),
    }
    try:
        made = typst.compile(_template(), pdf_standards=["ua-1"], **settings)
    except typst.TypstError:
        made = typst.compile(_template(), **settings)
    return bytes(made)


def filename(agreement: Agreement) -> str:
    """“hamm-toul-agreement-2.pdf”"""
    places = "-".join(slugify(place.name) for place in agreement.partnership.places_in_order)
    return f"{places.strip('-') or agreement.partnership.public_id}-agreement-{agreement.version}.pdf"


@lru_cache(maxsize=1)
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def _given(agreement: Agreement) -> dict[str, Any]:
    languages: list[str] = agreement.languages
    objectives = agreements.objectives_of(agreement)
    return {
        "title": " · ".join(filter(None, (agreement.title.get(tag, "") for tag in languages))) or "–",
        "lang": lang(languages[0]),
        "keywords": languages,
        "footer": " · ".join(dict.fromkeys(_version(agreement, tag) for tag in languages)),
        "place-and-date": _in_each("place_and_date", languages),
        "name-and-office": _in_each("name_and_office", languages),
        "sides": [place.name for place in agreement.partnership.places_in_order],
        "beside": len(languages) == 2,
        "texts": [_text(agreement, tag, objectives) for tag in languages],
    }


def _text(agreement: Agreement, tag: str, objectives: Sequence[ObjectiveText]) -> dict[str, Any]:
    state = SAID.get(AgreementState(agreement.state))
    return {
        "lang": lang(tag),
        "region": next((part for part in tag.split("-")[1:] if len(part) == 2), None),
        "rtl": text_direction(tag) == "rtl",
        "title": agreement.title.get(tag, ""),
        "note": word(state, tag) if state else "",
        "articles": [
            _article(number, article, tag, objectives)
            for number, article in agreements.numbered(list(agreement.articles.all()))
        ],
    }


def _article(number: str, article: Article, tag: str, objectives: Sequence[ObjectiveText]) -> dict[str, Any]:
    [passage] = agreements.passages(article, [tag], objectives)
    return {
        "number": number,
        "heading": passage.heading,
        "before": passage.before,
        "objectives": [
            {"lang": lang(each.language), "text": each.text, "details": each.details}
            for each in passage.objectives
        ],
        "after": passage.after,
    }


def _version(agreement: Agreement, tag: str) -> str:
    hub = agreement.partnership.hub
    made = (agreement.proposed_at or agreement.made_at).astimezone(ZoneInfo(hub.timezone if hub else "UTC"))
    said = word("version", tag).replace("{number}", str(agreement.version))
    return said.replace("{day}", agreements.day(made.date(), tag))


def _in_each(name: str, languages: Sequence[str]) -> str:
    return " / ".join(dict.fromkeys(word(name, tag) for tag in languages))


def lang(tag: str) -> str:
    """The part of a tag that Typst takes: two or three letters."""
    return base_of(tag)
