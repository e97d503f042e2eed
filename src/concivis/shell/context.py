"""What the base template needs on every page: destinations, languages, addresses. Computed only where asked."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, gettext_lazy

import concivis

# page name, label; a room that is not installed simply has no entry in the menu
MENU: list[tuple[str, str | Promise]] = [
    ("twinning:map", gettext_lazy("Map")),
    ("twinning:partnerships", gettext_lazy("Partnerships")),
    ("portal:countries", gettext_lazy("Countries")),
    ("twinning:figures", gettext_lazy("Figures")),
    ("hubs:list", gettext_lazy("Cities")),
    ("portal:search", gettext_lazy("Search")),
]


@dataclass(frozen=True)
class Destination:
    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Language:
    code: str
    name: str  # in the language itself
    direction: str
    url: str
    current: bool


class Shell:
    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def home(self) -> str:
        return address("portal:home") or f"/{get_language()}/"

    @cached_property
    def menu(self) -> list[Destination]:
        pages = [(str(label), address(name)) for name, label in MENU]
        here = self.request.path
        return [Destination(label, url, here.startswith(url)) for label, url in pages if url]

    @cached_property
    def menu_items(self) -> SafeString:
        """The menu as list items: drawn once, shown in the header, on phones and in the footer."""
        return format_html_join(
            "",
            '<li><a href="{}"{}>{}</a></li>',
            ((entry.url, self.mark_of(entry), entry.label) for entry in self.menu),
        )

    def mark_of(self, entry: Destination) -> SafeString:
        """“page” on the page itself, “true” on those below it."""
        exact = "page" if entry.url == self.request.path else "true"
        return format_html(' aria-current="{}"', exact) if entry.current else SafeString("")

    @cached_property
    def language_items(self) -> SafeString:
        """The languages as list items, drawn once as well."""
        here = SafeString(' aria-current="true"')
        return format_html_join(
            "",
            '<li><a href="{}" hreflang="{}" lang="{}" dir="{}"{}>{}</a></li>',
            (
                (one.url, one.code, one.code, one.direction, here if one.current else "", one.name)
                for one in self.languages
            ),
        )

    @cached_property
    def languages(self) -> list[Language]:
        """The same page in every language of the interface: plain links, so that choosing needs no cookie."""
        active = get_language()
        return [
            Language(
                code=code,
                name=get_language_info(code)["name_local"],
                direction="rtl" if get_language_info(code)["bidi"] else "ltr",
                url=in_language(self.request, code),
                current=code == active,
            )
            for code, _ in settings.LANGUAGES
        ]

    @property
    def language(self) -> Language:
        """The page's own; English for a text direction forced from outside."""
        return next((language for language in self.languages if language.current), self.languages[0])

    @cached_property
    def alternates(self) -> list[tuple[str, str]]:
        """(language, absolute address) for hreflang; none for pages without a language in their address."""
        if split_language(self.request.path) is None:
            return []
        return [
            (code, settings.BASE_URL + in_language(self.request, code, query=False))
            for code, _ in settings.LANGUAGES
        ]

    @property
    def canonical(self) -> str:
        return f"{settings.BASE_URL}{self.request.path}"

    @property
    def search(self) -> str | None:
        return address("portal:search")

    @property
    def sign_in(self) -> str | None:
        return address("account_login")

    @property
    def sign_out(self) -> str | None:
        return address("account_logout")

    @property
    def office(self) -> str | None:
        return address("hubs:mine")

    @property
    def interface(self) -> str | None:
        """The description of the API."""
        return address("api:openapi-json")

    @property
    def version(self) -> str:
        return concivis.__version__


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"shell": Shell(request)}


def address(name: str, *args: str) -> str | None:
    """The address of a page, or None where no room answers to the name."""
    return known_address(name, args, get_language(), get_urlconf() or settings.ROOT_URLCONF)


@lru_cache(maxsize=1024)
def known_address(name: str, args: tuple[str, ...], language: str | None, urlconf: str) -> str | None:
    """Kept, because every page asks for the same dozen; `language` is the active one, which addresses begin with."""
    try:
        return reverse(name, urlconf, args=args)
    except NoReverseMatch:
        return None


def in_language(request: HttpRequest, code: str, query: bool = True) -> str:
    """The page's address in another language; the home page where the address has no language in it."""
    rest = split_language(request.path)
    if rest is None:
        return f"/{code}/"
    parameters = request.META.get("QUERY_STRING", "") if query and request.method == "GET" else ""
    return f"/{code}/{rest}" + (f"?{parameters}" if parameters else "")


def split_language(path: str) -> str | None:
    """What follows `/<lang>/`, or None."""
    first, slash, rest = path.lstrip("/").partition("/")
    return rest if slash and first in dict(settings.LANGUAGES) else None
