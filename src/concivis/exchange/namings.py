"""What else a place may be called than the file writes: bodies, parts, brackets and hints taken off."""

import re
from dataclasses import dataclass

from concivis.places.enums import PlaceKind
from concivis.places.names import fold

# words that name the body, not the place: “Municipality of X”, “X (district)”, “Greater X”
BODY = (
    "municipality", "city", "town", "township", "commune", "community", "district", "borough", "village", "parish",
    "urban", "rural", "gmina", "greater", "metropolitan", "ward", "subdistrict", "municipal", "municipio", "county",
    "gemeinde", "kommune", "stadt", "comune", "ville", "raion", "rayon", "shire", "special", "capital", "hansestadt",
    "independent", "self", "governing", "administrative", "unit", "settlement", "local", "council", "area", "the", "of",
    "and", "metro", "royal", "county level",
)  # fmt: skip
# bodies larger than a place: never taken for the town they are named after
PROVINCES = re.compile(
    r"\b(province|provincia|county|oblast|voivodeship|department|prefecture|landkreis|kreis|governorate|"
    r"raion|rayon|krai|powiat|megye|judet|zupanija)\b"
)
REGIONS = re.compile(r"\b(region|state|canton|republic|territory|autonomous|land)\b")
# where a district holds many municipalities; elsewhere it is a part of a city
DISTRICTS_ARE_BODIES = frozenset(
    {"AT", "AZ", "BY", "CH", "CZ", "DE", "GE", "KG", "KZ", "LT", "LV", "MD", "RU", "SK", "TJ", "UA", "UZ"}
)
SAINTS = {
    "st": "saint",
    "ste": "sainte",
    "mt": "mount",
    "ft": "fort",
    "sv": "sveti",
    "sto": "santo",
    "sta": "santa",
}


@dataclass(frozen=True, slots=True)
class Naming:
    """`full` as written; `trimmed` without brackets, hints and words for the body; `parts` name what contains it."""

    full: tuple[str, ...]
    trimmed: tuple[str, ...]
    parts: tuple[str, ...]
    hints: tuple[str, ...]  # folded names of the region or town around it
    body: PlaceKind | None  # a body larger than a place

    @property
    def all(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.full, *self.trimmed, *self.parts)))


def naming(name: str, admin: str = "", country: str = "") -> Naming:
    """All texts folded, the likeliest first, none empty. `country` (ISO code) tells what “district” means."""
    full = _unique(_spelt_out(fold(name)))
    bare, inner = _brackets(name)
    before, *tail = [part.strip() for part in bare.split(",")]
    *around, head = re.split(r"\s+[–—-]\s+", before)  # “Tokyo – Itabashi”: a part after its town
    hints = [fold(part) for part in (*tail, *inner, *around, *admin.split(",")) if part]
    trimmed = [fold(head), *(fold(side) for side in re.split(r"\s*/\s*", head)), _without_body(fold(head))]
    expanded = [form for text in trimmed for form in _spelt_out(text)]
    return Naming(
        full=full,
        trimmed=tuple(text for text in _unique(expanded) if text not in full),
        parts=_unique(_part_of(fold(head)) + hints),
        hints=_unique([_without_body(hint) for hint in hints] + hints),
        body=_larger_body(fold(name.split(",")[0]), country, has_hint=bool(tail or around)),
    )


def _brackets(name: str) -> tuple[str, list[str]]:
    """("Limmen", ["Castricum"]) from “Limmen (Castricum)”."""
    inner = re.findall(r"\(([^)]*)\)", name)
    bare = re.sub(r"\s*\([^)]*\)?", " ", name).strip()
    return bare or name, [text for text in inner if text]


def _spelt_out(text: str) -> list[str]:
    words = text.split()
    spelt = " ".join(SAINTS.get(word, word) for word in words)
    shortened = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
    short = " ".join(shortened.get(word, word) for word in words)
    joined = text.replace(" ", "")
    return [text, spelt, short, joined] if len(words) > 1 else [text]


def _without_body(text: str) -> str:
    words = [word for word in text.split() if word not in BODY]
    return " ".join(words) if words else text


def _part_of(text: str) -> list[str]:
    """What “18th district of Budapest” is a part of."""
    match = re.search(r"\b(?:district|borough|ward|part|arrondissement)s? (?:\w+ )?of (.+)$", text)
    return [match[1]] if match else []


def _larger_body(text: str, country: str, *, has_hint: bool) -> PlaceKind | None:
    if PROVINCES.search(text):
        return PlaceKind.PROVINCE
    if country in DISTRICTS_ARE_BODIES and re.search(r"\bdistrict( municipality)?$", text) and not has_hint:
        return PlaceKind.PROVINCE
    return PlaceKind.REGION if REGIONS.search(text) else None


def _unique(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
