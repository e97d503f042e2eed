"""The kept views of the office's table, for a program that works for the person who issued its token."""

from http import HTTPStatus
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status
from ninja.errors import HttpError

from concivis.accounts.models import User
from concivis.hubs.api_auth import HubToken
from concivis.hubs.api_fields import Line
from concivis.hubs.api_writing import REFUSALS, actor, writing
from concivis.hubs.models import Membership
from concivis.hubs.scopes import Scope
from concivis.twinning import queries
from concivis.twinning.actions import saved_filters as actions
from concivis.twinning.models import Partnership, SavedFilter
from concivis.twinning.office.selection import TieSelection

router = Router(tags=["views"])
READ, WRITE = HubToken(Scope.PARTNERSHIPS_READ), HubToken(Scope.VIEWS_WRITE)
PATH = "/hub/views"


class ViewIn(Schema):
    name: Annotated[Line, Field(max_length=80)]
    query: str = Field("", max_length=2000, description="filters and order as in the address of the table")


class ViewRow(Schema):
    id: int
    name: str
    query: str


@router.get(PATH, response={200: list[ViewRow], **REFUSALS}, operation_id="list_views", auth=READ)
def views(request: Any) -> list[dict[str, Any]]:
    """Those of the person who issued the token; nobody else's."""
    return [_row(each) for each in _own(request)]


@router.post(PATH, response={201: ViewRow, **REFUSALS}, operation_id="keep_view", auth=WRITE)
@writing
def keep(request: Any, given: ViewIn) -> Status:
    """What is none of the table's filters is left out of it."""
    selection = TieSelection(request.hub, QueryDict(given.query))
    made = actions.keep_view(by=_person(request), hub=request.hub, name=given.name, query=selection.view)
    return Status(201, _row(made))


@router.delete(PATH + "/{view}", response={204: None, **REFUSALS}, operation_id="forget_view", auth=WRITE)
@writing
def forget(request: Any, view: int) -> Status:
    """Only the name and the filters are deleted; the partnerships stay."""
    actions.forget_view(view=get_object_or_404(_own(request), pk=view))
    return Status(204, None)


def chosen(request: Any, view: int | None) -> QuerySet[Partnership]:
    """What the office sees; with a view only what its filters let through. Raises `Http404` for others' views."""
    if view is None:
        return queries.in_office(request.hub)
    kept = get_object_or_404(_own(request), pk=view)
    return TieSelection(request.hub, QueryDict(kept.query)).partnerships


def _person(request: Any) -> User:
    person = actor(request)
    if person is None or not Membership.objects.filter(hub=request.hub, user=person).exists():
        raise HttpError(
            HTTPStatus.FORBIDDEN,
            "Views belong to a member of the office; who issued this token is none any more.",
        )
    return person


def _own(request: Any) -> QuerySet[SavedFilter]:
    return SavedFilter.objects.filter(hub=request.hub, user=_person(request))


def _row(view: SavedFilter) -> dict[str, Any]:
    return {"id": view.pk, "name": view.name, "query": view.query}
