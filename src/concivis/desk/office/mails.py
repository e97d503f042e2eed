"""Taking mails in from a file: seen first, then taken."""

from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from concivis.accounts.models import User
from concivis.desk.actions import mails as actions
from concivis.desk.actions.forgetting import UPLOAD_DAYS, discard_upload
from concivis.desk.actions.mails import Fate
from concivis.desk.enquiries import DESK
from concivis.desk.models import MailTrace, MailUpload
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.shell.parts import Crumb
from concivis.shell.upload_fields import LimitedFileField

SHOWN_REFUSALS = 20
FATES = {
    Fate.NEW: gettext_lazy("new enquiry"),
    Fate.THREADED: gettext_lazy("belongs to an enquiry"),
    Fate.DUPLICATE: gettext_lazy("taken in already"),
    Fate.REFUSED: gettext_lazy("not taken"),
}


class UploadForm(forms.Form):
    file = LimitedFileField(
        label=gettext_lazy("File of mails"),
        help_text=gettext_lazy(
            "One mail (.eml) or many (.mbox), as your mail program saves them. You see what becomes of each before "
            "anything is kept."
        ),
        accept=".eml,.mbox,message/rfc822",
    )


@office_view(DESK)
@require_http_methods(["GET", "POST"])
def mails(request: HttpRequest, hub: Hub) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.keep_upload(by=_user(request), hub=hub, upload=form.cleaned_data["file"])
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return redirect("desk:mails_seen", hub.slug, kept.public_id)
    context = {
        "heading": _("Take mails in"),
        "crumbs": _crumbs(hub)[:1],
        "form": form,
        "waiting": MailUpload.objects.filter(hub=hub),
        "days": UPLOAD_DAYS,
        "is_fetched": hub.slug in settings.MAILBOXES,
        "refused": MailTrace.objects.filter(hub=hub).exclude(refusal="")[:SHOWN_REFUSALS],
        "zone": ZoneInfo(hub.timezone),
    }
    return office_page(request, hub, "desk/office/mails.html", context)


@office_view(DESK)
@require_http_methods(["GET", "POST"])
def seen(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponse:
    """What each mail of the file would become; takes in those that are ticked, or throws the file away."""
    upload = get_object_or_404(MailUpload.objects.select_related("hub"), hub=hub, public_id=public_id)
    if request.method == "POST" and "discard" in request.POST:
        discard_upload(upload)
        messages.success(request, _("The file is thrown away; nothing was taken in."))
        return redirect("desk:mails", hub.slug)
    if request.method == "POST":
        numbers = {int(each) for each in request.POST.getlist("mail")[:1000] if each.isdecimal()}
        if numbers:
            counts = actions.take_in_upload(by=_user(request), upload=upload, numbers=numbers)
            messages.success(request, _told(counts))
            return redirect("desk:enquiries", hub.slug)
        messages.info(request, _("Tick a mail first."))
        return redirect("desk:mails_seen", hub.slug, public_id)
    return office_page(request, hub, "desk/office/mails_seen.html", _seen(hub, upload))


def _seen(hub: Hub, upload: MailUpload) -> dict[str, Any]:
    try:
        verdicts, error = actions.preview(upload), ""
    except ValidationError as refused:
        verdicts, error = [], " ".join(refused.messages)
    rows = [
        (number, verdict, FATES[verdict.fate], verdict.fate in (Fate.NEW, Fate.THREADED))
        for number, verdict in enumerate(verdicts)
    ]
    return {
        "heading": _("What is in the file"),
        "lead": upload.name,
        "crumbs": _crumbs(hub),
        "rows": rows,
        "error": error,
        "any": any(may for *_rest, may in rows),
        "zone": ZoneInfo(hub.timezone),
    }


def _told(counts: dict[Fate, int]) -> str:
    made, joined = counts[Fate.NEW], counts[Fate.THREADED]
    new = ngettext("%(n)s new enquiry.", "%(n)s new enquiries.", made) % {"n": made}
    old = ngettext("%(n)s mail joined its enquiry.", "%(n)s mails joined their enquiries.", joined) % {
        "n": joined
    }
    return f"{new} {old}"


def _crumbs(hub: Hub) -> list[Crumb]:
    return [
        Crumb(_("Enquiries"), reverse("desk:enquiries", args=[hub.slug])),
        Crumb(_("Take mails in"), reverse("desk:mails", args=[hub.slug])),
    ]


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
