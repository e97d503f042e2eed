"""Which column of a table says what: guessed from names and content, corrected by a person."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concivis.exchange.errors import UnreadableFile
from concivis.exchange.values import ENTITY, POINT, number

END_ROLES: Mapping[str, Promise] = {
    "name": gettext_lazy("name"),
    "country": gettext_lazy("country"),
    "latitude": gettext_lazy("latitude"),
    "longitude": gettext_lazy("longitude"),
    "point": gettext_lazy("coordinates in one column"),
    "population": gettext_lazy("population"),
    "admin": gettext_lazy("region"),
    "wikidata": gettext_lazy("Wikidata item"),
    "geonames": gettext_lazy("GeoNames number"),
}
ROW_ROLES: Mapping[str, Promise] = {
    "start": gettext_lazy("start date"),
    "end": gettext_lazy("end date"),
    "kind": gettext_lazy("kind of partnership"),
    "locator": gettext_lazy("where in the source"),
}
TARGETS: tuple[str, ...] = (*(f"{side}.{role}" for side in "ab" for role in END_ROLES), *ROW_ROLES)


@dataclass(frozen=True)
class Columns:
    """`at`: target ("a.name", "b.latitude", "start") → index of the column."""

    header: tuple[str, ...]
    at: dict[str, int] = field(default_factory=dict)

    @property
    def missing(self) -> list[str]:
        """The ends ("a", "b") that no column names."""
        return [
            side
            for side in "ab"
            if not any(f"{side}.{role}" in self.at for role in ("name", "wikidata", "geonames"))
        ]

    def require_both_ends(self) -> None:
        """Raises UnreadableFile with a sentence that lists the columns there are."""
        if self.missing:
            raise UnreadableFile(
                _("Say which columns name the two places. The file has: %(columns)s.")
                % {"columns": ", ".join(name or "–" for name in self.header)}
            )

    def title(self, target: str) -> str:
        return self.header[self.at[target]] if target in self.at else target


# --- the guess ---------------------------------------------------------------------------------------------

# words in the interface languages and what people call columns; the first that occurs decides
ROLE_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("geonames", ("geoname", "gnid")),
    ("wikidata", ("wikidata", "qid", "wditem")),
    ("population", ("popul", "inhabit", "einwohner", "abitanti", "habitant", "locuitor", "habitante")),
    ("country", ("country", "land", "staat", "paese", "stato", "pays", "tara", "pais", "nation", "iso2", "iso3")),
    ("point", ("coord", "point", "geom", "koordinat", "location", "geoloc", "position")),
    ("latitude", ("lat", "breite")),
    ("longitude", ("lon", "lng", "lang", "laenge")),
    ("admin", ("region", "admin", "province", "provinz", "county", "bundesland", "judet", "departement", "state")),
    ("end", ("enddate", "endtime", "until", "dissol", "ended", "ende", "fine", "sfarsit")),
    ("start", ("start", "since", "begin", "inception", "signed", "founded", "date", "year", "seit", "jahr", "datum",
               "dal", "anno", "depuis", "annee", "din", "anul", "data")),
    ("kind", ("kind", "type", "typ", "art", "form", "tipo", "genre", "tip")),
    ("locator", ("locator", "reference", "page", "source_id", "line")),
    ("name", ("name", "label", "city", "town", "place", "municip", "stadt", "gemeinde", "ort", "kommune", "commune",
              "ville", "citta", "comune", "oras", "localit", "village", "ciudad", "nome", "nom", "partner")),
)  # fmt: skip
B_WORDS = ("destination", "dest", "sister", "twin", "partner", "target", "second", "other", "foreign", "gemell",
           "jumel", "infratit")  # fmt: skip
A_WORDS = ("origin", "source", "first", "home", "local")
EXACT = {"end": "end", "bis": "end", "au": "end", "al": "end", "von": "start", "du": "start"}
NUMERIC = {"latitude", "longitude", "population", "geonames"}


def guess_columns(header: Sequence[str], sample: Sequence[Sequence[str]]) -> Columns:
    """The likeliest meaning of each column, from its name and the first rows. What is unclear stays unmapped."""
    at: dict[str, int] = {}
    for index, title in enumerate(header):
        side, role = _side_and_role(title, _content(sample, index))
        if not role:
            continue
        if role in ROW_ROLES:
            at.setdefault(role, index)
        elif side:
            at.setdefault(f"{side}.{role}", index)
        else:
            at.setdefault(f"a.{role}" if f"a.{role}" not in at else f"b.{role}", index)
    return Columns(tuple(header), at)


def plain(text: str) -> str:
    """Lower case without accents."""
    return "".join(
        mark for mark in unicodedata.normalize("NFKD", text).lower() if not unicodedata.combining(mark)
    )


def _side_and_role(title: str, content: str) -> tuple[str, str]:
    words = re.sub(r"([a-z])([A-Z])", r"\1 \2", title)
    text = re.sub(r"[^a-z0-9]+", " ", plain(words)).strip()
    side, rest = _side(text)
    role = EXACT.get(rest) or next(
        (role for role, marks in ROLE_WORDS if any(mark in rest.replace(" ", "") for mark in marks)), ""
    )
    if content == "wikidata":
        return side, "" if role == "country" else "wikidata"
    if content == "point":
        return side, "point"
    if role == "wikidata" or (role in NUMERIC and content != "number") or (role == "point" and content):
        return side, ""
    if not role and not rest and side:
        role = "name"
    if role == "name" and content == "number":
        return side, ""
    return side, role


def _side(text: str) -> tuple[str, str]:
    """("b", "city") from "sister city"; ("a", "lat") from "lat 1"; ("", text) where nothing says a side."""
    tail = re.fullmatch(r"(.*?)\s*([12])", text) or re.fullmatch(r"(.*?)\s+([ab])", text)
    if tail:
        return {"1": "a", "2": "b"}.get(tail[2], tail[2]), tail[1]
    head = re.fullmatch(r"([12ab]|from|to)\s+(.*)", text)
    if head and head[2]:
        return {"1": "a", "2": "b", "from": "a", "to": "b"}.get(head[1], head[1]), head[2]
    if text in {"from", "to", "a", "b"}:
        return {"from": "a", "to": "b"}.get(text, text), ""
    for side, marks in (("b", B_WORDS), ("a", A_WORDS)):
        for mark in marks:
            if mark in text:
                return side, text.replace(mark, "", 1).strip()
    return "", text


def _content(sample: Sequence[Sequence[str]], index: int) -> str:
    """ "wikidata", "point" or "number" where nearly all filled cells are; else ""."""
    cells = [row[index] for row in sample if index < len(row) and row[index]]
    if not cells:
        return ""
    shares = {
        "wikidata": sum(bool(ENTITY.match(cell)) for cell in cells),
        "point": sum(bool(POINT.match(cell)) for cell in cells),
        "number": sum(number(cell) is not None for cell in cells),
    }
    return next((kind for kind, hits in shares.items() if hits >= 0.8 * len(cells)), "")
