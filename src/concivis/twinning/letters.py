"""A first letter to a place, in its language: composed from a template and from what speaks for it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel.languages import get_official_languages
from django.utils import translation

from concivis.accounts.people import Person
from concivis.hubs.models import Hub
from concivis.hubs.record import utc_text
from concivis.places.countries import country_name
from concivis.places.models import Place
from concivis.shell.templatetags.shell import absolute_url, language_name, number
from concivis.twinning.models import Candidate, Letter

TEMPLATES = Path(__file__).with_name("data") / "letters.json"
PARTS = ("subject", "greeting", "opening", "people", "reasons", "ask", "answer", "page", "closing", "office")


@dataclass(frozen=True)
class Draft:
    language: str
    subject: str
    body: str


@cache
def templates() -> dict[str, dict[str, str]]:
    """{language: {part: text}}; every language has all PARTS."""
    read: dict[str, dict[str, str]] = json.loads(TEMPLATES.read_text(encoding="utf-8"))["letters"]
    return read


def languages() -> list[tuple[str, str]]:
    """(code, name in the reader's language) of those in which a letter can be composed."""
    return sorted(((code, language_name(code)) for code in templates()), key=lambda pair: pair[1])


def usual_language(place: Place) -> str:
    """The first official language of the place's country for which there is a template; else English."""
    official = get_official_languages(place.country_id, de_facto=True)
    return next((code.split("_")[0] for code in official if code.split("_")[0] in templates()), "en")


def compose(*, hub: Hub, place: Place, language: str, reasons: Sequence[str], writer: str) -> Draft:
    """The letter from `hub` to `place`. `reasons`: sentences in `language`. KeyError for an unknown language."""
    said, own = templates()[language], hub.place
    with translation.override(language):
        words = {
            "own": own.name,
            "other": place.name,
            "country": country_name(own.country_id),
            "people": number(_rounded(own.population or 0)),
            "page": absolute_url(hub.get_absolute_url()),
        }
    paragraphs = [said["greeting"], said["opening"] + (f" {said['people']}" if own.population else "")]
    if reasons:
        paragraphs.append("\n".join([said["reasons"], *(f"– {each}" for each in reasons)]))
    paragraphs += [said["ask"], said["answer"]]
    if hub.is_published:
        paragraphs.append(said["page"])
    paragraphs.append("\n".join(filter(None, [said["closing"], writer, said["office"]])))
    return Draft(language, _filled(said["subject"], words), _filled("\n\n".join(paragraphs), words))


def reasons_in(hub: Hub, place: Place, language: str) -> list[str]:
    """What speaks for the place, as sentences in `language`; none where no finder is there. About six queries."""
    from concivis.twinning import explaining_matches as explaining
    from concivis.twinning import finding  # their libraries load when a letter is begun

    own = Place.objects.select_related("region").get(pk=hub.place_id)
    candidate = (finding.compared(own, [place]) or {}).get(place.pk)
    if candidate is None:
        return []
    words = explaining.words_for([candidate])
    with translation.override(language):
        return explaining.for_letter(candidate, own.name, words)


def written_by(hub: Hub) -> list[Letter]:
    """The office's letters, the latest first, with place and partnership. Three queries."""
    found = Letter.objects.filter(partnership__hub=hub).select_related("partnership", "written_by")
    return list(found.prefetch_related("partnership__sides__place"))


def personal_data(person: Person) -> dict[str, Any]:
    """The letters that the person wrote and the notes on candidates that are theirs. Two queries."""
    wrote = Letter.objects.filter(person.by_account("written_by")).order_by("written_at")
    noted = (
        Candidate.objects.filter(person.by_account("added_by"))
        .select_related("place", "shortlist__hub")
        .order_by("added_at")
    )
    return {
        "letters": [
            {"at": utc_text(each.written_at), "subject": each.subject, "body": each.body, "to": each.to_email}
            for each in wrote
        ],
        "candidates": [
            {"hub": each.shortlist.hub.slug, "place": each.place.name, "note": each.note} for each in noted
        ],
    }


def _filled(text: str, words: dict[str, str]) -> str:
    """Our own marks only: a brace in a name or a reason is a brace."""
    for mark, word in words.items():
        text = text.replace(f"{{{mark}}}", word)
    return text


def _rounded(people: int) -> int:
    """Two leading digits: “about 180,000”."""
    digits = max(0, len(str(people)) - 2)
    return round(people, -digits)
