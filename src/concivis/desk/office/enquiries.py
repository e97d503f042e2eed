"""Enquiries at the desk: noted, assigned, answered, closed."""

from collections.abc import Callable
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from concivis.accounts.models import User
from concivis.desk import enquiries
from concivis.desk.actions import enquiries as actions
from concivis.desk.enquiries import Wanted
from concivis.desk.enums import Outcome
from concivis.desk.models import Enquiry
from concivis.hubs import letters, queries
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.shell.parts import Crumb, Heading, chips

ON_A_PAGE = 50
STATES = [("", gettext_lazy("all")), ("open", gettext_lazy("open")), ("closed", gettext_lazy("closed"))]


class EnquiryForm(forms.ModelForm):
    class Meta:
        model = Enquiry
        fields = (
            "channel", "subject", "text", "topic", "language", "asker_name", "asker_email", "asker_phone", "due_on",
        )  # fmt: skip
        widgets = {
            "due_on": forms.DateInput(attrs={"type": "date"}),
            "text": forms.Textarea(attrs={"rows": 8}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=gettext_lazy("Language of the answers"), choices=settings.LANGUAGES
        )
        self.fields["asker_name"].help_text = _("What is needed to answer, no more. Only the desk sees it.")


class SearchForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=100)
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=STATES, required=False)


class TextForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("Text"), max_length=20_000, widget=forms.Textarea)


@office_view(enquiries.DESK)
@require_GET
def table(request: HttpRequest, hub: Hub) -> HttpResponse:
    form = SearchForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = enquiries.of(hub, Wanted(text=asked.get("q", ""), state=asked.get("state", "")))
    context = {
        "heading": _("Enquiries"),
        "form": form,
        "chips": chips(form, request.GET),
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "headings": [
            Heading(_("Subject")), Heading(_("Received")), Heading(_("Topic")), Heading(_("Who sees to it?")),
            Heading(_("State")),
        ],
        "zone": ZoneInfo(hub.timezone),
    }  # fmt: skip
    return office_page(request, hub, "desk/office/enquiries.html", context)


@office_view(enquiries.DESK)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, hub: Hub) -> HttpResponse:
    initial = {"language": letters.interface_language(hub.language), "channel": "phone"}
    form = EnquiryForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        noted = actions.note_enquiry(by=_user(request), hub=hub, **form.cleaned_data)
        messages.success(request, _("The enquiry is noted."))
        return redirect("desk:enquiry", hub.slug, noted.public_id)
    context = {
        "heading": _("Note an enquiry"),
        "crumbs": [_crumb(hub)],
        "form": form,
        "back_url": reverse("desk:enquiries", args=[hub.slug]),
    }
    return office_page(request, hub, "desk/office/enquiry_new.html", context)


@office_view(enquiries.DESK)
@require_GET
def enquiry(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponse:
    return _page(request, hub, _found(hub, public_id), TextForm())


@office_view(enquiries.DESK)
@require_POST
def act(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponse:
    """What the pressed button names is done; what it cannot do is said."""
    found = _found(hub, public_id)
    name = next((name for name in ACTS if name in request.POST), "")
    if not name:
        raise Http404
    form = TextForm(request.POST)
    if name in WRITES and not form.is_valid():
        return _page(request, hub, found, form)
    try:
        messages.success(request, ACTS[name](request, found))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("desk:enquiry", hub.slug, public_id)


def _note(request: HttpRequest, found: Enquiry) -> str:
    actions.add_note(by=_user(request), enquiry=found, text=_text(request))
    return _("The note is kept; only the office sees it.")


def _answer(request: HttpRequest, found: Enquiry) -> str:
    actions.answer(by=_user(request), enquiry=found, text=_text(request), send=False)
    return _("The answer is noted.")


def _send(request: HttpRequest, found: Enquiry) -> str:
    actions.answer(by=_user(request), enquiry=found, text=_text(request), send=True)
    return _("The answer is on its way.")


def _assign(request: HttpRequest, found: Enquiry) -> str:
    people = {str(member.user_id): member.user for member in queries.members_of(found.hub)}
    asked = request.POST.get("person", "")
    if asked and asked not in people:
        raise ValidationError(_("Only a member of this office can be given a task."))
    actions.assign(by=_user(request), enquiry=found, to=people.get(asked))
    return _("Saved.")


def _close(request: HttpRequest, found: Enquiry) -> str:
    asked = request.POST.get("outcome", "")
    if asked not in Outcome.values:
        raise ValidationError(_("Choose how it ended."))
    actions.close(by=_user(request), enquiry=found, outcome=Outcome(asked))
    return _("The enquiry is closed.")


def _reopen(request: HttpRequest, found: Enquiry) -> str:
    actions.reopen(by=_user(request), enquiry=found)
    return _("The enquiry is open again.")


WRITES = ("note", "answer", "send")
ACTS: dict[str, Callable[[HttpRequest, Enquiry], str]] = {
    "note": _note,
    "answer": _answer,
    "send": _send,
    "assign": _assign,
    "close": _close,
    "reopen": _reopen,
}


def _page(request: HttpRequest, hub: Hub, found: Enquiry, form: TextForm) -> HttpResponse:
    context = {
        "heading": found.subject,
        "kicker": _("Enquiry"),
        "crumbs": [_crumb(hub)],
        "enquiry": found,
        "entries": found.entries.select_related("by"),
        "members": queries.members_of(hub),
        "outcomes": Outcome.choices,
        "form": form,
        "zone": ZoneInfo(hub.timezone),
    }
    return office_page(request, hub, "desk/office/enquiry.html", context)


def _found(hub: Hub, public_id: str) -> Enquiry:
    return get_object_or_404(enquiries.of(hub).select_related("hub"), public_id=public_id)


def _crumb(hub: Hub) -> Crumb:
    return Crumb(_("Enquiries"), reverse("desk:enquiries", args=[hub.slug]))


def _text(request: HttpRequest) -> str:
    return request.POST["text"].strip()


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
