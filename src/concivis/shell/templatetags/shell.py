"""{% load shell %}: numbers and names in the reader's language, addresses, query strings."""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode, urljoin

from babel import Locale, UnknownLocaleError
from babel.numbers import format_compact_decimal, format_decimal, format_percent
from django import template
from django.conf import settings
from django.core.paginator import Page
from django.utils.translation import get_language

from concivis.shell import context as shell_context

register = template.Library()
Number = int | float | Decimal


def locale() -> Locale:
    """The active language as Babel knows it."""
    try:
        return Locale.parse(get_language() or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


# --- numbers -----------------------------------------------------------------------------------------------


@register.filter
def number(value: Number | str | None, digits: int | None = None) -> str:
    """1234567.5 → “1,234,567.5” (en), “1.234.567,5” (de); `digits` after the point at most. Text stays."""
    if value is None or isinstance(value, str):
        return value or ""
    return _number(value, digits, locale())


@lru_cache(maxsize=4096, typed=True)
def _number(value: Number, digits: int | None, spoken: Locale) -> str:
    """Kept: a list writes the same small numbers on every page."""
    pattern = None if digits is None else "#,##0" + ("." + "#" * digits if digits else "")
    return str(format_decimal(value, format=pattern, locale=spoken))


@register.filter
def compact(value: Number | None) -> str:
    """1234567 → “1.2M” (en), “1,2 Mio.” (de)."""
    return "" if value is None else str(format_compact_decimal(value, locale=locale(), fraction_digits=1))


@register.filter
def percent(share: Number | None, digits: int = 0) -> str:
    """0.257 → “26%” (en), “26 %” (de)."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "") + "%"
    if share is None:
        return ""
    standard = locale().percent_formats[None].pattern
    return str(format_percent(share, format=standard.replace("#,##0", pattern.rstrip("%")), locale=locale()))


# --- names -------------------------------------------------------------------------------------------------


@register.filter
def language_name(code: str) -> str:
    """“de” → “German”, in the active language; an unknown tag stays as it is."""
    try:
        return str(Locale.parse(code, sep="-").get_display_name(locale()) or code)
    except (UnknownLocaleError, ValueError):
        return code


@register.filter
def country_name(code: str) -> str:
    """“IT” → “Italy”, in the active language, by CLDR; an unknown code stays as it is."""
    return str(locale().territories.get(code.upper(), code))


@register.filter
def text_direction(code: str) -> str:
    """“rtl” or “ltr” for a language tag: for `dir=` beside `lang=` on content."""
    try:
        return str(Locale.parse(code, sep="-").text_direction)
    except (UnknownLocaleError, ValueError):
        return "auto"


# --- drawing -----------------------------------------------------------------------------------------------


@register.simple_tag
def share_of(value: Number, maximum: Number, of: int = 100) -> str:
    """`value` as a length out of `of`, with a point whatever the language: for SVG attributes."""
    return f"{float(value) / float(maximum) * of:.2f}" if maximum else "0"


@register.simple_tag
def scale_of(bars: Iterable[Any]) -> float:
    """Where a scale of bars ends: at the greatest `value`; 0 for an empty list."""
    return max((float(part(bar, "value")) for bar in bars), default=0.0)


@register.filter
def state_tone(state: str) -> str:
    """The colour of a partnership's state; the word beside it says the same."""
    return {
        "signed": "good",
        "active": "good",
        "suspended": "notice",
        "dormant": "notice",
        "ended": "over",
    }.get(str(state), "neutral")


def part(item: Any, name: str) -> Any:
    return item[name] if isinstance(item, dict) else getattr(item, name)


# --- addresses ---------------------------------------------------------------------------------------------


@register.simple_tag
def address(name: str, *args: Any) -> str:
    """Like {% url %}, but empty where no room answers to the name."""
    return shell_context.address(name, *(str(arg) for arg in args)) or ""


@register.filter
def absolute_url(path: str) -> str:
    return urljoin(settings.BASE_URL + "/", str(path))


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: Any) -> str:
    """The page's query string with some parameters changed (None removes one): `?country=IT&page=2`.

    Changing anything but the page goes back to page one. Never empty: an empty link would mean the same page
    with the query string it has.
    """
    query = current_query(context)
    if "page" not in changes:
        query.pop("page", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = [str(value)]
    return f"?{urlencode(query, doseq=True)}"


@register.simple_tag(takes_context=True)
def query_without(context: template.Context, name: str, value: str | None = None) -> str:
    """The query string without one parameter, or without one of its values."""
    query = current_query(context)
    query.pop("page", None)
    query[name] = [other for other in query.get(name, []) if value is not None and other != str(value)]
    return f"?{urlencode(query, doseq=True)}"


def current_query(context: template.Context) -> dict[str, list[str]]:
    """Plain lists: a page of a list draws a dozen addresses, and a QueryDict is slow to copy."""
    request = context.get("request")
    return {name: list(values) for name, values in request.GET.lists()} if request else {}


# --- lists -------------------------------------------------------------------------------------------------


@register.filter
def page_numbers(page: Page[Any]) -> list[int | None]:
    """The page numbers to link to: first, last and those around; None where some are left out."""
    return [
        n if isinstance(n, int) else None
        for n in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]


@register.simple_tag(takes_context=True)
def sorting(context: template.Context, heading: Any) -> dict[str, str]:
    """{"url", "current"}: where a column's heading leads, and how the list is sorted by it, as aria-sort says."""
    name = part(heading, "sort")
    if not name:
        return {"url": "", "current": ""}
    request = context.get("request")
    now = request.GET.get("sort", "") if request else ""
    current = {name: "ascending", f"-{name}": "descending"}.get(now, "")
    return {"url": query_with(context, sort=f"-{name}" if now == name else name), "current": current}
