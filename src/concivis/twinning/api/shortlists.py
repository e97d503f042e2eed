"""The office's shortlists of candidates and its letters of first contact, for its programs.

A first letter is written by a person, in the office: a program reads the letters, it writes none.
"""

import datetime as dt
from typing import Annotated, Any

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from concivis.hubs.api_auth import HubToken
from concivis.hubs.api_fields import Line
from concivis.hubs.api_writing import REFUSALS, actor, writing
from concivis.hubs.scopes import Scope
from concivis.shell.api import Pages, paged
from concivis.twinning.actions import shortlists as actions
from concivis.twinning.api.office import place_called
from concivis.twinning.models import Candidate, Letter, Shortlist

router = Router(tags=["finder"])
READ, WRITE = HubToken(Scope.FINDER_READ), HubToken(Scope.SHORTLISTS_WRITE)
LETTERS = HubToken(Scope.LETTERS_READ)
ALL = "/hub/shortlists"
ONE = ALL + "/{shortlist}"
CANDIDATE = ONE + "/candidates/{place}"


class ListedCandidate(Schema):
    id: str = Field(description="public id of the place")
    name: str
    country: str
    note: str
    added_at: dt.datetime


class ShortlistRow(Schema):
    id: int
    name: str
    candidates: list[ListedCandidate]


class NameIn(Schema):
    name: Annotated[Line, Field(max_length=120)]


class NoteIn(Schema):
    note: str = Field("", max_length=2000)


class LetterRow(Schema):
    id: int
    partnership: str = Field(description="public id of the enquiry that it opened")
    places: list[str] = Field(description="public ids of the places it went to")
    language: str
    subject: str
    body: str
    to_name: str
    to_email: str
    written_at: dt.datetime
    sent_at: dt.datetime | None = Field(description="null: it was only printed")


class LetterPage(Schema):
    count: int
    next: str | None
    previous: str | None
    results: list[LetterRow]


@router.get(ALL, response={200: list[ShortlistRow], **REFUSALS}, operation_id="list_shortlists", auth=READ)
def shortlists(request: Any) -> list[dict[str, Any]]:
    """The office's shortlists with its notes."""
    return [_row(each) for each in _lists(request)]


@router.post(ALL, response={201: ShortlistRow, **REFUSALS}, operation_id="create_shortlist", auth=WRITE)
@writing
def create(request: Any, given: NameIn) -> Status:
    made = actions.create_shortlist(by=actor(request), hub=request.hub, name=given.name)
    return Status(201, _row(_find(request, made.pk)))


@router.put(ONE, response={200: ShortlistRow, **REFUSALS}, operation_id="rename_shortlist", auth=WRITE)
@writing
def rename(request: Any, shortlist: int, given: NameIn) -> dict[str, Any]:
    renamed = _find(request, shortlist)
    return _row(actions.rename_shortlist(by=actor(request), shortlist=renamed, name=given.name))


@router.delete(ONE, response={204: None, **REFUSALS}, operation_id="delete_shortlist", auth=WRITE)
@writing
def delete(request: Any, shortlist: int) -> Status:
    """Its candidates and notes are lost. Letters and enquiries stay."""
    actions.delete_shortlist(by=actor(request), shortlist=_find(request, shortlist))
    return Status(204, None)


@router.put(CANDIDATE, response={200: ShortlistRow, **REFUSALS}, operation_id="put_candidate", auth=WRITE)
@writing
def put_candidate(request: Any, shortlist: int, place: str, given: NoteIn) -> dict[str, Any]:
    """Puts the place on the list with this note; one that is there already gets the note."""
    on, by = _find(request, shortlist), actor(request)
    candidate = actions.add_candidate(by=by, shortlist=on, place=place_called(place), note=given.note)
    if candidate.note != given.note:
        actions.note_candidate(by=by, candidate=candidate, note=given.note)
    return _row(_find(request, shortlist))


@router.delete(CANDIDATE, response={204: None, **REFUSALS}, operation_id="remove_candidate", auth=WRITE)
@writing
def remove_candidate(request: Any, shortlist: int, place: str) -> Status:
    """With the note on it."""
    on_list = Candidate.objects.filter(shortlist=_find(request, shortlist))
    removed = get_object_or_404(on_list, place__public_id=place if place.isalnum() else "")
    actions.remove_candidate(by=actor(request), candidate=removed)
    return Status(204, None)


@router.get("/hub/letters", response={200: LetterPage, **REFUSALS}, operation_id="list_letters", auth=LETTERS)
def letters(request: Any, query: Query[Pages]) -> dict[str, Any]:
    """First letters as they went out, the latest first. They are written by a person, in the office."""
    found = Letter.objects.filter(partnership__hub=request.hub).select_related("partnership")
    page = Paginator(found.prefetch_related("partnership__sides__place"), query.page_size).get_page(
        query.page
    )
    rows = [_letter(request, each) for each in page.object_list]
    return paged(page, rows, "/api/v1/hub/letters", query.dict())


def _lists(request: Any) -> Any:
    return request.hub.shortlists.prefetch_related("candidates__place")


def _find(request: Any, pk: int) -> Shortlist:
    found: Shortlist = get_object_or_404(_lists(request), pk=pk)
    return found


def _row(shortlist: Shortlist) -> dict[str, Any]:
    return {
        "id": shortlist.pk,
        "name": shortlist.name,
        "candidates": [
            {
                "id": one.place.public_id,
                "name": one.place.name,
                "country": one.place.country_id,
                "note": one.note,
                "added_at": one.added_at,
            }
            for one in shortlist.candidates.all()
        ],
    }


def _letter(request: Any, letter: Letter) -> dict[str, Any]:
    names = ("language", "subject", "body", "to_name", "to_email", "written_at", "sent_at")
    sides = letter.partnership.sides.all()
    return {
        "id": letter.pk,
        "partnership": letter.partnership.public_id,
        "places": [side.place.public_id for side in sides if side.place_id != request.hub.place_id],
        **{name: getattr(letter, name) for name in names},
    }
