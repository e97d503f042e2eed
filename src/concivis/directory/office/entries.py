"""One organisation in its office: what is known of it, changing it, showing it, confirming it, deleting it."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from concivis.accounts.models import User
from concivis.directory import actions, listing, queries, telling
from concivis.directory.enums import PersonField
from concivis.directory.forms.organisations import OrganisationForm
from concivis.directory.models import Organisation, Role
from concivis.directory.office.access import address, confirm_page, entry_view, form_page, saved
from concivis.directory.policies import EDIT
from concivis.hubs import policies
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.shell import parts
from concivis.shell.content import states


@entry_view(Permission.VIEW_OFFICE)
@require_GET
def overview(request: HttpRequest, hub: Hub, organisation: Organisation) -> HttpResponse:
    shown = (
        listing.complete(queries.in_hub(hub).filter(pk=organisation.pk))
        .select_related("place", "hub__place")
        .get()
    )
    edits = policies.may(request.user, EDIT, hub)
    context: dict[str, Any] = {
        "heading": shown.name,
        "kicker": listing.kind_label(shown),
        "crumbs": [
            parts.Crumb(_("Organisations"), reverse("directory:office_organisations", args=[hub.slug]))
        ],
        "organisation": shown,
        "facts": telling.facts(shown),
        "exchanged": telling.exchanged(shown),
        "ties": [(tie, telling.tie(tie)) for tie in shown.ties.all()],
        "svg": telling.star(shown, shown.ties.all()),
        "roles": [person(role, reachable=edits) for role in _roles(shown)],
        "networks": shown.networks.select_related("network"),
        "members": telling.members(shown),
        "translations": _translations(shown, hub),
        "stewards": shown.stewards.select_related("user") if edits else [],
        "merges": shown.merges.filter(undone_at=None).select_related("absorbed") if edits else [],
        "edits": edits,
    }
    return office_page(request, hub, "directory/office/organisation.html", context)


def _roles(organisation: Organisation) -> Any:
    return organisation.roles.select_related("person").prefetch_related("person__consents")


def person(role: Role, *, reachable: bool) -> dict[str, Any]:
    """`reachable`: whether the reader may see how to reach the person."""
    told = role.person
    agreed = [each for each in told.consents.all() if each.withdrawn_at is None]
    return {
        "role": role,
        "ways": [way for way in (told.email, told.phone, told.messenger, told.address) if way]
        if reachable
        else [],
        "public": [str(PersonField(each.field).label) for each in agreed],
        "agreed": agreed[0] if agreed else None,
    }


def _translations(organisation: Organisation, hub: Hub) -> list[tuple[str, str, str]]:
    """(language, state, its label) of the original, of what there is, and of the hub's language."""
    if not organisation.language:
        return []
    rows = list(organisation.translations.all())
    wanted = [organisation.language, *(row.language for row in rows), hub.language]
    found = states(organisation, rows, dict.fromkeys(wanted))
    return [(language, state.value, str(state.label)) for language, state in found.items()]


@entry_view(EDIT)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, hub: Hub, organisation: Organisation) -> HttpResponse:
    form = OrganisationForm(request.POST or None, request.FILES or None, hub=hub, organisation=organisation)
    by = cast(User, request.user)
    if saved(
        request,
        form,
        lambda: form.save(by=by, organisation=organisation),
        lambda: _("Saved: {name}.").format(name=form.cleaned_data["name"]),
    ):
        return redirect(address(hub, organisation))
    return form_page(request, hub, organisation, form, _("Change the entry"))


@entry_view(EDIT)
@require_POST
def confirm(request: HttpRequest, hub: Hub, organisation: Organisation) -> HttpResponse:
    actions.confirm_organisation(by=cast(User, request.user), organisation=organisation)
    messages.success(request, _("Confirmed as of today: {name}.").format(name=organisation.name))
    return redirect(address(hub, organisation))


@entry_view(Permission.PUBLISH)
@require_POST
def show(request: HttpRequest, hub: Hub, organisation: Organisation) -> HttpResponse:
    shown = request.POST.get("shown") == "yes"
    actions.show_organisation(by=cast(User, request.user), organisation=organisation, shown=shown)
    said = _("Everybody now sees {name}.") if shown else _("Only the office now sees {name}.")
    messages.success(request, said.format(name=organisation.name))
    return redirect(address(hub, organisation))


@entry_view(EDIT)
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, hub: Hub, organisation: Organisation) -> HttpResponse:
    if request.method == "POST":
        try:
            actions.remove_organisation(by=cast(User, request.user), organisation=organisation)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(address(hub, organisation))
        messages.success(request, _("Deleted: {name}.").format(name=organisation.name))
        return redirect("directory:office_organisations", hub.slug)
    return confirm_page(
        request,
        hub,
        organisation,
        _("Delete {name}?").format(name=organisation.name),
        _(
            "The entry is deleted for good with its ties, and the people who have a role nowhere else. To only hide "
            "it, make it private instead; if it stands here twice, merge the two."
        ),
        _("Delete"),
    )


@entry_view(EDIT)
@require_http_methods(["GET", "POST"])
def dismiss(request: HttpRequest, hub: Hub, organisation: Organisation, pk: int) -> HttpResponse:
    steward = get_object_or_404(organisation.stewards, pk=pk)
    if request.method == "POST":
        actions.dismiss_steward(by=cast(User, request.user), steward=steward)
        messages.success(request, _("{name} no longer looks after the entry.").format(name=steward.name))
        return redirect(address(hub, organisation))
    return confirm_page(
        request,
        hub,
        organisation,
        _("Take the care of the entry from {name}?").format(name=steward.name),
        _("The link or account opens the entry no longer. The person can ask again."),
        _("Take it away"),
    )
