"""The enquiries of an office, for its own programs. Personal data, with scopes of their own."""

import datetime as dt
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from concivis.desk import concerning, enquiries, figures
from concivis.desk.actions import enquiries as actions
from concivis.desk.enquiries import Wanted
from concivis.desk.enums import Outcome
from concivis.desk.models import Enquiry, Entry
from concivis.hubs import letters
from concivis.hubs.api_auth import HubToken
from concivis.hubs.api_fields import Day, Language, Line, Mail
from concivis.hubs.api_writing import REFUSALS, actor, writing
from concivis.hubs.models import today_in
from concivis.hubs.scopes import Scope
from concivis.shell.api import Pages, one_of, paged
from concivis.shell.dates import months_later

router = Router(tags=["enquiries"])
READ, WRITE = HubToken(Scope.ENQUIRIES_READ), HubToken(Scope.ENQUIRIES_WRITE)
ANSWER = HubToken(Scope.ENQUIRIES_ANSWER)
PATH = "/hub/enquiries"
ONE = PATH + "/{asked}"
Text = Annotated[Line, Field(max_length=20_000)]


class EnquiryPages(Pages):
    state: Literal["open", "waiting", "overdue", "closed"] | None = None
    topic: str = Field("", max_length=80)


class EnquiryRow(Schema):
    id: str
    channel: str
    language: str
    topic: str
    subject: str
    about: str = Field(description="kind and public id of a card, such as initiative:ab12; empty: nothing")
    received_at: dt.datetime
    due_on: dt.date | None
    first_answered_at: dt.datetime | None
    asker_wrote_at: dt.datetime | None = Field(
        description="since when an answer to a further message is owed"
    )
    closed_at: dt.datetime | None
    outcome: str
    forgotten_at: dt.datetime | None = Field(description="since when nothing of the asker is kept")
    url: str


class EnquiryPage(Schema):
    count: int
    next: str | None
    previous: str | None
    results: list[EnquiryRow]


class EnquiryEntry(Schema):
    id: int
    kind: str
    text: str
    mailed: bool
    at: dt.datetime


class EnquiryDetail(EnquiryRow):
    text: str
    asker_name: str
    asker_email: str
    asker_phone: str
    entries: list[EnquiryEntry]


class EnquiryIn(Schema):
    channel: Literal["phone", "visit", "mail", "form"]
    subject: Line
    text: str = Field("", max_length=20_000)
    topic: str = Field("", max_length=80)
    language: Language | None = Field(None, description="of the answers; null: that of the office")
    asker_name: str = Field("", max_length=120)
    asker_email: Mail = ""
    asker_phone: str = Field("", max_length=40)
    due_on: Day | None = None
    about: str = Field(
        "",
        max_length=300,
        description="kind:id or the address of a public page here; unknown ones are refused",
    )


class AnswerIn(Schema):
    text: Text
    send: bool = Field(False, description="mail it to the asker; 422 where an address is missing")


class EnquiryNoteIn(Schema):
    text: Text


class EnquiryStateIn(Schema):
    state: Literal["open", "closed"]
    outcome: Outcome | None = Field(None, description="needed to close it")


class EnquiryFiguresQuery(Schema):
    since: Day | None = Field(None, description="without it: a year before `until`")
    until: Day | None = Field(None, description="without it: today")


class EnquiryFigures(Schema):
    group: str
    key: str
    received: int
    answered: int
    closed: int
    first_answer: float | None = Field(description="median, in days")
    closing: float | None = Field(description="median, in days")


@router.get(PATH, response={200: EnquiryPage, **REFUSALS}, operation_id="list_enquiries", auth=READ)
def list_enquiries(request: Any, query: Query[EnquiryPages]) -> dict[str, Any]:
    """Without who asked and what they wrote below the subject; the latest first."""
    found = enquiries.of(request.hub, Wanted(state=query.state or "", topic=query.topic))
    page = Paginator(found, query.page_size).get_page(query.page)
    rows = [_row(each, request.hub) for each in page.object_list]
    return paged(page, rows, "/api/v1" + PATH, query.dict(exclude_none=True))


@router.post(PATH, response={201: EnquiryDetail, **REFUSALS}, operation_id="note_enquiry", auth=WRITE)
@writing
def note_enquiry(request: Any, given: EnquiryIn) -> Status:
    """Notes an enquiry, such as from a form of the city's own website. Nobody is mailed."""
    said = given.dict(exclude={"about", "language"})
    concern = concerning.find(given.about) if given.about.strip() else None
    if given.about.strip() and concern is None:
        raise ValidationError(_("There is no public page here under this address."))
    made = actions.note_enquiry(
        by=actor(request),
        hub=request.hub,
        language=letters.interface_language(given.language or request.hub.language),
        concerns_kind=concern.kind if concern else "",
        concerns_id=concern.public_id if concern else "",
        **said,
    )
    return Status(201, _detail(request, made.public_id))


@router.get(ONE, response={200: EnquiryDetail, **REFUSALS}, operation_id="get_enquiry", auth=READ)
def get_enquiry(request: Any, asked: str) -> dict[str, Any]:
    """With who asked, and all that was written: messages, answers, notes of the office."""
    return _detail(request, asked)


@router.post(
    ONE + "/answers", response={201: EnquiryEntry, **REFUSALS}, operation_id="answer_enquiry", auth=ANSWER
)
@writing
def answer_enquiry(request: Any, asked: str, given: AnswerIn) -> Status:
    """Notes what the asker was told, or mails it. 422 for a closed enquiry."""
    found = _one(request, asked)
    made = actions.answer(by=actor(request), enquiry=found, text=given.text, send=given.send)
    return Status(201, _entry(made))


@router.post(
    ONE + "/notes", response={201: EnquiryEntry, **REFUSALS}, operation_id="note_in_enquiry", auth=WRITE
)
@writing
def note_in_enquiry(request: Any, asked: str, given: EnquiryNoteIn) -> Status:
    """A note that only the office sees."""
    made = actions.add_note(by=actor(request), enquiry=_one(request, asked), text=given.text)
    return Status(201, _entry(made))


@router.put(
    ONE + "/state", response={200: EnquiryRow, **REFUSALS}, operation_id="put_enquiry_state", auth=WRITE
)
@writing
def put_state(request: Any, asked: str, given: EnquiryStateIn) -> dict[str, Any]:
    """Closes it with its outcome, or opens it again; what is so already stays."""
    found, by = _one(request, asked), actor(request)
    if given.state == "open" and not found.is_open:
        actions.reopen(by=by, enquiry=found)
    elif given.state == "closed" and found.is_open:
        if given.outcome is None:
            raise ValidationError(_("Choose how it ended."))
        actions.close(by=by, enquiry=found, outcome=given.outcome)
    return _row(_one(request, asked), request.hub)


@router.get(
    "/hub/enquiry-figures",
    response={200: list[EnquiryFigures], **REFUSALS},
    operation_id="get_enquiry_figures",
    auth=READ,
)
def get_figures(request: Any, query: Query[EnquiryFiguresQuery]) -> list[figures.Line]:
    """Response times: of all, by month, by topic."""
    until = query.until or today_in(request.hub)
    since = query.since or months_later(until, -12) + dt.timedelta(days=1)
    return list(figures.of(request.hub, since, until).lines())


def _one(request: Any, public_id: str) -> Enquiry:
    rows = enquiries.of(request.hub)
    return one_of(rows, public_id)


def _row(enquiry: Enquiry, hub: Any) -> dict[str, Any]:
    names = (
        "channel", "language", "topic", "subject", "received_at", "due_on", "first_answered_at", "asker_wrote_at",
        "closed_at", "outcome", "forgotten_at",
    )  # fmt: skip
    return {
        "id": enquiry.public_id,
        "about": f"{enquiry.concerns_kind}:{enquiry.concerns_id}".strip(":"),
        "url": enquiries.office_url(hub, enquiry),
        **{name: getattr(enquiry, name) for name in names},
    }


def _detail(request: Any, public_id: str) -> dict[str, Any]:
    found = _one(request, public_id)
    names = ("text", "asker_name", "asker_email", "asker_phone")
    return {
        **_row(found, request.hub),
        **{name: getattr(found, name) for name in names},
        "entries": [_entry(each) for each in found.entries.all()],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    names = ("kind", "text", "mailed", "at")
    return {"id": entry.pk, **{name: getattr(entry, name) for name in names}}
