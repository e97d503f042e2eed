"""What a poster is about: its address, and what stands on it in each language."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import truncatechars
from django.urls import Resolver404, resolve, reverse
from django.utils.text import slugify
from django.utils.translation import gettext, override

from concivis.catalogue.models import Card
from concivis.hubs.models import Hub
from concivis.portal import cards
from concivis.reach.visits import page_of
from concivis.shell.templatetags.shell import absolute_url

LONGEST = 600  # characters of an address: what a telephone still reads from a poster
SHORT = 220  # characters of a summary
ENTRIES = ("initiative", "organisation", "proposal")
MOST_ENTRIES = 500  # that a form offers


@dataclass(frozen=True)
class Said:
    """What stands there in one language."""

    language: str
    title: str
    text: str = ""


@dataclass(frozen=True)
class Poster:
    hub: Hub
    format: str  # a4, a3, cards
    address: str  # absolute
    texts: Sequence[Said]

    @property
    def readable(self) -> str:
        """As one types it."""
        return self.address.split("://", 1)[-1].rstrip("/")

    @property
    def filename(self) -> str:
        return f"{slugify(self.texts[0].title)[:60].strip('-') or self.hub.slug}-{self.format}.pdf"


def of_hub(hub: Hub, languages: Sequence[str], headline: str) -> tuple[str, list[Said]]:
    texts = []
    for language in languages:
        with override(language):
            names = {"city": hub.place.name}
            title = gettext("%(city)s and the world") % names
            text = gettext("Partner towns, initiatives and organisations: who does what, with whom, where.")
            texts.append(Said(language, title, text))
    with override(languages[0]):
        return absolute_url(hub.get_absolute_url()), headed(texts, headline)


def of_registration(hub: Hub, languages: Sequence[str], headline: str) -> tuple[str, list[Said]]:
    texts = []
    for language in languages:
        with override(language):
            text = gettext(
                "Five minutes, without an account. Be seen, be helped, and find out who else works there."
            )
            texts.append(Said(language, gettext("Register your initiative"), text))
    with override(languages[0]):
        return absolute_url(reverse("initiatives:new", args=[hub.slug])), headed(texts, headline)


def of_entry(entry: Card, languages: Sequence[str], headline: str) -> tuple[str, list[Said]]:
    texts = []
    for language in languages:
        with override(language):
            told = cards.told(entry)
            texts.append(Said(told.language, told.title, truncatechars(told.summary, SHORT)))
    with override(languages[0]):
        return cards.full_address(entry), headed(list(dict.fromkeys(texts)), headline)


def of_page(address: str, languages: Sequence[str], headline: str) -> tuple[str, list[Said]]:
    texts = []
    for language in languages:
        with override(language):
            texts.append(Said(language, gettext("Look at it here"), ""))
    return public_address(address), headed(texts, headline)


def headed(texts: list[Said], headline: str) -> list[Said]:
    """With one's own words as the first line, if there are some."""
    if not headline:
        return texts
    first, *others = texts
    return [
        Said(first.language, headline, first.text),
        *(Said(each.language, "", each.text) for each in others),
    ]


def public_address(address: str) -> str:
    """The address of a public page of this site, absolute. Raises `ValidationError` with a sentence."""
    parts = urlsplit(address.strip())
    if parts.netloc and f"{parts.scheme}://{parts.netloc}" != settings.BASE_URL:
        raise ValidationError(
            gettext("This address is of another website. It must begin with %(site)s.") % {"site": settings.BASE_URL}
        )  # fmt: skip
    path = parts.path if parts.path.startswith("/") else f"/{parts.path}"
    if page_of(path) is None or not _is_known(path):
        raise ValidationError(
            gettext("There is no public page at this address. Open it, and copy the address from there.")
        )
    whole = settings.BASE_URL + path + (f"?{parts.query}" if parts.query else "")
    if len(whole) > LONGEST:
        raise ValidationError(
            gettext(
                "This address has %(n)d characters; a code that telephones read holds %(most)d. Use fewer filters."
            )
            % {"n": len(whole), "most": LONGEST}
        )
    return whole


def _is_known(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def entries_of(hub: Hub) -> list[Card]:
    """Public initiatives, organisations and proposals of the hub that a poster may be about. Two queries."""
    found = Card.objects.filter(hub=hub, kind__in=ENTRIES).prefetch_related("texts")
    return sorted(found[:MOST_ENTRIES], key=lambda card: (card.kind, cards.told(card).title.casefold()))
