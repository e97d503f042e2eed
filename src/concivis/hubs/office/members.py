from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from concivis.accounts.models import User
from concivis.hubs import actions, queries
from concivis.hubs.access import office_view
from concivis.hubs.forms import InviteForm, RoleForm
from concivis.hubs.models import Hub, Membership
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.hubs.roles import ROLES
from concivis.shell.parts import Heading


@office_view(Permission.VIEW_OFFICE)
@require_GET
def members(request: HttpRequest, hub: Hub) -> HttpResponse:
    people = [
        {
            "membership": each,
            "role": ROLES[each.role],
            "form": RoleForm(initial={"role": each.role}, prefix=str(each.pk)),
        }
        for each in queries.members_of(hub)
    ]
    context = {"heading": _("Members"), "people": people, "roles": ROLES.values()}
    context["headings"] = [
        Heading(_("Name")),
        Heading(_("Role")),
        Heading(_("Since")),
        Heading(_("Change"), unseen=True),
    ]
    return office_page(request, hub, "hubs/office/members.html", context)


@office_view(Permission.MANAGE_MEMBERS)
@require_POST
def change_role(request: HttpRequest, hub: Hub, pk: int) -> HttpResponse:
    membership = get_object_or_404(queries.members_of(hub), pk=pk)
    form = RoleForm(request.POST, prefix=str(pk))
    if not form.is_valid():
        messages.error(request, _("Choose one of the roles."))
        return redirect("hubs:members", hub.slug)
    user = cast(User, request.user)
    try:
        changed = actions.change_role(by=user, membership=membership, role=form.cleaned_data["role"])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        text = _("{person} is now: {role}.")
        messages.success(request, text.format(person=changed.user, role=ROLES[changed.role].label))
    return redirect("hubs:members", hub.slug)


@office_view(Permission.MANAGE_MEMBERS)
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, hub: Hub, pk: int) -> HttpResponse:
    membership = get_object_or_404(queries.members_of(hub), pk=pk)
    if request.method == "POST":
        return _remove(request, hub, membership, _("{person} is no longer a member."))
    context = {
        "heading": _("Remove {person}?").format(person=membership.user),
        "text": _(
            "They will not see the office any more. What they have written stays, and so does its record."
        ),
        "submit": _("Remove"),
    }
    return _ask(request, hub, context)


@office_view(Permission.VIEW_OFFICE)
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, hub: Hub) -> HttpResponse:
    membership = get_object_or_404(queries.members_of(hub), user=cast(User, request.user))
    if request.method == "POST":
        return _remove(request, hub, membership, _("You have left."))
    context = {
        "heading": _("Leave {hub}?").format(hub=hub.name),
        "text": _("You will not see the office any more. To come back you need a new invitation."),
        "submit": _("Leave"),
    }
    return _ask(request, hub, context)


def _ask(request: HttpRequest, hub: Hub, context: dict[str, str]) -> HttpResponse:
    cancel = reverse("hubs:members", args=[hub.slug])
    return office_page(request, hub, "shell/confirm.html", {**context, "danger": True, "cancel_url": cancel})


def _remove(request: HttpRequest, hub: Hub, membership: Membership, done: str) -> HttpResponse:
    person, own = str(membership.user), membership.user == request.user
    try:
        actions.remove_member(by=cast(User, request.user), membership=membership)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("hubs:members", hub.slug)
    messages.success(request, done.format(person=person))
    return redirect("hubs:mine") if own else redirect("hubs:members", hub.slug)


# --- invitations -------------------------------------------------------------------------------------------


@office_view(Permission.MANAGE_MEMBERS)
@require_http_methods(["GET", "POST"])
def invitations(request: HttpRequest, hub: Hub) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _invite(request, hub, form):
        return redirect("hubs:invitations", hub.slug)
    context = {
        "heading": _("Invitations"),
        "form": form,
        "open": [(each, ROLES[each.role]) for each in queries.open_invitations(hub)],
        "roles": ROLES.values(),
    }
    return office_page(request, hub, "hubs/office/invitations.html", context)


def _invite(request: HttpRequest, hub: Hub, form: InviteForm) -> bool:
    email, role = form.cleaned_data["email"], form.cleaned_data["role"]
    try:
        actions.invite(by=cast(User, request.user), hub=hub, email=email, role=role)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("The invitation is on its way to {email}.").format(email=email))
    return True


@office_view(Permission.MANAGE_MEMBERS)
@require_POST
def resend(request: HttpRequest, hub: Hub, pk: int) -> HttpResponse:
    invitation = get_object_or_404(queries.open_invitations(hub), pk=pk)
    try:
        actions.resend_invitation(by=cast(User, request.user), invitation=invitation)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The invitation was sent again; the earlier link has lost its force."))
    return redirect("hubs:invitations", hub.slug)


@office_view(Permission.MANAGE_MEMBERS)
@require_POST
def withdraw(request: HttpRequest, hub: Hub, pk: int) -> HttpResponse:
    invitation = get_object_or_404(queries.open_invitations(hub), pk=pk)
    actions.withdraw_invitation(by=cast(User, request.user), invitation=invitation)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("hubs:invitations", hub.slug)
