"""The office's page “looking for a partner”: write the profile, see it as others will, renew it, take it back."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from concivis.accounts.models import User
from concivis.hubs import policies
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub, today_in
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.twinning import profiles
from concivis.twinning.actions.profiles import (
    ProfileDraft,
    change_profile,
    publish_profile,
    renew_profile,
    withdraw_profile,
)
from concivis.twinning.models import PartnerProfile
from concivis.twinning.office.looking_forms import ProfileForm, last_possible_day

PREVIEW = "preview"


@office_view(Permission.VIEW_OFFICE)
@require_http_methods(["GET", "POST"])
def looking(request: HttpRequest, hub: Hub) -> HttpResponse:
    """Shows the profile and its form; a POST with `preview` shows what would be published, without doing it."""
    profile = profiles.of_hub(hub)
    form = ProfileForm(request.POST or None, hub=hub, profile=profile)
    form.fields["expires_on"].widget.attrs |= {
        "min": today_in(hub).isoformat(),
        "max": last_possible_day(hub).isoformat(),
    }
    preview: dict[str, Any] | None = None
    if request.method == "POST":
        policies.require(request.user, Permission.PUBLISH, hub)
        if form.is_valid():
            if PREVIEW in request.POST:
                preview = seen(hub, form.draft())
            elif _save(request, hub, profile, form):
                return redirect("twinning:office_looking", hub.slug)
    return office_page(request, hub, "twinning/office/looking.html", _context(hub, profile, form, preview))


def _context(
    hub: Hub, profile: PartnerProfile | None, form: ProfileForm, preview: dict[str, Any] | None
) -> dict[str, Any]:
    return {
        "heading": _("Looking for a partner"),
        "lead": _("Say which partner your municipality looks for. Everybody can find it, and write to you."),
        "form": form,
        "profile": profile,
        "expired": profile is not None and profile.expires_on < today_in(hub),
        "shown": profile is not None and profiles.is_shown(profile, today_in(hub)),
        "facts": profiles.facts(profile) if profile else [],
        "preview": preview,
        "list_url": reverse("twinning:looking"),
    }


def seen(hub: Hub, draft: ProfileDraft) -> dict[str, Any]:
    """The profile as others would see it: text, language, facts. Nothing is stored."""
    profile = PartnerProfile(
        hub=hub,
        text=draft.text,
        language=draft.language,
        countries=list(draft.countries),
        languages=list(draft.languages),
        smallest=draft.smallest,
        largest=draft.largest,
    )
    said = [
        (_("Fields of work"), ", ".join(term.label for term in draft.fields)),
        (_("Looks for a partner in"), profiles.countries(profile)),
        (_("Size of the partner"), profiles.size(profile)),
        (_("Answers letters in"), profiles.languages(profile)),
        (_("Write to"), draft.contact_email if draft.contact_public else hub.contact_email),
    ]
    return {
        "text": draft.text,
        "language": draft.language,
        "facts": [{"label": label, "value": value, "url": "", "source": None} for label, value in said],
    }


def _save(request: HttpRequest, hub: Hub, profile: PartnerProfile | None, form: ProfileForm) -> bool:
    user = cast(User, request.user)
    try:
        if profile is None:
            publish_profile(by=user, hub=hub, draft=form.draft())
        else:
            change_profile(by=user, profile=profile, draft=form.draft())
    except ValidationError as error:
        form.refuse(error)
        return False
    if hub.is_published:
        messages.success(request, _("The profile is published: everybody can find it now."))
    else:
        messages.warning(
            request, _("The profile is kept. Everybody can see it as soon as the office’s page is public.")
        )
    return True


@office_view(Permission.PUBLISH)
@require_POST
def renew(request: HttpRequest, hub: Hub) -> HttpResponse:
    renewed = renew_profile(by=cast(User, request.user), profile=_own(hub))
    day = date_format(renewed.expires_on)
    messages.success(request, _("The profile is shown until {day}.").format(day=day))
    return redirect("twinning:office_looking", hub.slug)


@office_view(Permission.PUBLISH)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, hub: Hub) -> HttpResponse:
    profile = _own(hub)
    if request.method == "POST":
        withdraw_profile(by=cast(User, request.user), profile=profile)
        messages.success(request, _("The profile is withdrawn. You can write a new one at any time."))
        return redirect("twinning:office_looking", hub.slug)
    context = {
        "heading": _("Withdraw the profile?"),
        "text": _("Nobody will find it any more. Letters that were written because of it stay."),
        "submit": _("Withdraw"),
        "danger": True,
        "cancel_url": reverse("twinning:office_looking", args=[hub.slug]),
    }
    return office_page(request, hub, "shell/confirm.html", context)


def _own(hub: Hub) -> PartnerProfile:
    profile = profiles.of_hub(hub)
    if profile is None:
        raise Http404
    return profile
