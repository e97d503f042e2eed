"""Which codes a file may mean by a country: ISO 3166-1 gives many territories a code of their own, lists rarely do."""

from collections.abc import Mapping

# country as lists write it → codes under which a gazetteer may keep its places (ISO 3166-1, “remark” column;
# XK, PS, EH and the line on Cyprus as files disagree about them)
TERRITORIES: Mapping[str, frozenset[str]] = {
    "AU": frozenset({"CC", "CX", "NF"}),
    "CN": frozenset({"HK", "MO"}),
    "DK": frozenset({"FO", "GL"}),
    "FI": frozenset({"AX"}),
    "FR": frozenset({"BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT"}),
    "GB": frozenset({"AI", "BM", "FK", "GG", "GI", "IM", "IO", "JE", "KY", "MS", "PN", "SH", "TC", "VG"}),
    "IL": frozenset({"PS"}),
    "MA": frozenset({"EH"}),
    "NL": frozenset({"AW", "BQ", "CW", "SX"}),
    "NO": frozenset({"SJ"}),
    "NZ": frozenset({"CK", "NU", "TK"}),
    "RS": frozenset({"XK"}),
    "RU": frozenset({"UA"}),  # occupied places stand under either name
    "US": frozenset({"AS", "GU", "MP", "PR", "VI"}),
}


def related(code: str) -> frozenset[str]:
    """`code`, its territories, and the country it is a territory of."""
    above = {country for country, parts in TERRITORIES.items() if code in parts}
    return TERRITORIES.get(code, frozenset()) | above | {code}
