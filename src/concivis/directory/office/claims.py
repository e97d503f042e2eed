"""Who asks to look after an entry; the office decides."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from concivis.accounts.models import User
from concivis.directory import actions
from concivis.directory.enums import ClaimState
from concivis.directory.forms.small import DeclineForm
from concivis.directory.models import Claim
from concivis.directory.office.access import address, form_page
from concivis.directory.policies import EDIT
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.shell.refusals import fill


@office_view(EDIT)
@require_GET
def claims(request: HttpRequest, hub: Hub) -> HttpResponse:
    waiting = Claim.objects.filter(organisation__hub=hub, state=ClaimState.OPEN)
    context = {
        "heading": _("“This is us”"),
        "lead": _("Who asks to look after an entry. Accept only whom you know, or whom you have asked."),
        "claims": [
            (claim, address(hub, claim.organisation))
            for claim in waiting.select_related("organisation", "user")
        ],
    }
    return office_page(request, hub, "directory/office/claims.html", context)


@office_view(EDIT)
@require_POST
def accept(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponse:
    claim = _of(hub, public_id)
    try:
        actions.accept_claim(by=cast(User, request.user), claim=claim)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        said = _("{name} now looks after {organisation}.")
        messages.success(request, said.format(name=claim.name, organisation=claim.organisation.name))
    return redirect("directory:office_claims", hub.slug)


@office_view(EDIT)
@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponse:
    claim = _of(hub, public_id)
    form, by = DeclineForm(request.POST or None), cast(User, request.user)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if fill(form, lambda: actions.decline_claim(by=by, claim=claim, reason=reason)):
            messages.success(request, _("Declined; the answer was mailed."))
            return redirect("directory:office_claims", hub.slug)
    heading = _("Decline that {name} looks after {organisation}")
    return form_page(
        request,
        hub,
        None,
        form,
        heading.format(name=claim.name, organisation=claim.organisation.name),
        cancel=reverse("directory:office_claims", args=[hub.slug]),
        submit=_("Decline"),
    )


def _of(hub: Hub, public_id: str) -> Claim:
    found = Claim.objects.filter(organisation__hub=hub).select_related("organisation")
    return get_object_or_404(found, public_id=public_id)
