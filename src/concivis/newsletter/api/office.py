"""Newsletters as their office sees them: drafts, how far the sending is, how many get them. No addresses."""

from typing import Any

from django.core.paginator import Paginator
from ninja import Field, Query, Router, Schema

from concivis.hubs.api_auth import HubToken
from concivis.hubs.scopes import Scope
from concivis.newsletter import queries
from concivis.newsletter.api.public import NewsletterRow, row
from concivis.shell.api import Pages, paged

router = Router(tags=["office"])
READ = HubToken(Scope.NEWSLETTERS_READ)
REFUSALS: dict[int, Any] = dict.fromkeys((401, 403, 422, 429))


class OfficeNewsletter(NewsletterRow):
    state: str
    letters: dict[str, int] = Field(
        description="by what became of them: due, handed_over, not_wanted, refused"
    )


class OfficeNewsletterPage(Schema):
    count: int
    next: str | None
    previous: str | None
    results: list[OfficeNewsletter]


class SubscriberCounts(Schema):
    confirmed: int = Field(description="subscriptions; an address may have several")
    by_rhythm: dict[str, int]
    by_language: dict[str, int]


@router.get(
    "/hub/newsletters",
    response={200: OfficeNewsletterPage, **REFUSALS},
    operation_id="list_newsletters_of_office",
    auth=READ,
)
def newsletters(request: Any, query: Query[Pages]) -> dict[str, Any]:
    """All of the office, the draft included, the latest first."""
    page = Paginator(queries.issues(request.hub), query.page_size).get_page(query.page)
    letters = queries.letters_by_state(page.object_list)
    rows = [
        {**row(each), "state": each.state, "letters": letters.get(each.public_id, {})}
        for each in page.object_list
    ]
    given = {name: str(value) for name, value in query.dict().items()}
    return paged(page, rows, "/api/v1/hub/newsletters", given)


@router.get(
    "/hub/newsletters/subscribers",
    response={200: SubscriberCounts, **REFUSALS},
    operation_id="count_subscribers_of_office",
    auth=READ,
)
def subscribers(request: Any) -> dict[str, Any]:
    """How many subscriptions are confirmed."""
    by_rhythm = queries.subscriptions_by(request.hub, "rhythm")
    return {
        "confirmed": sum(by_rhythm.values()),
        "by_rhythm": by_rhythm,
        "by_language": queries.subscriptions_by(request.hub, "language"),
    }
