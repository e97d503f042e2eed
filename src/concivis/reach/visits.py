"""What of a request counts, and as what. Pure: a request in, a page and an identifier out, nothing kept.

Not counted: programs (by what they call themselves), pages fetched in advance, whoever asks not to be tracked
(`DNT`, `Sec-GPC`), whoever is signed in, and everything but public pages.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from ipaddress import ip_address
from typing import Any, NamedTuple

from concivis.reach.enums import PageKind

PROGRAMS = re.compile(
    r"bot|crawl|spider|slurp|scrap|fetch|preview|monitor|uptime|headless|lighthouse|validator|archiv|feed|"
    r"curl|wget|python|java/|okhttp|go-http|httpx|libwww|axios|node|ruby|perl|php|facebookexternalhit|"
    r"whatsapp|telegram|mastodon|embedly|http client",
    re.IGNORECASE,
)
SIGNED_IN = re.compile(r"(?:^|;\s*)sessionid=")
PAGE = re.compile(r"^/[a-z]{2,3}(?:-[a-zA-Z0-9]+)?/((?:[^/]+/)*)$")  # pages end with a slash, files do not
SLUG = re.compile(r"^[-a-z0-9_]{1,60}$")
IDENTIFIER = re.compile(r"^[0-9a-z]{8,16}$")
LONGEST = 300  # characters of a path that is looked at
LONGEST_NAME = 400  # characters of what a browser calls itself

# the first part of the address of one thing, the kind of its card, and what its page counts as
THINGS = {
    "initiatives": ("initiative", PageKind.INITIATIVES),
    "organisations": ("organisation", PageKind.ORGANISATIONS),
    "proposals": ("proposal", PageKind.PROPOSALS),
    "partnerships": ("partnership", PageKind.PARTNERSHIPS),
    "codesign": ("process", PageKind.OTHER),
}
# what follows hubs/<slug>/
OF_HUB = {
    "": PageKind.HOME,
    "initiatives": PageKind.INITIATIVES,
    "partnerships": PageKind.PARTNERSHIPS,
    "proposals": PageKind.PROPOSALS,
    "everything": PageKind.COUNTRIES,
    "countries": PageKind.COUNTRIES,
    "themes": PageKind.COUNTRIES,
    "calendar": PageKind.DATES,
    "meetings": PageKind.DATES,
    "newsletter": PageKind.NEWSLETTER,
    "stories": PageKind.INITIATIVES,
}
# the other pages for everybody; they count for the whole installation only
OF_ALL = {
    "": PageKind.HOME,
    "search": PageKind.OTHER,
    "map": PageKind.COUNTRIES,
    "everything": PageKind.COUNTRIES,
    "countries": PageKind.COUNTRIES,
    "themes": PageKind.COUNTRIES,
    "places": PageKind.COUNTRIES,
    "initiatives": PageKind.INITIATIVES,
    "organisations": PageKind.ORGANISATIONS,
    "proposals": PageKind.PROPOSALS,
    "partnerships": PageKind.PARTNERSHIPS,
    "figures": PageKind.PARTNERSHIPS,
    "looking-for-a-partner": PageKind.PARTNERSHIPS,
    "hubs": PageKind.OTHER,
}
NOT_PUBLIC = {
    "hubs": {"invitations", "mine", "new"},
    "initiatives": {"mine", "confirm"},
    "proposals": {"mine", "confirm", "first", "sponsor", "signature", "handed-over", "following", "leave"},
    "codesign": {"mine", "connector", "participant", "box", "ballot", "reader"},
}


class Owner(NamedTuple):
    """Whose page it is: a hub by its slug, a thing by the kind and id of its card, or ("", "") the installation's."""

    kind: str = ""
    name: str = ""


class Page(NamedTuple):
    owner: Owner
    kind: PageKind


Environ = Mapping[str, Any]


def counts(environ: Environ) -> bool:
    """Whether this reader may be counted at all, and is one."""
    name = environ.get("HTTP_USER_AGENT", "")
    return not (
        environ.get("REQUEST_METHOD") != "GET"
        or environ.get("HTTP_DNT") == "1"
        or environ.get("HTTP_SEC_GPC") == "1"
        or is_program(name[:LONGEST_NAME])
        or "prefetch" in environ.get("HTTP_SEC_PURPOSE", environ.get("HTTP_PURPOSE", ""))
        or SIGNED_IN.search(environ.get("HTTP_COOKIE", ""))
        or "HTTP_AUTHORIZATION" in environ
    )


@lru_cache(maxsize=1024)
def is_program(name: str) -> bool:
    """By what it calls itself; who says nothing is one. Kept, as most visitors share a few names."""
    return not name or PROGRAMS.search(name) is not None


def page_of(path: str) -> Page | None:
    """None for what does not count. Nothing of a path is kept but the name of a hub or of a public thing."""
    found = PAGE.match(path) if len(path) <= LONGEST else None
    if found is None:
        return None
    first, second, third = [*found[1].split("/"), "", "", ""][:3]
    if second in NOT_PUBLIC.get(first, ()):
        return None
    if first in ("hubs", "embed") and SLUG.match(second):
        kind = PageKind.EMBED if first == "embed" else OF_HUB.get(third, PageKind.OTHER)
        return Page(Owner("hub", second), kind)
    if first in THINGS and IDENTIFIER.match(second):
        card, kind = THINGS[first]
        return Page(Owner(card, second), kind)
    return Page(Owner(), OF_ALL[first]) if first in OF_ALL else None


def identifier(environ: Environ, key: bytes, *, behind_proxy: bool) -> int:
    """64 bits of the network and the browser's name, mixed with the day's key: the same visitor on the same day."""
    name = environ.get("HTTP_USER_AGENT", "")[:LONGEST_NAME]
    said = f"{network(environ, behind_proxy=behind_proxy)}\0{name}"
    return int.from_bytes(blake2b(said.encode("utf-8", "replace"), key=key, digest_size=8).digest(), "big")


def network(environ: Environ, *, behind_proxy: bool) -> str:
    """The sender's address; of IPv6 the first half, as browsers change the rest within a day."""
    address = environ.get("REMOTE_ADDR", "")
    if behind_proxy:  # the last one is what our proxy saw; those before it, anybody can write
        address = environ.get("HTTP_X_FORWARDED_FOR", address).rpartition(",")[2].strip()
    if ":" not in address:
        return str(address)
    try:
        return ip_address(address).exploded[:19]
    except ValueError:
        return str(address)
