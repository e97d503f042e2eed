"""Which codes a file may mean by a country: ISO 3166-1 gives many territories a code of their own, lists rarely do."""

from collections.abc import Mapping

from concivis.places.countries import PARTS

# places that stand under either code, as files disagree: the country as lists write it → the other code
DISPUTED: Mapping[str, frozenset[str]] = {
    "IL": frozenset({"PS"}),
    "MA": frozenset({"EH"}),
    "RS": frozenset({"XK"}),
    "RU": frozenset({"UA"}),
}
TERRITORIES: Mapping[str, frozenset[str]] = {
    code: frozenset(PARTS.get(code, ())) | DISPUTED.get(code, frozenset()) for code in {*PARTS, *DISPUTED}
}


def related(code: str) -> frozenset[str]:
    """`code`, its territories, and the country it is a territory of."""
    above = {country for country, parts in TERRITORIES.items() if code in parts}
    return TERRITORIES.get(code, frozenset()) | above | {code}
