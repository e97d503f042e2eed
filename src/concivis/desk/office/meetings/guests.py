"""Who is invited to a meeting, what they answered, and who came."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concivis.desk.actions.meetings import guests as actions
from concivis.desk.meetings import queries, words
from concivis.desk.meetings.enums import Answer, InvitedAs
from concivis.desk.meetings.forms import GuestForm, ReplyForm, SomeoneElseForm
from concivis.desk.models import Guest, Meeting
from concivis.desk.models.meetings import MOST_PEOPLE
from concivis.desk.office.meetings.doors import address, crumbs, meeting_page, meeting_view, user
from concivis.hubs.letters import interface_language
from concivis.hubs.office.pages import office_page
from concivis.mailings.models import Mailing
from concivis.mailings.queries import progress
from concivis.shell.exports import Column, csv_response
from concivis.shell.parts import Heading, Tab
from concivis.shell.refusals import attempt, put_into

ON_A_PAGE = 100
TO_CHOOSE = 200
OPEN = "open"
FILTERS = [("", gettext_lazy("All")), *Answer.choices, (OPEN, pgettext_lazy("invitations", "not answered"))]
COLUMNS: list[Column[Guest]] = [
    Column("name", gettext_lazy("name"), lambda row: row.name),
    Column("invited_as", gettext_lazy("invited as"), lambda row: row.invited_as),
    Column("answer", gettext_lazy("answer"), lambda row: row.answer),
    Column(
        "people", gettext_lazy("how many come"), lambda row: row.people if row.answer == Answer.YES else None
    ),
    Column("needs", gettext_lazy("what is needed"), lambda row: row.needs),
    Column("came", gettext_lazy("how many came"), lambda row: row.came),
]


@meeting_view
@require_safe
def guests(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    text, answer = request.GET.get("q", "").strip()[:100], request.GET.get("answer", "")
    rows = queries.guests(meeting, text, answer if answer in dict(FILTERS) else "")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    mailing = _latest_mailing(meeting)
    context = {
        "page": page,
        "rows": [(guest, words.answered(guest)) for guest in page.object_list],
        "text": text,
        "is_filtered": bool(text or answer),
        "counted": queries.answers(meeting),
        "filters": [
            Tab(str(label), f"?answer={value}" if value else "?", current=value == answer)
            for value, label in FILTERS
        ],
        "uninvited": meeting.guests.filter(asked_at=None).exclude(email="").count(),
        "mailing": mailing,
        "progress": progress(mailing) if mailing else None,
        "headings": [
            Heading(_("Name")),
            Heading(_("Mail address")),
            Heading(_("Answer")),
            Heading(_("What is needed")),
        ],
    }
    return meeting_page(request, meeting, "desk/office/meetings/guests.html", context, tab="meeting_guests")


def _latest_mailing(meeting: Meeting) -> Mailing | None:
    return Mailing.objects.filter(
        kind__startswith="meeting.", object_id=f"{meeting.public_id}.{meeting.letters}"
    ).first()


@meeting_view
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Initiatives and organisations are chosen from the register and the directory; people are written down."""
    text = request.GET.get("q", "").strip()[:100]
    form = GuestForm(
        request.POST if "person" in request.POST else None,
        initial={"language": interface_language(meeting.hub.language)},
    )
    if request.method == "POST" and _added(request, meeting, form, text):
        return redirect(address("meeting_guests", meeting))
    initiatives = queries.initiatives_to_invite(meeting, text)
    organisations = queries.organisations_to_invite(meeting, text)
    context = {
        "heading": _("Who shall be invited?"),
        "crumbs": crumbs(meeting.hub, meeting),
        "meeting": meeting,
        "text": text,
        "initiatives": initiatives[:TO_CHOOSE],
        "initiatives_count": initiatives.count(),
        "organisations": organisations[:TO_CHOOSE],
        "organisations_count": organisations.count(),
        "form": form,
    }
    status = 422 if form.is_bound and form.errors else 200
    return office_page(request, meeting.hub, "desk/office/meetings/guests_add.html", context, status=status)


def _added(request: HttpRequest, meeting: Meeting, form: GuestForm, text: str) -> bool:
    if form.is_bound:
        return form.is_valid() and _person(request, meeting, form)
    try:
        many = _chosen(request, meeting, text)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    said = ngettext("%(n)s was added to the list.", "%(n)s were added to the list.", many) % {"n": many}
    (messages.success if many else messages.error)(request, said if many else _("Choose who shall be added."))
    return bool(many)


def _chosen(request: HttpRequest, meeting: Meeting, text: str) -> int:
    """Those that are ticked, or with `?all=1` everybody whom the search finds."""
    by, every = user(request), request.GET.get("all") == "1"
    if "initiatives" in request.POST:
        initiatives = queries.initiatives_to_invite(meeting, text if every else "").select_related("hub")
        wanted = (
            initiatives if every else initiatives.filter(public_id__in=request.POST.getlist("initiative"))
        )
        return actions.add_initiatives(by=by, meeting=meeting, initiatives=wanted)
    organisations = queries.organisations_to_invite(meeting, text if every else "")
    chosen = (
        organisations if every else organisations.filter(public_id__in=request.POST.getlist("organisation"))
    )
    return actions.add_organisations(by=by, meeting=meeting, organisations=chosen)


def _person(request: HttpRequest, meeting: Meeting, form: GuestForm) -> bool:
    try:
        actions.add_person(by=user(request), meeting=meeting, **form.cleaned_data)
    except ValidationError as error:
        put_into(form, error)
        return False
    messages.success(request, _("Added to the list."))
    return True


@meeting_view
@require_http_methods(["GET", "HEAD", "POST"])
def guest(request: HttpRequest, meeting: Meeting, guest_id: str) -> HttpResponse:
    """What is kept of one who is invited, and the answer that the office was told by telephone."""
    found = _guest(meeting, guest_id)
    sent = request.POST if request.method == "POST" else None
    form = _guest_form(found, sent if sent is not None and "save" in sent else None)
    reply = ReplyForm.of(found, sent if sent is not None and "reply" in sent else None)
    if _saved(request, found, form) or _replied(request, found, reply):
        return redirect(address("meeting_guests", meeting))
    context = {
        "guest": found,
        "reply": reply,
        "answered": words.answered(found),
        "remove": "meeting_guest_remove",
    }
    refused = (form.is_bound and form.errors) or (reply.is_bound and reply.errors)
    context |= {
        "heading": found.name or _("Forgotten"),
        "crumbs": crumbs(meeting.hub, meeting),
        "meeting": meeting,
        "form": form,
    }
    return office_page(
        request, meeting.hub, "desk/office/meetings/guest.html", context, status=422 if refused else 200
    )


def _guest_form(guest: Guest, sent: QueryDict | None) -> GuestForm:
    kind = GuestForm if guest.invited_as == InvitedAs.PERSON else SomeoneElseForm
    names = ("name", "email", "language", "consent_how")
    return kind(sent, initial={name: getattr(guest, name) for name in names})


def _saved(request: HttpRequest, guest: Guest, form: GuestForm) -> bool:
    if not form.is_bound or not form.is_valid():
        return False
    try:
        actions.change_guest(by=user(request), guest=guest, **form.cleaned_data)
    except ValidationError as error:
        put_into(form, error)
        return False
    messages.success(request, _("Saved."))
    return True


def _replied(request: HttpRequest, guest: Guest, form: ReplyForm) -> bool:
    if not form.is_bound or not form.is_valid():
        return False
    try:
        actions.answer(by=user(request), guest=guest, reply=form.reply())
    except ValidationError as error:
        put_into(form, error)
        return False
    messages.success(request, _("The answer is noted."))
    return True


@meeting_view
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, meeting: Meeting, guest_id: str) -> HttpResponse:
    found = _guest(meeting, guest_id)
    if request.method == "POST":
        attempt(
            request, lambda: actions.remove_guest(by=user(request), guest=found), _("Taken off the list.")
        )
        return redirect(address("meeting_guests", meeting))
    context = {
        "heading": _("Take %(name)s off the list?") % {"name": found.name or _("Forgotten")},
        "crumbs": crumbs(meeting.hub, meeting),
        "text": _("The link that was mailed opens nothing any more. No letter is sent about it."),
        "submit": _("Take off"),
        "danger": True,
        "cancel_url": address("meeting_guest", meeting, found.public_id),
    }
    return office_page(request, meeting.hub, "shell/confirm.html", context)


@meeting_view
@require_safe
def attendance(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The list to tick, a hundred at a time; `?print=1`: the whole list to be printed and signed."""
    if request.GET.get("print") == "1":
        printed: dict[str, Any] = {
            "rows": queries.guests(meeting).exclude(answer=Answer.NO),
            "empty": range(8),
        }
        return meeting_page(
            request, meeting, "desk/office/meetings/attendance_print.html", printed, tab="meeting_attendance"
        )
    page = Paginator(queries.guests(meeting), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "counted": queries.answers(meeting), "most": MOST_PEOPLE}
    return meeting_page(
        request, meeting, "desk/office/meetings/attendance.html", context, tab="meeting_attendance"
    )


@meeting_view
@require_POST
def note_attendance(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """`listed`: who stood on the page; `came`: who is ticked; `people-<id>`: how many came with them."""
    came = dict(_came(request.POST))
    attempt(
        request,
        lambda: actions.note_attendance(by=user(request), meeting=meeting, came=came),
        _("It is noted who came."),
    )
    page = request.POST.get("page", "")
    query = f"?page={page}" if page.isascii() and page.isdigit() else ""
    return redirect(address("meeting_attendance", meeting) + query)


def _came(sent: QueryDict) -> Iterator[tuple[str, int]]:
    ticked = set(sent.getlist("came"))
    for public_id in sent.getlist("listed")[: 2 * ON_A_PAGE]:
        number = sent.get(f"people-{public_id}", "")
        many = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
        yield public_id, max(1, many) if public_id in ticked else 0


@meeting_view
@require_safe
def attendance_csv(request: HttpRequest, meeting: Meeting) -> HttpResponseBase:
    return csv_response(
        queries.guests(meeting).iterator(500), COLUMNS, f"attendance-{meeting.starts:%Y-%m-%d}.csv"
    )


def _guest(meeting: Meeting, public_id: str) -> Guest:
    found = get_object_or_404(Guest, meeting=meeting, public_id=public_id)
    found.meeting = meeting
    return found
