"""What the number of people says about a place."""

from concivis.places.enums import NameKind, PlaceKind

ALTERNATE, WORD = NameKind.ALTERNATE.value, NameKind.WORD.value  # plain texts: compared a million times
LARGE = 100_000
MIDDLE = 15_000
TOWN = 5_000

NAME_TIERS = (0, 1, 3)
"""Tiers of names of large weight, of middle weight, of the rest."""
WORD_TIERS = (2, 2, 4)
"""Tiers of words inside such names. The type-ahead looks in the order of the tiers."""

WELL_KNOWN = {
    284315: 150_000,  # Bethlehem (PS): the place from which its larger namesakes took the name
}
"""GeoNames ids of places which the world means by their name though a namesake is larger, with the weight to rank at.

Our judgement, kept short on purpose.
"""
OTHER_NAME = 20
"""A name that is not the main one, nor its beginning, counts a twentieth: "Bethlehem" is a name of Belém too."""


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


def name_weight(weight: int, kind: str, folded: str, main: str) -> int:
    """The weight of one name of a place of `weight`; `folded` and `main` are that name and the main one, folded."""
    if kind != ALTERNATE or folded == main or main.startswith(f"{folded} "):
        return weight
    return weight // OTHER_NAME


def tier_of(weight: int, kind: str) -> int:
    """Where among the tiers a name (or word) of such weight stands."""
    size = 0 if weight >= LARGE else 1 if weight >= MIDDLE else 2
    return WORD_TIERS[size] if kind == WORD else NAME_TIERS[size]
