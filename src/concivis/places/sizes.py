"""What the number of people says about a place."""

from concivis.places.enums import NameKind, PlaceKind

LARGE = 100_000
MIDDLE = 15_000
TOWN = 5_000

NAME_TIERS = (0, 1, 3)
"""Tiers of names of large places, of middle ones, of the rest."""
WORD_TIERS = (2, 2, 4)
"""Tiers of words inside the names of such places. The type-ahead looks in the order of the tiers."""

WELL_KNOWN = {
    284315: 150_000,  # Bethlehem (PS)
    294098: 500_000,  # Nazareth (IL)
    2510409: 300_000,  # Toledo (ES)
}
"""GeoNames ids of places which the world means by their name though a namesake is larger, with the weight to rank at.

Our judgement, kept short on purpose: the places from which others took the name.
"""


def kind_of(population: int | None) -> PlaceKind:
    """Village, town (from 5,000 people) or city (from 100,000). Our convention: GeoNames does not say, law differs.

    A place whose population is not known counts as a village.
    """
    people = population or 0
    if people >= LARGE:
        return PlaceKind.CITY
    return PlaceKind.TOWN if people >= TOWN else PlaceKind.VILLAGE


def weight_of(population: int | None, geonames_id: int | None = None) -> int:
    """The rank among namesakes: the number of people, or more for the few places in `WELL_KNOWN`."""
    return max(population or 0, WELL_KNOWN.get(geonames_id or 0, 0))


def tier_of(weight: int, kind: str) -> int:
    """Where among the tiers a name (or word) of a place of such weight stands."""
    size = 0 if weight >= LARGE else 1 if weight >= MIDDLE else 2
    return (WORD_TIERS if kind == NameKind.WORD else NAME_TIERS)[size]
