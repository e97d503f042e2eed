"""One enquiry: what was written, and all that is done with it."""

from collections.abc import Callable
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from concivis.accounts.models import User
from concivis.desk import concerning, enquiries
from concivis.desk.actions import blocks, forgetting, handing
from concivis.desk.actions import enquiries as actions
from concivis.desk.enums import Consent, Outcome
from concivis.desk.models import Attachment, Enquiry, Handover, TextBlock
from concivis.hubs import queries
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub, today_in
from concivis.hubs.office.pages import office_page
from concivis.shell.parts import Crumb

LONGEST_TEXT = 20_000


class TextForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Answer or note"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class HandoverForm(forms.Form):
    hub = forms.ModelChoiceField(
        label=gettext_lazy("Another office here"), queryset=Hub.objects.none(), required=False
    )
    name = forms.CharField(label=gettext_lazy("Or somebody else: name"), max_length=200, required=False)
    email = forms.EmailField(label=gettext_lazy("Their mail address"), required=False)
    words = forms.CharField(
        label=gettext_lazy("What you say with it"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    how = forms.CharField(
        label=gettext_lazy("How and when the asker agreed"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("“By telephone on 3 May”. Leave it empty to have the asker asked by mail."),
    )

    def __init__(self, *args: Any, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices: QuerySet[Hub] = queries.public_hubs().exclude(pk=hub.pk)
        self.fields["hub"].queryset = offices  # type: ignore[attr-defined]

    def recipient(self) -> handing.Recipient:
        asked = self.cleaned_data
        return handing.Recipient(hub=asked["hub"], name=asked["name"], email=asked["email"])


@office_view(enquiries.DESK)
@require_GET
def enquiry(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponse:
    return _page(request, hub, _found(hub, public_id), TextForm())


@office_view(enquiries.DESK)
@require_POST
def act(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponse:
    """What the pressed button names is done; what it cannot do is said."""
    found = _found(hub, public_id)
    if "insert" in request.POST:
        return _page(request, hub, found, _with_block(request, found))
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


@office_view(enquiries.DESK)
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponse:
    found = _found(hub, public_id)
    form = HandoverForm(request.POST or None, hub=hub)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _handed(request, found, form))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("desk:enquiry", hub.slug, public_id)
    context = {
        "heading": _("Hand the enquiry over"),
        "lead": _("What somebody asked leaves the office only with their consent."),
        "crumbs": [*_crumbs(hub), Crumb(found.subject, _address(found))],
        "form": form,
        "back_url": _address(found),
        "submit": _("Hand over, or ask for consent"),
    }
    return office_page(request, hub, "desk/office/form.html", context)


@office_view(enquiries.DESK)
@require_http_methods(["GET", "POST"])
def forget(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponse:
    """For who asks by telephone to be forgotten."""
    found = _found(hub, public_id)
    if request.method == "POST":
        forgetting.forget(by=_user(request), enquiry=found, at_their_wish=True)
        messages.success(request, _("Nothing of the asker is kept any more."))
        return redirect("desk:enquiry", hub.slug, public_id)
    context = {
        "heading": _("Remove what is kept of the asker?"),
        "crumbs": [*_crumbs(hub), Crumb(found.subject, _address(found))],
        "back_url": _address(found),
    }
    return office_page(request, hub, "desk/office/forget.html", context)


@office_view(enquiries.DESK)
@require_GET
def attachment(request: HttpRequest, hub: Hub, public_id: str, file: str) -> FileResponse:
    kept = Attachment.objects.filter(enquiry=_found(hub, public_id), left="")
    shown = get_object_or_404(kept, public_id=file)
    return FileResponse(
        shown.file.open(), as_attachment=True, filename=shown.name, content_type=shown.media_type
    )


# --- what the buttons do -----------------------------------------------------------------------------------


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
    words = request.POST.get("words", "").strip()[:LONGEST_TEXT]
    if words:
        actions.add_note(by=_user(request), enquiry=found, text=words)
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


def _stop(request: HttpRequest, found: Enquiry) -> str:
    handing.stop(by=_user(request), enquiry=found)
    return _("The enquiry stays here.")


def _link(request: HttpRequest, found: Enquiry) -> str:
    link = actions.open_link(by=_user(request), enquiry=found)
    return _("Give this address to the asker; it is shown only now: %(link)s") % {"link": link}


WRITES = ("note", "answer", "send")
ACTS: dict[str, Callable[[HttpRequest, Enquiry], str]] = {
    "note": _note,
    "answer": _answer,
    "send": _send,
    "assign": _assign,
    "close": _close,
    "reopen": _reopen,
    "stop": _stop,
    "link": _link,
}


def _with_block(request: HttpRequest, found: Enquiry) -> TextForm:
    """What was written so far, and the chosen text below it."""
    written = request.POST.get("text", "").strip()[:LONGEST_TEXT]
    chosen = request.POST.get("block", "")
    block = found.hub.text_blocks.filter(pk=chosen).first() if chosen.isdecimal() else None
    parts = [written, blocks.filled(block, found) if block else ""]
    return TextForm(initial={"text": "\n\n".join(part for part in parts if part)})


def _handed(request: HttpRequest, found: Enquiry, form: HandoverForm) -> str:
    to, words, how = form.recipient(), form.cleaned_data["words"], form.cleaned_data["how"]
    if how:
        handing.hand_over(by=_user(request), enquiry=found, to=to, how=how, words=words)
        return _("The enquiry was handed over.")
    handing.ask_consent(by=_user(request), enquiry=found, to=to, words=words)
    return _("The asker is asked by mail; with their consent the enquiry goes by itself.")


# --- what is shown -----------------------------------------------------------------------------------------


def _page(request: HttpRequest, hub: Hub, found: Enquiry, form: TextForm) -> HttpResponse:
    handovers: list[Handover] = list(found.handovers.all())
    context = {
        "heading": found.subject,
        "kicker": _("Enquiry"),
        "crumbs": _crumbs(hub),
        "enquiry": found,
        "entries": found.entries.select_related("by").prefetch_related("attachments"),
        "files": [each for each in found.attachments.all() if each.entry_id is None],
        "concern": concerning.in_office(found, hub),
        "handovers": handovers,
        "asked": next((each for each in handovers if each.consent == Consent.ASKED), None),
        "members": queries.members_of(hub),
        "blocks": TextBlock.objects.filter(hub=hub),
        "outcomes": Outcome.choices,
        "form": form,
        "zone": ZoneInfo(hub.timezone),
        "today": today_in(hub),
    }
    return office_page(request, hub, "desk/office/enquiry.html", context)


def _found(hub: Hub, public_id: str) -> Enquiry:
    return get_object_or_404(enquiries.of(hub).select_related("hub", "assignee"), public_id=public_id)


def _address(found: Enquiry) -> str:
    return reverse("desk:enquiry", args=[found.hub.slug, found.public_id])


def _crumbs(hub: Hub) -> list[Crumb]:
    return [Crumb(_("Enquiries"), reverse("desk:enquiries", args=[hub.slug]))]


def _text(request: HttpRequest) -> str:
    return request.POST["text"].strip()


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
