"""What the number of people says about a place."""

from concivis.places.enums import NameKind, PlaceKind

LARGE = 100_000
MIDDLE = 15_000
TOWN = 5_000

NAME_TIERS = (0, 1, 3)
"""Tiers of names of large places, of middle ones, of the rest."""
WORD_TIERS = (2, 2, 4)
"""Tiers of words inside the names of such places. The type-ahead looks in the order of the tiers."""


def kind_of(population: int | None) -> PlaceKind:
    """Village, town (from 5,000 people) or city (from 100,000). Our convention: GeoNames does not say, law differs.

    A place whose population is not known counts as a village.
    """
    people = population or 0
    if people >= LARGE:
        return PlaceKind.CITY
    return PlaceKind.TOWN if people >= TOWN else PlaceKind.VILLAGE


def tier_of(population: int | None, kind: str) -> int:
    """Where among the tiers a name (or word) of a place with so many people stands."""
    people = population or 0
    size = 0 if people >= LARGE else 1 if people >= MIDDLE else 2
    return (WORD_TIERS if kind == NameKind.WORD else NAME_TIERS)[size]
