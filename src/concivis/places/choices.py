"""The countries, for the selects of forms and filters."""

import re
from functools import cache

from django.utils.translation import get_language

from concivis.places.countries import names
from concivis.places.names import fold

NO_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}  # CLDR's groups and placeholders


def country_choices() -> list[tuple[str, str]]:
    """(ISO 3166-1 alpha-2, name in the active language), by name."""
    return _country_choices(get_language() or "en")


@cache
def _country_choices(language: str) -> list[tuple[str, str]]:
    known = [
        (code, name)
        for code, name in names(language).items()
        if re.fullmatch("[A-Z]{2}", code) and code not in NO_COUNTRIES
    ]
    return sorted(known, key=lambda pair: fold(pair[1]))
