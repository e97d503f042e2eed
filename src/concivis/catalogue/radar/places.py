"""Towns in a text, by the spellings that the caller's gazetteer knows."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from concivis.catalogue.radar.words import Word, all_stopwords
from concivis.places.names import fold

LONGEST_NAME = 4  # words
SHORTEST_NAME = 4  # letters: shorter names are words more often than towns
LARGE = 100_000  # people from whom a town is believed without its country being named


@dataclass(frozen=True, slots=True)
class KnownPlace:
    id: str
    country: str
    population: int = 0


Lookup = Callable[[Collection[str]], Mapping[str, Sequence[KnownPlace]]]
"""From folded spellings (`places.names.fold`) to the places called so, in any language. Asked once per text."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    place: KnownPlace
    certainty: float
    first: int
    last: int


TURKISH = "da de ta te dan den tan ten ya ye a e yi yu i u nin nun in un li lu lilar liler daki deki"
ENDINGS = {
    "uk": tuple(
        (fold(ending), fold(nominative))
        for ending, nominatives in {
            "а": ("", "о"), "у": ("", "а", "о"), "ові": ("", "ів"), "ом": ("", "о"), "і": ("", "а", "о", "ь"),
            "и": ("а",), "ою": ("а",), "ю": ("я", "ь"), "ї": ("я",), "ії": ("ія",), "єва": ("їв",), "єві": ("їв",),
            "ова": ("ів",), "ева": ("ів",), "ої": ("а",), "ому": ("ий",), "я": ("ь",),
        }.items()
        for nominative in nominatives
    ),
    "tr": tuple((ending, "") for ending in TURKISH.split()),
    "ro": (("ului", ""), ("ul", ""), ("ei", "a")),
    "de": (("s", ""), ("er", "")),
}  # fmt: skip
"""What a language adds to the name of a town, and what stood there before."""


def place_mentions(
    found: list[Word],
    language: str | None,
    lookup: Lookup,
    countries: Mapping[str, float],
    common: Collection[str],
) -> list[PlaceMention]:
    """The longest names first. A town whose country the text names too is believed, others by their size.

    `common` are words (folded) that are not taken for a town unless its country is named."""
    spans = _spans(found, language)
    known = lookup({spelling for _span, spellings in spans for spelling in spellings}) if spans else {}
    taken: set[int] = set()
    mentioned = []
    for (first, last), spellings in spans:
        if not taken.isdisjoint(range(first, last + 1)):
            continue
        places = next((known[spelling] for spelling in spellings if known.get(spelling)), ())
        is_common = first == last and found[first].folded in common
        if best := _best(places, countries, is_doubtful=is_common or (found[first].opens and first == last)):
            mentioned.append(PlaceMention(best[0], best[1], first, last))
            taken.update(range(first, last + 1))
    return mentioned


def _spans(found: list[Word], language: str | None) -> list[tuple[tuple[int, int], list[str]]]:
    """Runs of words that may be a town's name, the longest first."""
    spans = []
    for length in range(LONGEST_NAME, 0, -1):
        for first in range(len(found) - length + 1):
            run = found[first : first + length]
            spelt = " ".join(word.folded for word in run)
            if not (run[0].is_capital and (length == 1 or run[-1].is_capital)) or len(spelt) < SHORTEST_NAME:
                continue
            if run[0].folded in all_stopwords() and length == 1:
                continue
            spans.append(((first, first + length - 1), _spellings(spelt, language)))
    return spans


def _spellings(spelt: str, language: str | None) -> list[str]:
    bent = [
        spelt[: -len(ending)] + nominative
        for ending, nominative in ENDINGS.get(language or "", ())
        if spelt.endswith(ending) and len(spelt) - len(ending) >= SHORTEST_NAME - 1
    ]
    return list(dict.fromkeys([spelt, *bent]))


def _best(
    places: Sequence[KnownPlace], countries: Mapping[str, float], *, is_doubtful: bool
) -> tuple[KnownPlace, float] | None:
    if not places:
        return None
    if inside := [place for place in places if countries.get(place.country, 0.0) >= 0.5]:
        return max(inside, key=lambda place: place.population), 0.9
    largest = max(places, key=lambda place: place.population)
    total = sum(place.population for place in places) or 1
    share = largest.population / total if largest.population else 1 / len(places)
    size = 0.75 if largest.population >= LARGE else 0.6 if largest.population >= LARGE / 10 else 0.4
    certainty = size * share * (0.4 if is_doubtful else 1.0)
    return (largest, certainty) if certainty >= 0.2 else None
