"""Tags for a text somebody is still writing; the author confirms them."""

from dataclasses import dataclass

from concivis.catalogue.radar.lexicon import Lexicon, Tag
from concivis.catalogue.radar.places import Lookup
from concivis.catalogue.radar.reading import Reading, Spans, read

LEAST = {
    Tag.COUNTRY: 0.5, Tag.PLACE: 0.5, Tag.THEME: 0.38, Tag.GROUP: 0.4, Tag.GOAL: 0.4, Tag.LANGUAGE: 0.5,
}  # fmt: skip
MOST = {
    Tag.COUNTRY: 6, Tag.PLACE: 6, Tag.THEME: 3, Tag.GROUP: 3, Tag.GOAL: 2, Tag.LANGUAGE: 3,
}  # fmt: skip
BESIDE_THE_BEST = 0.55  # of the best one's certainty that another of its kind must reach


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One tag, from 0 to 1 how surely, and where in the text the words stand that led to it."""

    kind: Tag
    code: str
    confidence: float
    spans: Spans


def suggest_tags(
    text: str, language: str | None = None, *, lexicon: Lexicon | None = None, places: Lookup | None = None
) -> list[Suggestion]:
    """The tags of each kind, surest first. `language` is a BCP 47 tag; without one it is guessed from small words.

    Of a longer text the first 20,000 characters are read. Places are found where the caller brings a gazetteer."""
    return suggestions_of(read(text, language, lexicon=lexicon, places=places))


def suggestions_of(reading: Reading) -> list[Suggestion]:
    return [
        Suggestion(kind, code, round(sure, 3), reading.spans.get((kind, code), ()))
        for kind in LEAST
        for code, sure in _best(reading, kind)
    ]


def _best(reading: Reading, kind: Tag) -> list[tuple[str, float]]:
    ranked = sorted(reading.certainties[kind].items(), key=lambda item: (-item[1], item[0]))[: MOST[kind]]
    top = ranked[0][1] if ranked else 0.0
    share = 0.0 if kind in {Tag.COUNTRY, Tag.PLACE} else BESIDE_THE_BEST
    return [(code, sure) for code, sure in ranked if sure >= max(LEAST[kind], share * top)]
