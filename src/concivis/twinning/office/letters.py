"""Letters of first contact: compose, edit, send or print, read again."""

from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from concivis.accounts.models import User
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.places.models import Place
from concivis.shell import parts
from concivis.twinning import letters as drafting
from concivis.twinning.actions import letters as actions
from concivis.twinning.models import Letter
from concivis.twinning.policies import KEEP
from concivis.twinning.profiles import contact, open_profiles

SEND = "send"


class LetterForm(forms.Form):
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    body = forms.CharField(
        label=gettext_lazy("Letter"), max_length=6000, widget=forms.Textarea(attrs={"rows": 22})
    )
    to_name = forms.CharField(
        label=gettext_lazy("To whom?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("A person or an office, if you know one."),
    )
    to_email = forms.EmailField(
        label=gettext_lazy("Mail address"),
        required=False,
        help_text=gettext_lazy("Needed only to send it from here. The town’s website usually names one."),
    )


@office_view(KEEP)
@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponse:
    """A letter to that place; `?language=` composes it anew in another language."""
    place = get_object_or_404(Place.objects.select_related("country", "region"), public_id=public_id)
    ties = actions.standing_ties(hub, place)
    may_write = place.pk != hub.place_id and all(actions.is_open_enquiry(tie, hub) for tie in ties)
    language = _language(request, place)
    form = LetterForm(
        request.POST or None, initial=_composed(request, hub, place, language) if may_write else None
    )
    form.fields["body"].widget.attrs["lang"] = form.fields["subject"].widget.attrs["lang"] = language
    if request.method == "POST" and may_write and form.is_valid():
        written = _write(request, hub, place, form, language)
        if written is not None:
            return redirect("twinning:office_letter_kept", hub.slug, written.pk)
    context = {
        "heading": _("A first letter to {place}").format(place=place.name),
        "crumbs": _crumbs(hub),
        "place": place,
        "own": place.pk == hub.place_id,
        "ties": ties,
        "may_write": may_write,
        "form": form,
        "language": language,
        "languages": drafting.languages(),
        "left": actions.left_today(hub, _user(request)),
    }
    return office_page(request, hub, "twinning/office/letter.html", context)


def _language(request: HttpRequest, place: Place) -> str:
    asked = request.POST.get("language") or request.GET.get("language") or ""
    return asked if asked in drafting.templates() else drafting.usual_language(place)


def _composed(request: HttpRequest, hub: Hub, place: Place, language: str) -> dict[str, Any] | None:
    """What the form begins with; nothing is composed for a form that comes back."""
    if request.method == "POST":
        return None
    reasons = drafting.reasons_in(hub, place, language)
    draft = drafting.compose(
        hub=hub, place=place, language=language, reasons=reasons, writer=_user(request).name
    )
    looking = open_profiles().filter(hub__place=place).select_related("hub").first()
    return {
        "subject": draft.subject,
        "body": draft.body,
        "to_email": contact(looking) if looking else "",
    }


def _write(request: HttpRequest, hub: Hub, place: Place, form: LetterForm, language: str) -> Letter | None:
    send = SEND in request.POST
    draft = actions.LetterDraft(language=language, **form.cleaned_data)
    try:
        written = actions.write_letter(by=_user(request), hub=hub, place=place, draft=draft, send=send)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    if send:
        messages.success(request, _("The letter is on its way, and the enquiry is open."))
    else:
        messages.success(request, _("The letter is kept, and the enquiry is open. Print it from this page."))
    return written


@office_view(Permission.VIEW_OFFICE)
@require_GET
def letters(request: HttpRequest, hub: Hub) -> HttpResponse:
    context = {
        "heading": _("Letters"),
        "crumbs": [_crumbs(hub)[0]],
        "letters": [
            (
                each,
                [side.place.name for side in each.partnership.sides.all() if side.place_id != hub.place_id],
            )
            for each in drafting.written_by(hub)
        ],
        "finder_url": reverse("twinning:office_finder", args=[hub.slug]),
        "zone": ZoneInfo(hub.timezone),
    }
    return office_page(request, hub, "twinning/office/letters.html", context)


@office_view(Permission.VIEW_OFFICE)
@require_GET
def kept(request: HttpRequest, hub: Hub, pk: int) -> HttpResponse:
    """A letter as it went out; printed, the page is the letter alone."""
    among = Letter.objects.filter(partnership__hub=hub).select_related("partnership", "written_by")
    shown = get_object_or_404(among, pk=pk)
    context = {
        "heading": shown.subject,
        "crumbs": _crumbs(hub),
        "letter": shown,
        "zone": ZoneInfo(hub.timezone),
        "tie_url": reverse("twinning:office_tie", args=[hub.slug, shown.partnership.public_id]),
    }
    return office_page(request, hub, "twinning/office/letter_kept.html", context)


def _crumbs(hub: Hub) -> list[parts.Crumb]:
    return [
        parts.Crumb(_("Partner finder"), reverse("twinning:office_finder", args=[hub.slug])),
        parts.Crumb(_("Letters"), reverse("twinning:office_letters", args=[hub.slug])),
    ]


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
