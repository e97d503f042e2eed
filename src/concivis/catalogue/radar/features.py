"""A profile as named features with a degree from 0 to 1: what the index posts, and what two cards share."""

from collections.abc import Iterator
from enum import IntEnum
from hashlib import blake2b

from concivis.catalogue.radar.entries import Profile, cell
from concivis.catalogue.radar.lexicon import Tag


class Family(IntEnum):
    """The families of features. The value stands in the index's files: never renumber."""

    COUNTRY = 0
    PLACE = 1
    THEME = 2
    GROUP = 3
    GOAL = 4
    LANGUAGE = 5
    IDEA = 6
    WORD = 7
    NEED = 8
    OFFER = 9
    CELL = 10


OF_TAG = {
    Tag.COUNTRY: Family.COUNTRY,
    Tag.PLACE: Family.PLACE,
    Tag.THEME: Family.THEME,
    Tag.GROUP: Family.GROUP,
    Tag.GOAL: Family.GOAL,
    Tag.LANGUAGE: Family.LANGUAGE,
    Tag.IDEA: Family.IDEA,
}


def features(profile: Profile) -> Iterator[tuple[Family, str, float]]:
    """Family, name, degree; each name once."""
    for kind, by_code in profile.tags.items():
        for code, degree in by_code.items():
            yield OF_TAG[kind], code, degree
    for stem, degree in profile.stems.items():
        yield Family.WORD, stem, degree
    for need in profile.needs:
        yield Family.NEED, need, 1.0
    for offer in profile.offers:
        yield Family.OFFER, offer, 1.0
    if profile.point:
        yield Family.CELL, _cell_name(*cell(*profile.point)), 1.0


def wanted(profile: Profile) -> Iterator[tuple[Family, str, float]]:
    """The features by which others are looked for: its own, what answers its needs and offers, the cells around it."""
    for family, name, degree in features(profile):
        if family is Family.NEED:
            yield Family.OFFER, name, degree
        elif family is Family.OFFER:
            yield Family.NEED, name, degree
        elif family is Family.CELL and profile.point:
            north, east = cell(*profile.point)
            for row in (-1, 0, 1):
                for column in (-1, 0, 1):
                    yield Family.CELL, _cell_name(north + row, east + column), 1.0
        else:
            yield family, name, degree


def _cell_name(north: int, east: int) -> str:
    return f"{north},{east}"


def key(family: Family, name: str) -> int:
    """The same 64 bits in every process."""
    return int.from_bytes(
        blake2b(bytes([family]) + name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big"
    )
