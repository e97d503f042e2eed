"""Who gets letters of the office. Addresses are shown to who sends them, and to nobody else."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from concivis.accounts.models import User
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.newsletter import words
from concivis.newsletter.actions import subscribing as actions
from concivis.newsletter.models import Subscription
from concivis.newsletter.office.doors import crumbs
from concivis.shell.parts import Heading

ON_A_PAGE = 50


@office_view(Permission.SEND_NEWSLETTER)
@require_GET
def subscribers(request: HttpRequest, hub: Hub) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:100]
    found = Subscription.objects.filter(hub=hub).exclude(confirmed_at=None)
    if text:
        found = found.filter(email__icontains=text)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Who gets letters"),
        "crumbs": crumbs(hub),
        "text": text,
        "page": page,
        "headings": [
            Heading(_("Mail address")),
            Heading(_("How often")),
            Heading(_("Language")),
            Heading(pgettext("of a subscription", "Since")),
            Heading(_("Change"), unseen=True),
        ],
    }
    return office_page(request, hub, "newsletter/office/subscribers.html", context)


@office_view(Permission.SEND_NEWSLETTER)
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponse:
    found = get_object_or_404(Subscription.objects.select_related("hub"), hub=hub, public_id=public_id)
    if request.method == "POST":
        actions.leave(subscription=found, by=cast(User, request.user))
        messages.success(request, _("The address gets no more letters."))
        return redirect("newsletter:subscribers", hub.slug)
    context = {
        "heading": _("Take this address out?"),
        "text": _("It gets no more letters and is forgotten. Only its holder can ask for letters again."),
        "details": words.facts_of(found),
        "submit": _("Take out"),
        "danger": True,
        "cancel_url": request.path.rsplit("/", 3)[0] + "/",
    }
    return office_page(request, hub, "shell/confirm.html", context)
