"""The office's table of organisations, in the browser and as a file; and a new entry."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from concivis.accounts.models import User
from concivis.directory import actions, listing, queries
from concivis.directory.enums import ClaimState, OrganisationKind
from concivis.directory.filters import OfficeFilter, ordered
from concivis.directory.forms.organisations import NewOrganisationForm
from concivis.directory.models import Claim, Organisation
from concivis.directory.office.access import address
from concivis.directory.policies import EDIT
from concivis.directory.public.pages import row
from concivis.directory.queries import Similar, similar_organisations
from concivis.directory.similar_words import reason_sentence
from concivis.hubs import policies
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.shell import parts
from concivis.shell.exports import table_response
from concivis.shell.refusals import fill
from concivis.shell.templatetags.shell import absolute_url

PER_PAGE = 50


@office_view(Permission.VIEW_OFFICE)
@require_GET
def organisations(request: HttpRequest, hub: Hub) -> HttpResponse:
    form = OfficeFilter(request.GET or None)
    found = listing.complete(ordered(form.chosen(queries.in_hub(hub)), request.GET.get("sort", "")))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    path = reverse("directory:office_organisations", args=[hub.slug])
    context = {
        "heading": _("Organisations"),
        "form": form,
        "chips": parts.chips(form, request.GET),
        "page": page,
        "rows": [row(each) for each in page.object_list],
        "headings": headings(),
        "exports": parts.tables(path),
        "claims": Claim.objects.filter(organisation__hub=hub, state=ClaimState.OPEN).count(),
    }
    return office_page(request, hub, "directory/office/organisations.html", context)


def headings() -> list[parts.Heading]:
    return [
        parts.Heading(_("Organisation"), sort="name"),
        parts.Heading(_("Kind")),
        parts.Heading(_("Town")),
        parts.Heading(_("Tied to")),
        parts.Heading(_("Confirmed"), sort="confirmed"),
        parts.Heading(pgettext("organisation", "Public")),
    ]


@office_view(Permission.VIEW_OFFICE)
@require_GET
def organisations_export(request: HttpRequest, hub: Hub, extension: str) -> HttpResponseBase:
    form = OfficeFilter(request.GET or None)
    found = listing.streamed(ordered(form.chosen(queries.in_hub(hub)), request.GET.get("sort", "")))
    columns = listing.OFFICE_COLUMNS if _may_see_contacts(request, hub) else listing.COLUMNS
    page = absolute_url(reverse("directory:office_organisations", args=[hub.slug]))
    filters = {chip.label: chip.value for chip in parts.chips(form, request.GET)}
    name = f"{hub.slug}-organisations"
    return table_response(extension, found, columns, name, title=hub.name, url=page, filters=filters)


def _may_see_contacts(request: HttpRequest, hub: Hub) -> bool:
    return policies.may(request.user, EDIT, hub)


@office_view(EDIT)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, hub: Hub) -> HttpResponse:
    """Before a new entry is made: is it one of these?"""
    first = {"place": hub.place_id, "kind": OrganisationKind.ASSOCIATION}
    form = NewOrganisationForm(request.POST or None, hub=hub, initial=first)
    proposals: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        found = [] if form.cleaned_data["not_there"] else _similar(form, hub)
        made: list[Organisation] = []
        if found:
            form.ask()
            proposals = [told(each, hub) for each in found]
        elif fill(form, lambda: made.append(_create(request, hub, form))):
            messages.success(request, _("Entered: {name}. It is not public yet.").format(name=made[0].name))
            return redirect(address(hub, made[0]))
    context = {
        "heading": _("New organisation"),
        "lead": _("First what it is found by. The rest is filled in once it is there."),
        "form": form,
        "proposals": proposals,
        "cancel_url": reverse("directory:office_organisations", args=[hub.slug]),
    }
    return office_page(request, hub, "directory/office/new.html", context)


def _similar(form: NewOrganisationForm, hub: Hub) -> list[Similar]:
    said = form.cleaned_data
    return similar_organisations(
        said["name"],
        hub=hub,
        place=said["place"],
        register_id=(said["register_scheme"], said["register_number"]),
        website=said["website"],
    )


def told(similar: Similar, hub: Hub) -> dict[str, Any]:
    found = similar.organisation
    return {
        "name": found.name,
        "kind": listing.kind_label(found),
        "where": listing.where(found),
        "url": address(hub, found),
        "reasons": [reason_sentence(reason) for reason in similar.reasons],
        "percent": round(similar.confidence * 100),
    }


def _create(request: HttpRequest, hub: Hub, form: NewOrganisationForm) -> Organisation:
    return actions.create_organisation(by=cast(User, request.user), hub=hub, facts=form.facts())
