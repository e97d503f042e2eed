"""What the forms of a hub offer: languages, time zones, colours, each in the reader's words."""

from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.languages import get_official_languages
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concivis.hubs.colours import PRESETS

OWN_COLOUR = "own"
CONTINENTS = frozenset(
    [
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    ]
)


def languages() -> list[tuple[str, str]]:
    """(BCP 47 tag, name) of the languages that CLDR names by two or three letters, by their names."""
    return _languages(get_language() or "en")


@cache
def _languages(active: str) -> list[tuple[str, str]]:
    names = Locale.parse(active, sep="-").languages
    plain = [(code, name[:1].upper() + name[1:]) for code, name in names.items() if code in _written()]
    return sorted(plain, key=lambda pair: pair[1].casefold())


@cache
def _written() -> frozenset[str]:
    """The languages that are official or regionally official somewhere."""
    found: set[str] = set()
    for country in map(str, Locale("en").territories):
        if len(country) == 2 and country.isalpha():
            found.update(
                code.split("_")[0] for code in get_official_languages(country, regional=True, de_facto=True)
            )
    return frozenset(found)


def language_of_country(country: str) -> str:
    """The first official language of a country; English where CLDR knows none."""
    official = get_official_languages(country, de_facto=True)
    return official[0].split("_")[0] if official else "en"


@cache
def timezones() -> list[tuple[str, str]]:
    """Names of the tz database by continent, the obsolete ones left out."""
    zones = [name for name in available_timezones() if name.split("/")[0] in CONTINENTS]
    return [(name, name.replace("_", " ").replace("/", " / ")) for name in sorted([*zones, "UTC"])]


def colours() -> list[tuple[str, SafeString]]:
    """(colour, a swatch and its name), then one's own."""
    swatch = (
        '<svg class="colour-swatch" viewBox="0 0 4 3" width="32" height="24" aria-hidden="true">'
        '<path fill="{}" d="M0 0h4v3H0z"/></svg> {}'
    )
    presets = [(colour, format_html(swatch, colour, name)) for colour, name in PRESETS.items()]
    return [*presets, (OWN_COLOUR, format_html("{}", _("A colour of our own")))]
