"""What an invited person meets: the mailed link only shows; accepting is a click."""

from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from concivis.accounts.access import keep_private, personal_view
from concivis.accounts.models import User
from concivis.hubs import actions, queries
from concivis.hubs.models import Invitation
from concivis.hubs.roles import ROLES
from concivis.shell import keys


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    found = Invitation.objects.select_related("hub").filter(key_hash=keys.hashed(key)).first()
    user = request.user if isinstance(request.user, User) else None
    if request.method == "POST" and user and found:
        return _accept(request, user, found)
    refusal = (
        actions.why_not(found, user) if found else _("There is no such invitation. Was the link cut in two?")
    )
    context = {
        "heading": _("An invitation"),
        "invitation": found,
        "refusal": refusal,
        "role": ROLES[found.role] if found else None,
        "next": urlencode({"next": request.path}),
    }
    response = render(request, "hubs/invitation.html", context, status=404 if found is None else 200)
    return keep_private(response)


@personal_view
@require_POST
def accept_waiting(request: HttpRequest, pk: int) -> HttpResponse:
    """Accepts without the link: the address is confirmed."""
    user = cast(User, request.user)
    return _accept(request, user, get_object_or_404(queries.invitations_waiting(user), pk=pk))


def _accept(request: HttpRequest, user: User, invitation: Invitation) -> HttpResponse:
    try:
        membership = actions.accept_invitation(by=user, invitation=invitation)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("hubs:mine")
    role = ROLES[membership.role].label
    messages.success(
        request, _("Welcome to {hub}. Your role: {role}.").format(hub=membership.hub.name, role=role)
    )
    return redirect(reverse("hubs:office", args=[membership.hub.slug]))
