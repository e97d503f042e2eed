"""Switching the weekly letters on and off: in the office, and by the link in a letter, without signing in."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from concivis.accounts.access import keep_private
from concivis.accounts.models import User
from concivis.desk.actions import reminders as actions
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub, Membership
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.shell.parts import Crumb


@office_view(Permission.VIEW_OFFICE)
@require_http_methods(["GET", "POST"])
def choice(request: HttpRequest, hub: Hub) -> HttpResponse:
    user = cast(User, request.user)
    if request.method == "POST":
        wants = request.POST.get("wants") == "1"
        actions.choose_letters(hub=hub, user=user, wants=wants)
        done = (
            _("You get the letters of this office.")
            if wants
            else _("You get no more letters of this office.")
        )
        messages.success(request, done)
        return redirect("desk:letter_choice", hub.slug)
    context = {
        "heading": _("Letters that remind you"),
        "crumbs": [Crumb(_("Today"), reverse("desk:today", args=[hub.slug]))],
        "wants": actions.wants_letters(hub, user),
        "address": user.email,
    }
    return office_page(request, hub, "desk/office/letter_choice.html", context)


@csrf_exempt  # the signed link is the authority: mail programs send it with one click, without a cookie
@require_http_methods(["GET", "HEAD", "POST"])
def off(request: HttpRequest, token: str) -> HttpResponse:
    """The link in a letter: asks; a POST switches off. A mail program that only looks at it changes nothing."""
    membership = _membership(token)
    done = request.method == "POST"
    if done:
        actions.choose_letters(hub=membership.hub, user=membership.user, wants=False)
    context = {
        "heading": _("No more letters") if done else _("Switch the letters off?"),
        "office": membership.hub.name,
        "done": done,
    }
    return keep_private(render(request, "desk/letters_off.html", context))


def _membership(token: str) -> Membership:
    """Raises `Http404` for a link that we did not make, or of who is no member any more: they get no letters."""
    reader = actions.reader_of(token)
    if reader is None:
        raise Http404
    members = Membership.objects.select_related("hub", "user")
    return get_object_or_404(members, hub=reader[0], user=reader[1])
