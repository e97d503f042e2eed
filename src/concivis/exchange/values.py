"""Reads the single values of a cell: numbers, coordinates, Wikidata items, dates."""

import re

from concivis.shell.dates import PartialDate, Precision
from concivis.twinning.enums import PartnershipKind

ENTITY = re.compile(r"^(?:<?https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/)?(Q[1-9]\d{0,11})>?$", re.ASCII)
POINT = re.compile(r"^(?:<[^>]*>\s*)?Point\s*\(\s*(\S+)\s+(\S+?)\s*\)$", re.IGNORECASE)
PAIR = re.compile(r"^\(?\s*([-+]?\d{1,3}(?:\.\d+)?)\s*[,; ]\s*([-+]?\d{1,3}(?:\.\d+)?)\s*\)?$", re.ASCII)
DEGREES = re.compile(r"^([-+]?\d{1,4}(?:[.,]\d+)?)\s*°?\s*([NSEWO])?$", re.ASCII | re.IGNORECASE)
DOTTED = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$", re.ASCII)
EARTH = "http://www.wikidata.org/entity/Q2"


def number(text: str) -> float | None:
    """A plain number with point or comma."""
    try:
        return float(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except ValueError:
        return None


def degrees(text: str) -> float | None:
    """48.1; 48,1; 48.1°; 48.1 N; 0.5 W."""
    match = DEGREES.match(text.strip())
    if not match:
        return None
    value = float(match[1].replace(",", "."))
    return -value if (match[2] or "").upper() in {"S", "W"} else value


def point(text: str) -> tuple[float, float] | None:
    """(latitude, longitude) from Wikidata's “Point(lon lat)” or a pair “lat, lon”. None: not on Earth or unreadable."""
    text = text.strip()
    if match := POINT.match(text):
        if text.startswith("<") and not text.startswith(f"<{EARTH}>"):
            return None  # on the Moon, on Mars
        longitude, latitude = number(match[1]), number(match[2])
        return None if latitude is None or longitude is None else (latitude, longitude)
    if match := PAIR.match(text):
        return float(match[1]), float(match[2])
    return None


def population(text: str) -> int | None:
    """71150; 71 150; 71,150; 71.150; +71150."""
    digits = re.sub(r"(?<=\d)[\s,.'’](?=\d{3}\b)", "", text.strip().lstrip("+"))
    value = number(digits)
    return round(value) if value is not None and 0 <= value < 2_000_000_000 else None


def date(text: str) -> PartialDate:
    """ISO of any precision, 3.5.1963, Wikidata's times. Raises ValueError.

    A query's plain times carry no precision; Wikidata writes a bare year as the first of January.
    """
    if match := DOTTED.match(text.strip()):
        return PartialDate.parse(f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}")
    read = PartialDate.parse(text)
    if "-01-01T" in text:
        return PartialDate(read.first, Precision.YEAR)
    return read


KIND_WORDS = {
    "twinning": (
        "twin",
        "sister",
        "partnerschaft",
        "partnership",
        "gemell",
        "jumel",
        "infrat",
        "städtepartner",
    ),
    "friendship": ("friend", "freund", "amici", "amiti", "priet"),
    "contact": ("contact", "kontakt"),
    "project": ("project", "projekt", "progett", "projet", "proiect"),
    "solidarity": ("solidar",),
    "climate": ("climate", "klima", "clima"),
    "pact": ("pact", "patto", "pakt", "pacte"),
}


def kind(text: str) -> str | None:
    """The code of a kind of partnership, from the code itself or a usual word; None: not known."""
    lowered = text.strip().lower()
    if lowered in PartnershipKind.values:
        return lowered
    # the specific words first: a “friendship partnership” is a friendship
    ordered = [code for code in KIND_WORDS if code != "twinning"] + ["twinning"]
    return next((code for code in ordered if any(word in lowered for word in KIND_WORDS[code])), None)
