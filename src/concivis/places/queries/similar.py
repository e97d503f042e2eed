"""Names that nearly fit: a letter wrong or left out, words in another order."""

from django.db.models import Q, QuerySet
from rapidfuzz import fuzz, process

from concivis.places.models import PlaceName

SHORTEST = 4  # letters that must be typed before we guess
FIRST_LETTERS = 3  # that we trust
LIKENESS = 80.0  # per cent of the letters, words sorted
MOST_COMPARED = 2_000  # names of the largest places with these first letters


def similar(names: QuerySet[PlaceName], asked: str, limit: int) -> dict[int, str]:
    """Ids of the places in `names` most like `asked`, each with the folded spelling alike. Five queries at most."""
    if len(asked) < SHORTEST:
        return {}
    compared = list(_compared(names, asked))
    if not compared:
        return {}
    spellings = [folded for _place, folded, _weight in compared]
    alike = process.extract(asked, spellings, scorer=fuzz.token_sort_ratio, limit=200, score_cutoff=LIKENESS)
    ranked = sorted(alike, key=lambda hit: (-round(hit[1] / 5), -compared[hit[2]][2]))
    found: dict[int, str] = {}
    for spelling, _score, row in ranked:
        found.setdefault(compared[row][0], spelling)
    return dict(list(found.items())[:limit])


def _compared(names: QuerySet[PlaceName], asked: str) -> list[tuple[int, str, int]]:
    """Names of places that share the first letters, and names of places that share a later word."""
    columns = ("place", "folded", "weight")
    starts = Q(tier__in=(0, 1, 3), folded__begins=asked[:FIRST_LETTERS])
    rows = list(names.filter(starts).order_by("-weight").values_list(*columns)[:MOST_COMPARED])
    for word in asked.split()[1:3]:
        if len(word) >= SHORTEST:
            inner = names.filter(tier__in=(2, 4), folded__begins=word).order_by("-weight")
            places = list(inner.values_list("place", flat=True)[:50])
            rows += PlaceName.objects.filter(place__in=places, tier__in=(0, 1, 3)).values_list(*columns)
    return rows
