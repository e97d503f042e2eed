"""“This is us”: asking to look after an entry, confirming one's address, changing it by a mailed key."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from concivis.accounts.access import discreet, opened_by_key, personal_view
from concivis.accounts.models import User
from concivis.directory import actions, policies, queries
from concivis.directory.enums import ClaimState
from concivis.directory.forms.small import ClaimForm
from concivis.directory.models import Claim, Organisation, Steward
from concivis.directory.own import edit_page
from concivis.shell import keys
from concivis.shell.refusals import fill


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form, which also who has no account can send. The answer tells nobody who else has asked."""
    claimed = get_object_or_404(
        queries.public().filter(hub__isnull=False).select_related("hub"), public_id=public_id
    )
    user = request.user if isinstance(request.user, User) else None
    form = ClaimForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid() and _asked(form, claimed, user):
        return discreet(_told(request, claimed, by_mail=user is None))
    context = {
        "heading": _("This is us"),
        "kicker": claimed.name,
        "lead": _(
            "Ask to look after this entry: you can then change what stands there, and confirm that it is right."
        ),
        "hub": claimed.hub,
        "form": form,
        "organisation": claimed,
    }
    return discreet(render(request, "directory/claim.html", context))


def _asked(form: ClaimForm, claimed: Organisation, user: User | None) -> bool:
    if form.cleaned_data["homepage"]:  # only a program fills what nobody sees; it is told the same
        return True
    said = form.cleaned_data
    return fill(
        form,
        lambda: actions.claim_organisation(
            organisation=claimed,
            name=said["name"],
            email=said.get("email", ""),
            language=get_language() or "en",
            message=said["message"],
            user=user,
        ),
    )


def _told(request: HttpRequest, claimed: Organisation, *, by_mail: bool) -> HttpResponse:
    text = (
        _("We sent a letter to the address you wrote. Open the link in it; then the office decides.")
        if by_mail
        else _("The office was told and decides. You get its answer by mail.")
    )
    context = {
        "heading": _("Thank you"),
        "kicker": claimed.name,
        "text": text,
        "organisation": claimed,
        "hub": claimed.hub,
    }
    return render(request, "directory/claim_done.html", {**context, "hub": claimed.hub})


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("key")
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Opening the mailed link changes nothing, because mail scanners open links; the button does."""
    found = (
        Claim.objects.select_related("organisation__hub")
        .filter(key_hash=keys.hashed(key), state=ClaimState.UNCONFIRMED)
        .first()
    )
    if found is None:
        return discreet(_closed(request))
    if request.method == "POST":
        actions.confirm_claim(claim=found)
        return discreet(_told(request, found.organisation, by_mail=False))
    context = {"heading": _("Confirm your mail address"), "kicker": found.organisation.name, "claim": found}
    return discreet(
        render(request, "directory/claim_confirm.html", {**context, "hub": found.organisation.hub})
    )


def _closed(request: HttpRequest) -> HttpResponse:
    context = {
        "heading": _("This link opens nothing any more"),
        "text": _(
            "It was used already, or its time has passed. You can ask again on the organisation’s page."
        ),
    }
    return render(request, "directory/claim_done.html", context, status=404)


# --- who looks after the entry -----------------------------------------------------------------------------


def _opening(request: HttpRequest, key: str) -> tuple[Steward, str] | HttpResponse:
    steward = policies.steward_of(key)
    return (steward, key) if steward else _closed(request)


@require_http_methods(["GET", "HEAD", "POST"])
@opened_by_key(_opening)
def by_key(request: HttpRequest, opened: tuple[Steward, str]) -> HttpResponseBase:
    """At `organisations/keys/<key>/…`."""
    steward, key = opened
    return edit_page(request, steward.organisation, by=steward.user, here=request.path, key=key)


@require_http_methods(["GET", "HEAD", "POST"])
@personal_view
def own(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The entry that somebody signed in looks after."""
    found = queries.by_public_id(public_id)
    user = cast(User, request.user)
    if found is None or not policies.may_edit(user, found):
        raise PermissionDenied("looks after another entry, or none")
    if found.public_id != public_id:
        return redirect("directory:own_edit", found.public_id)
    return edit_page(request, found, by=user, here=request.path)
