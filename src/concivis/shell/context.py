"""What the base template needs on every page: destinations, languages, addresses. Computed only where asked."""

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.functional import Promise
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info, gettext_lazy

import concivis
from concivis.shell.languages import interface_codes

# page name, label; a room that is not installed simply has no entry in the menu
MENU: list[tuple[str, str | Promise]] = [
    ("twinning:map", gettext_lazy("Map")),
    ("twinning:partnerships", gettext_lazy("Partnerships")),
    ("initiatives:initiatives", gettext_lazy("Initiatives")),
    ("directory:organisations", gettext_lazy("Organisations")),
    ("portal:countries", gettext_lazy("Countries")),
    ("twinning:figures", gettext_lazy("Figures")),
    ("hubs:list", gettext_lazy("Cities")),
    ("portal:search", gettext_lazy("Search")),
]


CURRENT = ' aria-current="true"'


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
        return menu_drawn(tuple((entry.url, entry.label, self.mark_of(entry)) for entry in self.menu))

    def mark_of(self, entry: Destination) -> str:
        """“page” on the page itself, “true” on those below it, else nothing: the value of aria-current."""
        if not entry.current:
            return ""
        return "page" if entry.url == self.request.path else "true"

    @cached_property
    def language_items(self) -> SafeString:
        """The languages as list items, drawn once as well."""
        return mark_safe(  # noqa: S308 - every text in it goes through escape()
            "".join(
                f'<li><a href="{escape(one.url)}" hreflang="{one.code}" lang="{one.code}" dir="{one.direction}"'
                f"{CURRENT if one.current else ''}>{escape(one.name)}</a></li>"
                for one in self.languages
            )
        )

    @cached_property
    def languages(self) -> list[Language]:
        """The same page in every language of the interface: plain links, so that choosing needs no cookie."""
        active = get_language()
        return [
            Language(code, name, direction, self.in_language(code), current=code == active)
            for code, name, direction in languages_known(interface_codes())
        ]

    def in_language(self, code: str) -> str:
        """The page's address in another language; the home page where the address has no language in it."""
        if self.path is None:
            return f"/{code}/"
        parameters = self.request.META.get("QUERY_STRING", "") if self.request.method == "GET" else ""
        return f"/{code}/{self.path}" + (f"?{parameters}" if parameters else "")

    @cached_property
    def path(self) -> str | None:
        """What follows `/<lang>/`, or None."""
        first, slash, rest = self.request.path.lstrip("/").partition("/")
        return rest if slash and first in interface_codes() else None

    @property
    def language(self) -> Language:
        """The page's own; English for a text direction forced from outside."""
        return next((language for language in self.languages if language.current), self.languages[0])

    @cached_property
    def alternates(self) -> list[tuple[str, str]]:
        """(language, absolute address) for hreflang; none for pages without a language in their address."""
        if self.path is None:
            return []
        return [(code, f"{settings.BASE_URL}/{code}/{self.path}") for code in interface_codes()]

    @property
    def canonical(self) -> str:
        return f"{settings.BASE_URL}{self.request.path}"

    @property
    def search(self) -> str | None:
        return address("portal:search")

    @property
    def office(self) -> str | None:
        return address("hubs:mine")

    @cached_property
    def account(self) -> SafeString:
        """Sign in, or my office and sign out."""
        user = getattr(self.request, "user", None)
        known = user is not None and user.is_authenticated
        return frame_part("shell/account_known.html" if known else "shell/account.html")

    @property
    def interface(self) -> str | None:
        """The description of the API."""
        return address("api:openapi-json")

    @property
    def version(self) -> str:
        return concivis.__version__

    @property
    def head_links(self) -> SafeString:
        """The icon and the style sheets."""
        return frame_part("shell/head_links.html")

    @property
    def foot_about(self) -> SafeString:
        """Where the data is from."""
        return frame_part("shell/foot_about.html")


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"shell": Shell(request)}


@cache
def languages_known(codes: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """(code, name in the language itself, direction) of each."""
    infos = [(code, get_language_info(code)) for code in codes]
    return [(code, info["name_local"], "rtl" if info["bidi"] else "ltr") for code, info in infos]


def frame_part(template: str) -> SafeString:
    """A part of the frame that only the active language changes."""
    return drawn_once(template, get_language(), get_urlconf() or settings.ROOT_URLCONF)


@lru_cache(maxsize=64)
def drawn_once(template: str, language: str | None, urlconf: str) -> SafeString:
    """Kept for as long as the process lives."""
    return render_to_string(template)


@lru_cache(maxsize=256)
def menu_drawn(entries: tuple[tuple[str, str, str], ...]) -> SafeString:
    """List items of (address, label, value of aria-current). Kept: a dozen menus serve every page."""
    marked = (
        (url, format_html(' aria-current="{}"', mark) if mark else "", label) for url, label, mark in entries
    )
    return format_html_join("", '<li><a href="{}"{}>{}</a></li>', marked)


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
