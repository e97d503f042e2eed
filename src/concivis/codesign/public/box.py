"""The anonymous box: no cookie, no address, nothing of who sends; a code shows what became of it."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from concivis.accounts.access import discreet
from concivis.codesign import becoming
from concivis.codesign.actions import box as actions
from concivis.codesign.forms.box import AgainForm, BoxForm, ReceiptForm
from concivis.codesign.models import BoxInput
from concivis.codesign.public.pages import below, public_process
from concivis.shell import guard, sounds, uploads
from concivis.shell.refusals import put_into

INPUTS_AN_HOUR, LOOKS_AN_HOUR = 10, 30
LOOK_OR_SAY = ["GET", "HEAD", "POST"]


@csrf_exempt  # a form for everybody: nothing depends on who sends it, and a token would need a cookie
@sensitive_post_parameters()
@require_http_methods(LOOK_OR_SAY)
def box(request: HttpRequest, public_id: str) -> HttpResponse:
    """Takes what somebody writes or says, and shows the receipt code once."""
    process = public_process(public_id)
    if process.is_over:
        raise Http404
    form = BoxForm(request.POST or None, request.FILES or None)
    context = {**below(process, _("Say something, without a name")), "form": form}
    if (
        request.method == "POST"
        and form.is_valid()
        and _allowed(request, form, "codesign-box", INPUTS_AN_HOUR)
    ):
        try:
            code = actions.put_in(process=process, said=_said(form))
        except ValidationError as error:
            put_into(form, error)
        else:
            context |= {"heading": _("Thank you. It has arrived."), "code": code}
            return discreet(render(request, "codesign/box_receipt.html", context))
    return discreet(render(request, "codesign/box.html", context))


@csrf_exempt  # as above: the code is the authority
@sensitive_post_parameters()
@require_http_methods(LOOK_OR_SAY)
def receipt(request: HttpRequest) -> HttpResponse:
    """What became of an input, for who has its code; sent as a form, so that it stands in no address and no log."""
    form = ReceiptForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and _allowed(request, form, "codesign-code", LOOKS_AN_HOUR)
    ):
        code = form.cleaned_data["code"]
        found = actions.find(code)
        if found:
            return discreet(_opened(request, found, code))
        form.add_error("code", _("There is no such code. Please look at each letter and number again."))
    context = {"heading": _("What became of what I said?"), "form": form}
    return discreet(render(request, "codesign/receipt.html", context))


def _opened(request: HttpRequest, found: BoxInput, code: str) -> HttpResponse:
    """The conversation. Only a button changes anything: sending the text, or saying that the answer was read."""
    again = AgainForm(request.POST if "text" in request.POST else None, initial={"code": code})
    sent = False
    if again.is_bound and again.is_valid():
        try:
            actions.write_again(received=found, text=again.cleaned_data["text"])
        except ValidationError as error:
            put_into(again, error)
        else:
            sent, again = True, AgainForm(initial={"code": code})
    actions.mark_read(received=found, from_office=True)
    found.refresh_from_db()
    conversation = list(found.messages.all())
    context = {
        "heading": _("What became of what I said?"),
        "hub": found.process.hub,
        "process": found.process,
        "received": found,
        "messages_of_box": conversation,
        "is_answered": bool(conversation) and conversation[-1].from_office,
        "fate": becoming.fates([found.insight]).get(found.insight.pk, []) if found.insight else [],
        "again": again,
        "sent": sent,
        "code": code,
    }
    return render(request, "codesign/receipt_opened.html", context)


def _said(form: BoxForm) -> actions.Said:
    said, audio = form.cleaned_data, form.cleaned_data["audio"]
    content = uploads.read(audio, sounds.LARGEST) if audio else b""
    return actions.Said(text=said["text"], language=said["language"], theme=said["theme"], audio=content)


def _allowed(request: HttpRequest, form: BoxForm | ReceiptForm, what: str, most: int) -> bool:
    if guard.too_many(request, what, most=most):
        form.add_error(None, _("Please try again in an hour."))
    return not form.errors
