"""Who asked to be told: asking, confirming, reading, leaving. Looking changes nothing."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from concivis.accounts.access import discreet, opened_by_key
from concivis.codesign import becoming, wording
from concivis.codesign.actions import following
from concivis.codesign.models import Reader
from concivis.codesign.public.pages import below, public_process
from concivis.shell import guard
from concivis.shell.guard import GuardedForm

ASKED_AN_HOUR = 10
LOOK_OR_SAY = ["GET", "HEAD", "POST"]


class FollowForm(GuardedForm):
    email = forms.EmailField(
        label=gettext_lazy("Your mail address"),
        help_text=gettext_lazy("We send you a link to confirm it. Nobody else sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the letters"), choices=lambda: list(settings.LANGUAGES)
    )


@sensitive_post_parameters()
@require_http_methods(LOOK_OR_SAY)
def follow(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks for a letter with each answer and each measure. Says to nobody whether an address is known."""
    process = public_process(public_id)
    form, sent = FollowForm(request.POST or None, initial={"language": get_language()}), False
    if request.method == "POST" and form.is_valid():
        if guard.too_many(request, "codesign-follow", most=ASKED_AN_HOUR):
            form.add_error(None, _("Please try again in an hour."))
        else:
            said = form.cleaned_data
            following.ask_to_be_told(process=process, email=said["email"], language=said["language"])
            sent = True
    context = {**below(process, _("Be told what becomes of it")), "form": form, "sent": sent}
    return discreet(render(request, "codesign/follow.html", context))


@require_http_methods(LOOK_OR_SAY)
@opened_by_key(lambda request, key: following.waits_for(key) or _closed(request))
def confirm(request: HttpRequest, waiting: Reader) -> HttpResponse:
    """The link of the first letter: asks; a POST confirms."""
    if request.method == "POST":
        match = request.resolver_match
        following.confirm(key=match.kwargs["key"] if match else "")
        return redirect("codesign:reader", following.key_of(waiting))
    return render(request, "codesign/reader_confirm.html", _context(waiting, _("Get these letters?")))


@require_http_methods(LOOK_OR_SAY)
@opened_by_key(lambda request, key: following.find(key) or _closed(request))
def reader(request: HttpRequest, found: Reader) -> HttpResponse:
    """What there is to read for one reader; a button says that an answer was read: the receipt."""
    key = following.key_of(found)
    if request.method == "POST":
        rows = found.process.recommendations.public()
        recommendation = get_object_or_404(rows, public_id=request.POST.get("read", ""))
        following.acknowledge(reader=found, recommendation=recommendation)
        messages.success(request, _("Thank you. The administration sees that its answer was read."))
        return redirect("codesign:reader", key)
    seen = following.seen_by(found)
    asked = becoming.asked_of(found.process)
    context = {
        **_context(found, _("What became of it")),
        "asked": [(each, bool(each.answer and each.answer.answer.pk in seen)) for each in asked],
        "page_url": reverse("codesign:process", args=[found.process.public_id]),
        "leave_url": reverse("codesign:reader_leave", args=[key]),
    }
    return render(request, "codesign/reader.html", context)


@csrf_exempt  # the signed link is the authority: mail programs send it with one click, without a cookie (RFC 8058)
@require_http_methods(LOOK_OR_SAY)
@opened_by_key(lambda request, key: following.find(key) or _left(request))
def leave(request: HttpRequest, found: Reader) -> HttpResponse:
    """Asks; a POST ends."""
    if request.method == "POST":
        following.leave(reader=found)
        return _left(request, found)
    return render(request, "codesign/reader_leave.html", _context(found, _("No more letters?")))


def _context(reader: Reader, heading: str) -> dict[str, object]:
    return {
        "heading": heading,
        "hub": reader.process.hub,
        "process": reader.process,
        "title": wording.shown(reader.process).texts["title"],
    }


def _closed(request: HttpRequest) -> HttpResponse:
    context = {"heading": _("This link opens nothing")}
    return render(request, "codesign/reader_closed.html", context, status=404)


def _left(request: HttpRequest, reader: Reader | None = None) -> HttpResponse:
    context = {"heading": _("You get no more letters"), "hub": reader.process.hub if reader else None}
    return render(request, "codesign/reader_left.html", context)
