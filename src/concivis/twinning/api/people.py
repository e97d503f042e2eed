"""The people of a partnership, for an office's programs. Personal data, with scopes of their own."""

import datetime as dt
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from concivis.hubs.api_auth import HubToken
from concivis.hubs.api_fields import Day, Line, Mail
from concivis.hubs.api_writing import REFUSALS, actor, writing
from concivis.hubs.scopes import Scope
from concivis.twinning import people as reads
from concivis.twinning.access import Tie
from concivis.twinning.actions import contacts as actions
from concivis.twinning.actions.contacts import ContactFacts
from concivis.twinning.api import door
from concivis.twinning.api.office import PATH
from concivis.twinning.enums import ContactRole
from concivis.twinning.models import Contact

router = Router(tags=["people"])
READ, WRITE = HubToken(Scope.PEOPLE_READ), HubToken(Scope.PEOPLE_WRITE)
ALL = PATH + "/{public_id}/people"
ONE = ALL + "/{person}"
NAMES = tuple(name for name in ContactFacts.__dataclass_fields__ if name != "successor")


class PersonIn(Schema):
    place: str = Field(max_length=16, description="public id of the side")
    role: ContactRole
    name: Annotated[Line, Field(max_length=120)]
    function: str = Field("", max_length=160)
    email: Mail = ""
    phone: str = Field("", max_length=40)
    name_public: bool = Field(False, description="the person agreed that everybody sees name and function")
    email_public: bool = False
    phone_public: bool = False
    consent_on: Day | None = Field(None, description="needed for each field that is public")
    consent_how: str = Field("", max_length=200, description="such as “by mail”")
    in_team: bool = False
    successor: int | None = Field(None, description="id of the person who would take over")
    since: Day | None = None
    left_on: Day | None = None


class PersonRow(Schema):
    id: int
    place: str
    role: str
    name: str
    function: str
    email: str
    phone: str
    name_public: bool
    email_public: bool
    phone_public: bool
    consent_on: dt.date | None
    consent_how: str
    in_team: bool
    successor: int | None
    since: dt.date | None
    left_on: dt.date | None


@router.get(ALL, response={200: list[PersonRow], **REFUSALS}, operation_id="list_people", auth=READ)
def people(request: Any, public_id: str) -> list[dict[str, Any]]:
    """Who is noted on either side, as the office sees it."""
    return [_row(each) for each in reads.seen_by(door.inside(request, public_id))]


@router.post(ALL, response={201: PersonRow, **REFUSALS}, operation_id="add_person", auth=WRITE)
@writing
def add_person(request: Any, public_id: str, given: PersonIn) -> Status:
    """422 for a field made public to which the person did not agree, with its day."""
    tie = door.kept(request, public_id)
    side = door.side_of(tie, given.place)
    made = actions.add_contact(by=actor(request), side=side, facts=_facts(tie, given))
    return Status(201, _row(made))


@router.put(ONE, response={200: PersonRow, **REFUSALS}, operation_id="change_person", auth=WRITE)
@writing
def change_person(request: Any, public_id: str, person: int, given: PersonIn) -> dict[str, Any]:
    """Writes anew all that is noted of the person."""
    tie = door.kept(request, public_id)
    standing = _find(tie, person)
    actions.change_contact(
        by=actor(request),
        contact=standing,
        side=door.side_of(tie, given.place),
        facts=_facts(tie, given, standing),
    )
    return _row(standing)


@router.delete(ONE, response={204: None, **REFUSALS}, operation_id="delete_person", auth=WRITE)
@writing
def delete_person(request: Any, public_id: str, person: int) -> Status:
    """For good. The record keeps that somebody was deleted, not who."""
    tie = door.kept(request, public_id)
    actions.remove_contact(by=actor(request), contact=_find(tie, person))
    return Status(204, None)


def _find(tie: Tie, pk: int) -> Contact:
    found: Contact = get_object_or_404(reads.seen_by(tie), pk=pk)
    return found


def _facts(tie: Tie, given: PersonIn, contact: Contact | None = None) -> ContactFacts:
    said = {name: getattr(given, name) for name in NAMES}
    return ContactFacts(**said, successor=_successor(tie, given, contact))


def _successor(tie: Tie, given: PersonIn, contact: Contact | None) -> Contact | None:
    if given.successor is None:
        return None
    found = reads.who_could_follow(tie.partnership, contact).filter(pk=given.successor).first()
    if found is None:
        raise ValidationError("The successor must be somebody else of this partnership who has not left.")
    return found


def _row(contact: Contact) -> dict[str, Any]:
    return {
        "id": contact.pk,
        "place": contact.side.place.public_id,
        "successor": contact.successor_id,
        **{name: getattr(contact, name) for name in NAMES},
    }
