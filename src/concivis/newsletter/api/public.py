"""Newsletters that were sent, as JSON."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from ninja import Field, Query, Router, Schema

from concivis.newsletter import queries
from concivis.newsletter.models import Issue, Item
from concivis.shell.api import Pages, one_of, paged
from concivis.shell.templatetags.shell import absolute_url

router = Router(tags=["newsletters"])


class NewsletterQuery(Pages):
    hub: str | None = Field(None, max_length=60, description="a hub's address word, such as `hamm`")


class NewsletterRow(Schema):
    id: str
    hub: str
    number: int
    sent_at: dt.datetime | None
    url: str
    subjects: dict[str, str] = Field(description="by language")


class NewsletterPage(Schema):
    count: int
    next: str | None
    previous: str | None
    results: list[NewsletterRow]


class NewsletterWords(Schema):
    language: str
    subject: str
    greeting: str = Field(description="Markdown")
    closing: str = Field(description="Markdown")


class NewsletterItemText(Schema):
    language: str = Field(description="BCP 47")
    heading: str
    text: str


class NewsletterItem(Schema):
    section: str
    kind: str = Field(description="of the card it tells of; empty: the office's own words")
    id: str
    url: str
    texts: list[NewsletterItemText]


class NewsletterDetail(NewsletterRow):
    words: list[NewsletterWords]
    items: list[NewsletterItem]


@router.get(
    "/newsletters", response={200: NewsletterPage, 422: None}, operation_id="list_newsletters", auth=None
)
def newsletters(request: HttpRequest, query: Query[NewsletterQuery]) -> dict[str, Any]:
    """Those that public offices have sent, the latest first."""
    found = _public()
    if query.hub is not None:
        found = found.filter(hub__slug=query.hub)
    page = Paginator(found, query.page_size).get_page(query.page)
    given = {name: str(value) for name, value in query.dict(exclude_none=True).items()}
    return paged(page, [row(each) for each in page.object_list], "/api/v1/newsletters", given)


@router.get(
    "/newsletters/{public_id}",
    response={200: NewsletterDetail, 404: None},
    operation_id="get_newsletter",
    auth=None,
)
def newsletter(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """One with everything it told, in every language in which it was written."""
    found = one_of(_public(), public_id)
    items = found.items.filter(is_included=True).prefetch_related("texts")
    words = ("language", "subject", "greeting", "closing")
    return {
        **row(found),
        "words": [{name: getattr(text, name) for name in words} for text in found.texts.all()],
        "items": [_item(each) for each in items],
    }


def row(issue: Issue) -> dict[str, Any]:
    """Reads prefetched texts."""
    with translation.override("en"):  # the API speaks of English pages
        url = absolute_url(reverse("newsletter:issue", args=[issue.hub.slug, issue.public_id]))
    return {
        "id": issue.public_id,
        "hub": issue.hub.slug,
        "number": issue.number,
        "sent_at": issue.sent_at,
        "url": url,
        "subjects": {text.language: text.subject for text in issue.texts.all()},
    }


def _item(item: Item) -> dict[str, Any]:
    names = ("language", "heading", "text")
    return {
        "section": item.section,
        "kind": item.card_kind,
        "id": item.card_id,
        "url": absolute_url(f"/en{item.path}") if item.path else "",
        "texts": [{name: getattr(text, name) for name in names} for text in item.texts.all()],
    }


def _public() -> QuerySet[Issue]:
    return queries.all_public_issues().order_by("-sent_at", "-pk")
