"""The people of an organisation."""

from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from concivis.accounts.models import User
from concivis.directory import actions
from concivis.directory.forms.people import RoleForm
from concivis.directory.models import Organisation, Role
from concivis.directory.office.access import address, confirm_page, entry_view, form_page, saved
from concivis.directory.policies import EDIT
from concivis.hubs.models import Hub


@entry_view(EDIT)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, hub: Hub, organisation: Organisation) -> HttpResponse:
    form, by = RoleForm(request.POST or None, hub=hub), cast(User, request.user)
    if saved(
        request,
        form,
        lambda: actions.add_person(by=by, organisation=organisation, person=form.person(), role=form.role()),
        lambda: _("Saved: {name}.").format(name=form.cleaned_data["name"]),
    ):
        return redirect(address(hub, organisation))
    return form_page(request, hub, organisation, form, _("Note a person"), lead=person_lead())


def person_lead() -> str:
    return _(
        "Note only what the person knows that you keep. They may ask you at any time what it is. "
        "Where somebody is from is not noted."
    )


@entry_view(EDIT)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, hub: Hub, organisation: Organisation, pk: int) -> HttpResponse:
    role = _role(organisation, pk)
    form, by = RoleForm(request.POST or None, hub=hub, role=role), cast(User, request.user)
    if saved(
        request,
        form,
        lambda: _change(form, role, by),
        lambda: _("Saved: {name}.").format(name=form.cleaned_data["name"]),
    ):
        return redirect(address(hub, organisation))
    return form_page(
        request, hub, organisation, form, _("Change what is noted of a person"), lead=person_lead()
    )


@transaction.atomic
def _change(form: RoleForm, role: Role, by: User) -> None:
    actions.change_person(by=by, person=role.person, facts=form.person())
    actions.change_role(by=by, role=role, facts=form.role())


@entry_view(EDIT)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, hub: Hub, organisation: Organisation, pk: int) -> HttpResponse:
    role = _role(organisation, pk)
    if request.method == "POST":
        actions.end_role(by=cast(User, request.user), role=role)
        messages.success(request, _("Taken out."))
        return redirect(address(hub, organisation))
    heading = _("Take {name} out of this organisation?").format(name=role.person.name)
    text = _(
        "The role is deleted. If the person has no other, everything noted of them is deleted for good. If they have "
        "just left, note the last day instead."
    )
    return confirm_page(request, hub, organisation, heading, text, _("Take out"))


@entry_view(EDIT)
@require_http_methods(["GET", "POST"])
def forget(request: HttpRequest, hub: Hub, organisation: Organisation, pk: int) -> HttpResponse:
    role = _role(organisation, pk)
    if request.method == "POST":
        actions.forget_person(by=cast(User, request.user), person=role.person)
        messages.success(request, _("Deleted for good: everything noted of this person."))
        return redirect(address(hub, organisation))
    heading = _("Delete everything noted of {name}?").format(name=role.person.name)
    text = _(
        "In all organisations, with all consents, for good: it cannot be brought back. The record keeps only that "
        "somebody was deleted."
    )
    return confirm_page(request, hub, organisation, heading, text, _("Delete"))


def _role(organisation: Organisation, pk: int) -> Role:
    found = organisation.roles.select_related("person__hub", "organisation__hub")
    return get_object_or_404(found.prefetch_related("person__consents"), pk=pk)
