"""Names of countries from CLDR, with our own aliases."""

from functools import cache

from babel import Locale
from django.utils.translation import get_language


def country_name(code: str, language: str | None = None) -> str:
    """The name in `language` (default: the active one); the code itself where CLDR has none."""
    return names(language or get_language() or "en").get(code, code)


@cache
def names(language: str) -> dict[str, str]:
    return dict(Locale.parse(language.replace("-", "_")).territories)
