"""What the API of every room has in common: errors as RFC 9457 says, and pages that know their neighbours."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.utils.http import urlencode
from ninja import Field, Schema

MOST_PER_PAGE = 200
LAST_PAGE = 100_000


class Pages(Schema):
    """The parameters of a list."""

    page: int = Field(1, ge=1, le=LAST_PAGE)
    page_size: int = Field(50, ge=1, le=MOST_PER_PAGE)


class Problem(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str


def paged(page: Page[Any], rows: list[dict[str, Any]], path: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """`rows` as one page of a list; `path` (`/api/v1/places`) and the parameters `given` address its neighbours."""

    def address(number: int) -> str:
        return f"{settings.BASE_URL}{path}?{urlencode({**given, 'page': number})}"

    return {
        "count": page.paginator.count,
        "next": address(page.next_page_number()) if page.has_next() else None,
        "previous": address(page.previous_page_number()) if page.has_previous() else None,
        "results": rows,
    }
