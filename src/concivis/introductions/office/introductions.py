"""Introductions in an office: all that concern its entries, asking both sides in its name, what came of it."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from concivis.accounts.models import User
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.introductions import actions, listing, telling
from concivis.introductions.enums import OPEN, Outcome, State
from concivis.introductions.forms import BrokerForm, OutcomeForm
from concivis.introductions.models import Introduction
from concivis.shell.exports import table_response
from concivis.shell.parts import Crumb, Heading, Tab, tables
from concivis.shell.refusals import put_into
from concivis.shell.templatetags.shell import absolute_url

PER_PAGE = 50
MAY = Permission.EDIT_INITIATIVES


@office_view(MAY)
@require_safe
def table(request: HttpRequest, hub: Hub) -> HttpResponse:
    page = Paginator(_found(request, hub), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Introductions"),
        "lead": _("Who asked to be introduced to whom, and what came of it."),
        "tabs": _tabs(request, hub),
        "page": page,
        "rows": [(row, *_shown(row)) for row in page.object_list],
        "headings": [
            Heading(_("Who and whom")),
            Heading(_("City")),
            Heading(_("Asked on")),
            Heading(_("State")),
            Heading(_("What came of it")),
        ],
        "exports": tables(reverse("introductions:office", args=[hub.slug])),
    }
    return office_page(request, hub, "introductions/office/table.html", context)


@office_view(MAY)
@require_safe
def export(request: HttpRequest, hub: Hub, extension: str) -> HttpResponseBase:
    rows = _found(request, hub).iterator(500)
    page = absolute_url(reverse("introductions:office", args=[hub.slug]))
    return table_response(
        extension, rows, listing.COLUMNS, "introductions", title=_("Introductions"), url=page
    )


@office_view(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, hub: Hub) -> HttpResponse:
    """The office asks both. `?first=` and `?second=` come from the radar."""
    initial = {name: request.GET.get(name, "")[:300] for name in ("first", "second")}
    form = BrokerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.broker(by=cast(User, request.user), hub=hub, **form.cleaned_data)
        except ValidationError as error:
            put_into(form, error)
        else:
            messages.success(request, _("Both are asked by mail. You see their answers here."))
            return redirect("introductions:office_introduction", hub.slug, made.public_id)
    back = reverse("introductions:office", args=[hub.slug])
    context = {
        "heading": _("Ask both for an introduction"),
        "lead": _(
            "Both get a mail in the name of the office. Nobody’s address is shown before both have agreed."
        ),
        "crumbs": [Crumb(_("Introductions"), back)],
        "form": form,
        "submit": _("Ask both"),
        "cancel_url": back,
    }
    return office_page(request, hub, "introductions/office/new.html", context)


@office_view(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def introduction(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponse:
    """One, with what can be done now: remind, withdraw, note what came of it."""
    found = get_object_or_404(Introduction.objects.of_hub(hub).with_sides(), public_id=public_id)
    form = OutcomeForm(
        request.POST if request.POST.get("act") == "outcome" else None,
        initial={"outcome": found.outcome, "note": found.outcome_note},
    )
    if request.method == "POST" and _act(request, found, form):
        return redirect(request.path)
    context = {
        "heading": " · ".join(side.title for side in found.sides.all()),
        "kicker": telling.state(found),
        "crumbs": [Crumb(_("Introductions"), reverse("introductions:office", args=[hub.slug]))],
        "introduction": found,
        "sides": [(side, telling.page_of(side)) for side in found.sides.all()],
        "tone": telling.TONES[State(found.state)],
        "state": telling.state(found),
        "outcome": telling.outcome(found),
        "form": form,
        "is_open": found.is_open,
    }
    return office_page(request, hub, "introductions/office/introduction.html", context)


def _act(request: HttpRequest, found: Introduction, form: forms.Form) -> bool:
    """Whether it is over, for better or worse; False where the form must be looked at again."""
    act, by = request.POST.get("act", ""), cast(User, request.user)
    said: dict[str, Any] = {}
    if act == "outcome":
        if not form.is_valid():
            return False
        said = {"outcome": Outcome(form.cleaned_data["outcome"]), "note": form.cleaned_data["note"]}
    try:
        if act == "remind":
            actions.remind(by=by, introduction=found)
            messages.success(request, _("Who has not answered was reminded."))
        elif act == "withdraw":
            actions.withdraw(by=by, introduction=found)
            messages.success(request, _("Withdrawn. Nobody has to answer any more."))
        elif act == "outcome":
            actions.say_outcome(by=by, introduction=found, **said)
            messages.success(request, _("Saved."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return True


def _found(request: HttpRequest, hub: Hub) -> QuerySet[Introduction]:
    rows = Introduction.objects.of_hub(hub).with_sides()
    state, outcome = request.GET.get("state", ""), request.GET.get("outcome", "")
    if state == "open":
        rows = rows.open()
    elif state in State:
        rows = rows.filter(state=state)
    return rows.filter(outcome=outcome) if outcome in Outcome else rows


def _shown(row: Introduction) -> tuple[str, str, str, str, str]:
    """(who, cities, tone, state, outcome)."""
    sides = list(row.sides.all())
    cities = dict.fromkeys(side.hub.name for side in sides if side.hub)
    return (
        " · ".join(side.title for side in sides),
        ", ".join(cities),
        telling.TONES[State(row.state)],
        telling.state(row),
        telling.outcome(row),
    )


def _tabs(request: HttpRequest, hub: Hub) -> list[Tab]:
    """By state, with counts. One query."""
    rows = Introduction.objects.of_hub(hub).order_by()
    counted = dict(rows.values_list("state").annotate(n=Count("pk")))
    now = request.GET.get("state", "")
    tabs = [
        Tab(_("All"), "?", current=not now, count=sum(counted.values())),
        Tab(
            _("Open"), "?state=open", current=now == "open", count=sum(counted.get(each, 0) for each in OPEN)
        ),
    ]
    for state in State:
        if state not in OPEN and (counted.get(state) or now == state):
            label = str(state.label)
            tabs.append(
                Tab(
                    label[:1].upper() + label[1:],
                    f"?state={state}",
                    current=now == state,
                    count=counted.get(state, 0),
                )
            )
    return tabs
