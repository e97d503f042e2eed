from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from concivis.accounts.models import User
from concivis.hubs import actions, hooks, policies, queries
from concivis.hubs.access import office_view
from concivis.hubs.forms import SettingsForm
from concivis.hubs.hooks import Step
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.hubs.roles import ROLES
from concivis.shell.parts import Stat


@office_view(Permission.VIEW_OFFICE)
@require_GET
def overview(request: HttpRequest, hub: Hub) -> HttpResponse:
    allowed = policies.permissions_of(request.user, hub)
    steps = [(step, step.permission in allowed) for step in checklist(hub)]
    context = {
        "heading": _("Office"),
        "role": ROLES[policies.roles_of(request.user)[hub.pk]],
        "steps": steps,
        "done": sum(step.done for step, _may in steps),
        "can_go_on": any(may and not step.done for step, may in steps),
        "stats": figures(hub),
    }
    return office_page(request, hub, "hubs/office/overview.html", context)


def checklist(hub: Hub) -> list[Step]:
    """What a new office does next, in the order in which it makes sense."""
    settings, members = (reverse(name, args=[hub.slug]) for name in ("hubs:settings", "hubs:invitations"))
    several = queries.members_of(hub).count() > 1 or queries.open_invitations(hub).exists()
    edit, manage = Permission.EDIT_HUB, Permission.MANAGE_MEMBERS
    own = [
        Step(_("Add the city's crest"), bool(hub.crest), f"{settings}#id_crest", edit),
        Step(_("Say who you are and what you do"), bool(hub.about), f"{settings}#id_about", edit),
        Step(
            _("Say how to reach you"), bool(hub.contact_email or hub.website), f"{settings}#id_website", edit
        ),
        Step(_("Invite a colleague, so that somebody can stand in for you"), several, members, manage),
    ]
    added = [step for steps in hooks.office_steps for step in steps(hub)]
    publish = Step(_("Make your page public"), hub.is_published, "#visibility", edit)
    return [*own, *added, publish]


def figures(hub: Hub) -> list[Stat]:
    added = [figure for figures in hooks.office_figures for figure in figures(hub)]
    members = queries.members_of(hub).count()
    lines = hub.chain.length if hasattr(hub, "chain") else 0
    members_url = reverse("hubs:members", args=[hub.slug])
    return [
        *(Stat(figure.value, figure.label, url=figure.url) for figure in added),
        Stat(members, ngettext("member", "members", members), url=members_url),
        Stat(lines, ngettext("entry in the record", "entries in the record", lines)),
    ]


@office_view(Permission.EDIT_HUB)
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, hub: Hub) -> HttpResponse:
    form = SettingsForm(request.POST or None, request.FILES or None, hub=hub)
    if request.method == "POST" and form.is_valid():
        actions.update_hub(by=cast(User, request.user), hub=hub, changes=form.changes())
        messages.success(request, _("Saved."))
        return redirect("hubs:settings", hub.slug)
    context = {"heading": _("Settings"), "form": form}
    return office_page(request, hub, "hubs/office/settings.html", context)


@office_view(Permission.EDIT_HUB)
@require_POST
def visibility(request: HttpRequest, hub: Hub) -> HttpResponse:
    public = request.POST.get("public") == "1"
    change = actions.publish_hub if public else actions.unpublish_hub
    change(by=cast(User, request.user), hub=hub)
    done = _("Your page is public now.") if public else _("Your page is private now: only members see it.")
    messages.success(request, done)
    return redirect("hubs:office", hub.slug)
