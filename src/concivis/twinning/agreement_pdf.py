"""The agreement as a document to sign: A4, every text in its language, tagged for screen readers (PDF/UA-1). Set with
Typst (`shell.typeset`). Two languages stand side by side, more one after the other.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.text import slugify

from concivis.shell import typeset
from concivis.shell.templatetags.shell import text_direction
from concivis.twinning import agreements
from concivis.twinning.agreements import ObjectiveText, word
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
    return typeset.pdf(TEMPLATE, _given(agreement), agreement.proposed_at or agreement.made_at)


def filename(agreement: Agreement) -> str:
    """“hamm-toul-agreement-2.pdf”"""
    places = "-".join(slugify(place.name) for place in agreement.partnership.places_in_order)
    return f"{places.strip('-') or agreement.partnership.public_id}-agreement-{agreement.version}.pdf"


def _given(agreement: Agreement) -> dict[str, Any]:
    languages: list[str] = agreement.languages
    objectives = agreements.objectives_of(agreement)
    return {
        "title": " · ".join(filter(None, (agreement.title.get(tag, "") for tag in languages))) or "–",
        "lang": typeset.lang(languages[0]),
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
        "lang": typeset.lang(tag),
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
            {"lang": typeset.lang(each.language), "text": each.text, "details": each.details}
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
