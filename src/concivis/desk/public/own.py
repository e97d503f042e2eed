"""An asker follows an enquiry by a private link: reads answers, writes back, withdraws, is forgotten."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from concivis.desk import concerning
from concivis.desk.actions import asking, forgetting, handing
from concivis.desk.actions.enquiries import LINK
from concivis.desk.actions.rules import rules_of
from concivis.desk.enums import Consent, EntryKind, Purpose
from concivis.desk.models import Entry
from concivis.desk.public.doors import Opened, keyed
from concivis.shell import guard

MESSAGES_AN_HOUR = 20


class BackForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your message"), max_length=6000, widget=forms.Textarea(attrs={"rows": 6})
    )


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@keyed(Purpose.FOLLOW)
def own(request: HttpRequest, opened: Opened) -> HttpResponse:
    form = BackForm(request.POST if "write" in request.POST else None)
    if request.method == "POST":
        answered = _act(request, opened, form)
        if answered is not None:
            return answered
    enquiry = opened.enquiry
    context = {
        "heading": enquiry.subject,
        "kicker": _("Your enquiry"),
        "hub": enquiry.hub,
        "enquiry": enquiry,
        "entries": list(map(_shown, enquiry.entries.exclude(kind=EntryKind.NOTE))),
        "concern": concerning.of(enquiry),
        "asked": enquiry.handovers.filter(consent=Consent.ASKED).first() if enquiry.is_open else None,
        "handed": enquiry.handovers.filter(handed_at__isnull=False).first(),
        "form": form,
        "months": rules_of(enquiry.hub).keep_months,
        "forget_url": opened.address("own_forget"),
    }
    return render(request, "desk/own/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@keyed(Purpose.FOLLOW)
def forget(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Asks; the button removes all that is kept of the asker, and with it the key of this address."""
    enquiry, done = opened.enquiry, request.method == "POST"
    if done:
        forgetting.forget(by=None, enquiry=enquiry, at_their_wish=True)
    context = {
        "heading": _("Nothing of you is kept any more") if done else _("Remove what is kept of you?"),
        "hub": enquiry.hub,
        "done": done,
        "cancel_url": opened.address(),
    }
    return render(request, "desk/own/forget.html", context)


def _act(request: HttpRequest, opened: Opened, form: BackForm) -> HttpResponse | None:
    """What the pressed button names; None where the form must be looked at again."""
    name = next((name for name in ACTS if name in request.POST), "")
    if not name:
        raise Http404
    if name == "write" and not form.is_valid():
        return None
    if guard.too_many(request, "enquiry-back", most=MESSAGES_AN_HOUR):
        messages.error(request, _("Please try again in an hour."))
        return redirect(opened.address())
    try:
        messages.success(request, ACTS[name](opened, form))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(opened.address())


def _write(opened: Opened, form: BackForm) -> str:
    asking.write_back(enquiry=opened.enquiry, text=form.cleaned_data["text"])
    return _("Thank you. The office has your message.")


def _withdraw(opened: Opened, form: BackForm) -> str:
    asking.withdraw(enquiry=opened.enquiry)
    return _("Your enquiry is withdrawn. If you write again, it is open again.")


def _agree(opened: Opened, form: BackForm) -> str:
    _decide(opened, agrees=True)
    return _("Thank you. Your enquiry was handed on.")


def _refuse(opened: Opened, form: BackForm) -> str:
    _decide(opened, agrees=False)
    return _("Your enquiry stays with this office.")


def _decide(opened: Opened, *, agrees: bool) -> None:
    asked = opened.enquiry.handovers.filter(consent=Consent.ASKED).first()
    if asked is None:
        raise ValidationError(_("Nobody asks for that any more."))
    handing.decide(handover=asked, agrees=agrees)


ACTS: dict[str, Any] = {"write": _write, "withdraw": _withdraw, "agree": _agree, "refuse": _refuse}


def _shown(entry: Entry) -> Entry:
    entry.text = entry.text.replace(LINK, _("(this page)"))
    return entry
