"""What search engines may read: an index of parts, each with pages in every language of the interface (sitemaps.org).

Parts are ranges of keys, so that one costs the same however many there are; each language of a page has its own entry,
as the protocol of hreflang wants it.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Count, F, Max
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import condition, require_safe

from concivis.catalogue.models import Card
from concivis.hubs.freshness import etag
from concivis.hubs.models import Hub
from concivis.places.models import Country
from concivis.shell.languages import interface_codes
from concivis.vocabulary.models import Term

KEYS = 5_000  # of cards in a part: 25,000 addresses, half of what a part may hold, and below its 50 megabytes
AT_ONCE = 500
PAGES = (
    "portal:home",
    "initiatives:initiatives",
    "proposals:proposals",
    "proposals:reasons",
    "directory:organisations",
    "twinning:partnerships",
    "twinning:map",
    "twinning:figures",
    "twinning:looking",
    "hubs:list",
    "portal:countries",
    "portal:themes",
    "portal:world",
)
HUB_PAGES = (
    "initiatives:of_hub",
    "initiatives:stories",
    "proposals:of_hub",
    "proposals:became",
    "portal:calendar",
    "portal:hub_world",
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
URLSET = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
Page = tuple[str, datetime | None]  # path without its language, last change


@require_safe
@condition(etag)
def index(request: HttpRequest) -> HttpResponse:
    """One query."""
    parts = ["".join(_line("pages", None)), *("".join(_line(str(n), changed)) for n, changed in _parts())]
    body = f'{HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{"".join(parts)}</sitemapindex>\n'
    return HttpResponse(body, content_type="application/xml")


@require_safe
@condition(etag)
def part(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """`pages`, or the number of a range of cards."""
    if name == "pages":
        return _response(_pages())
    if not (name.isascii() and name.isdigit() and len(name) < 8):
        raise Http404
    cards = Card.objects.filter(pk__gt=int(name) * KEYS, pk__lte=(int(name) + 1) * KEYS).order_by("pk")
    if not cards.exists():
        raise Http404
    return _response(cards.values_list("path", "changed_at").iterator(AT_ONCE))


def _parts() -> list[tuple[int, datetime]]:
    numbered = Card.objects.order_by().annotate(part=(F("pk") - 1) / KEYS).values("part")
    counted = numbered.annotate(changed=Max("changed_at"), cards=Count("pk")).order_by("part")
    return [(row["part"], row["changed"]) for row in counted]


def _line(name: str, changed: datetime | None) -> Iterator[str]:
    yield f"<sitemap><loc>{settings.BASE_URL}{reverse('sitemap_part', args=[name])}</loc>"
    yield f"<lastmod>{changed.isoformat()}</lastmod></sitemap>\n" if changed else "</sitemap>\n"


def _pages() -> Iterator[Page]:
    """Pages that are no card's: lists, those of each city, and of every country and theme that has cards."""
    with override("en"):
        cut = len("/en")
        for name in PAGES:
            yield reverse(name)[cut:], None
        for slug in Hub.objects.filter(is_published=True).order_by("pk").values_list("slug", flat=True):
            for name in HUB_PAGES:
                yield reverse(name, args=[slug])[cut:], None
        countries = Country.objects.filter(cards__isnull=False).annotate(changed=Max("cards__changed_at"))
        for code, changed in countries.order_by("code").values_list("code", "changed"):
            yield reverse("portal:country", args=[code])[cut:], changed
        terms = (
            Term.objects.filter(cards__isnull=False).values("code").annotate(changed=Max("cards__changed_at"))
        )
        for row in terms.order_by("code"):
            yield reverse("portal:theme", args=[row["code"]])[cut:], row["changed"]


def _response(pages: Iterable[Page]) -> StreamingHttpResponse:
    return StreamingHttpResponse(_urlset(pages), content_type="application/xml")


def _urlset(pages: Iterable[Page]) -> Iterator[str]:
    yield HEAD + URLSET
    for path, changed in pages:
        yield _entries(path, changed)
    yield "</urlset>\n"


def _entries(path: str, changed: datetime | None) -> str:
    address = {
        code: escape(f"{settings.BASE_URL}/{code}{path}", {'"': "&quot;"}) for code in interface_codes()
    }
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{url}"/>' for code, url in address.items()
    )
    last = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
    return "".join(f"<url><loc>{url}</loc>{last}{others}</url>\n" for url in address.values())
