"""What the API of every room has in common: errors as RFC 9457 says, and pages that know their neighbours."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.conf import settings
from django.core.paginator import Page
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.http import urlencode
from ninja import Field, Schema

Row = TypeVar("Row", bound=Model)

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


def one_of(rows: QuerySet[Row], public_id: str) -> Row:
    """The row of this name. Raises `Http404`; what cannot be a name asks no database."""
    found = rows.filter(public_id=public_id).first() if public_id.isalnum() else None
    if found is None:
        raise Http404
    return found


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
