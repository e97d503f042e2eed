"""IATI in the office: who publishes, which activities, what each of them lacks, the facts of one."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from concivis.accounts.models import User
from concivis.exchange.iati import actions, beside, gathering
from concivis.exchange.iati.forms import FactsForm, PublisherForm
from concivis.exchange.iati.models import Publisher
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.initiatives.enums import ReviewState
from concivis.initiatives.models import Initiative
from concivis.initiatives.office.doors import EDIT, address, entry_page, entry_view
from concivis.shell.parts import Heading
from concivis.shell.refusals import put_into
from concivis.shell.templatetags.shell import absolute_url

LOOK_OR_SAY = ["GET", "HEAD", "POST"]


@office_view(Permission.IMPORT)
@require_safe
def overview(request: HttpRequest, hub: Hub) -> HttpResponse:
    publisher = gathering.publisher_of(hub)
    context = {
        "heading": _("IATI"),
        "lead": _(
            "Your development cooperation for everybody, in the format that donors and ministries read."
        ),
        "publisher": publisher,
        "activities": _activities(hub, publisher),
        "headings": [Heading(_("Initiative")), Heading(_("Identifier")), Heading(_("What it lacks"))],
        "files": [
            absolute_url(reverse(f"exchange:{name}", args=[hub.slug]))
            for name in ("iati_activities", "iati_organisations")
        ],
    }
    return office_page(request, hub, "exchange/iati/overview.html", context)


def _activities(hub: Hub, publisher: Publisher | None) -> list[dict[str, object]]:
    return [
        {
            "initiative": each,
            "url": reverse("exchange:iati_facts", args=[hub.slug, each.public_id]),
            "identifier": gathering.identifier_of(each, publisher),
            "elsewhere": gathering.facts_of(each).reporter,
            "is_public": each.state == ReviewState.PUBLISHED,
            "lacks": beside.lacks(each, publisher),
        }
        for each in gathering.marked(hub).exclude(state__in=[ReviewState.DRAFT, ReviewState.DECLINED])
    ]


@office_view(Permission.EDIT_HUB)
@require_http_methods(LOOK_OR_SAY)
def publisher(request: HttpRequest, hub: Hub) -> HttpResponse:
    """Under which identifier the city publishes."""
    stands = gathering.publisher_of(hub) or Publisher(hub=hub)
    initial = {"identifier": stands.identifier, "organisation_type": stands.organisation_type}
    form = PublisherForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_publisher(by=cast(User, request.user), hub=hub, **form.cleaned_data)
        except ValidationError as error:
            put_into(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("exchange:iati", hub.slug)
    context = {
        "heading": _("Who publishes?"),
        "form": form,
        "cancel_url": reverse("exchange:iati", args=[hub.slug]),
    }
    return office_page(request, hub, "exchange/iati/form.html", context)


@entry_view(EDIT)
@require_http_methods(LOOK_OR_SAY)
def facts(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    """What IATI wants to know of one initiative; only of one that is marked as development cooperation."""
    home = address("office_initiative", initiative)
    if not initiative.is_development:
        messages.info(request, _("Mark it as development cooperation first: under “Edit”."))
        return redirect(home)
    stands = actions.iati_facts_of(initiative)
    form = FactsForm(request.POST or None, initial=FactsForm.initial_of(stands))
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_facts(by=cast(User, request.user), initiative=initiative, facts=form.facts(stands))
        except ValidationError as error:
            put_into(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("exchange:iati_facts", initiative.hub.slug, initiative.public_id)
    context = {"form": form, "title": _("For IATI"), "cancel_url": home, **beside.state_of(initiative)}
    return entry_page(request, initiative, "exchange/iati/facts.html", context)
