"""One action on many partnerships: first a page that says what will happen, then the deed, then a way back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from concivis.accounts.models import User
from concivis.hubs import policies
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.shell.parts import Crumb
from concivis.twinning import queries
from concivis.twinning.actions import bulk as actions
from concivis.twinning.actions.bulk import Bulk, Outcome, Plan
from concivis.twinning.models import Partnership
from concivis.twinning.office import bulk_words, ties
from concivis.twinning.office.bulk_forms import FieldsForm
from concivis.twinning.office.selection import TieSelection
from concivis.twinning.office.table_formats import in_format
from concivis.twinning.policies import KEEP

EXPORT = "export"
MATCHING = "matching"  # `?on=matching`: all of the view, not only the ticked
INVERSE: Mapping[Bulk, Bulk] = {Bulk.PUBLISH: Bulk.UNPUBLISH, Bulk.UNPUBLISH: Bulk.PUBLISH}


@dataclass(frozen=True)
class Chosen:
    """`public_ids` as one line: a form holds only so many fields."""

    public_ids: Sequence[str]

    @property
    def line(self) -> str:
        return " ".join(self.public_ids)


@office_view(Permission.VIEW_OFFICE)
@require_http_methods(["GET", "POST"])
def bulk(request: HttpRequest, hub: Hub) -> HttpResponseBase:
    """GET: `?do=&chosen=a&chosen=b`, or `?do=&on=matching&view=`, shows what will happen. POST does it."""
    if request.GET.get("do") == EXPORT and request.method == "GET":
        return _export(request, hub)
    policies.require(request.user, KEEP, hub)
    action = _action(request)
    chosen = _chosen(request, hub)
    try:
        plan = actions.plan(action, hub=hub, chosen=chosen.public_ids)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("twinning:office_partnerships", hub.slug)
    form = FieldsForm(request.POST or None) if action == Bulk.FIELDS else None
    if request.method == "POST" and (form is None or form.is_valid()):
        return _do(request, hub, action, plan, form)
    return _ask(request, hub, action, plan, form)


@office_view(KEEP)
@require_GET
def done(request: HttpRequest, hub: Hub) -> HttpResponse:
    """What was done, with a way back where there is one: `?do=&chosen=a+b`."""
    action = _action(request)
    chosen = _chosen(request, hub)
    inverse = INVERSE.get(action)
    context = {
        "heading": _("Done"),
        "crumbs": _crumbs(hub),
        "text": bulk_words.done(action, len(chosen.public_ids)),
        "inverse": inverse,
        "inverse_label": bulk_words.LABELS[inverse] if inverse else "",
        "chosen": chosen,
    }
    return office_page(request, hub, "twinning/office/bulk_done.html", context)


def _ask(request: HttpRequest, hub: Hub, action: Bulk, plan: Plan, form: FieldsForm | None) -> HttpResponse:
    context = {
        "heading": bulk_words.question(action, len(plan.able)),
        "crumbs": _crumbs(hub),
        "action": action,
        "text": bulk_words.consequence(action),
        "able": _titles(hub, plan.able),
        "left_out": [(why, _titles(hub, some)) for why, some in plan.left_out.items()],
        "chosen": Chosen([tie.public_id for tie in plan.able]),
        "form": form,
        "submit": bulk_words.LABELS[action],
    }
    return office_page(request, hub, "twinning/office/bulk.html", context)


def _do(request: HttpRequest, hub: Hub, action: Bulk, plan: Plan, form: FieldsForm | None) -> HttpResponse:
    by = cast(User, request.user)
    if form is not None:
        outcome = actions.change_fields(by=by, hub=hub, partnerships=plan.able, **form.changes())
    else:
        outcome = DEEDS[action](by=by, hub=hub, partnerships=plan.able)
    for why, some in outcome.failed.items():
        messages.warning(request, f"{', '.join(_titles(hub, some))}: {why}")
    if not outcome.done:
        messages.info(request, _("Nothing was changed."))
        return redirect("twinning:office_partnerships", hub.slug)
    messages.success(request, bulk_words.done(action, len(outcome.done)))
    if action not in INVERSE:
        return redirect("twinning:office_partnerships", hub.slug)
    query = QueryDict(mutable=True)
    query.update({"do": action.value, "chosen": " ".join(tie.public_id for tie in outcome.done)})
    return redirect(f"{reverse('twinning:office_bulk_done', args=[hub.slug])}?{query.urlencode()}")


DEEDS: Mapping[Bulk, Callable[..., Outcome]] = {
    Bulk.PUBLISH: actions.publish,
    Bulk.UNPUBLISH: actions.unpublish,
    Bulk.ADOPT: actions.adopt,
    Bulk.ASK: actions.ask,
    Bulk.JOURNEY: actions.start_journeys,
}


def _export(request: HttpRequest, hub: Hub) -> HttpResponseBase:
    found = queries.in_office(hub).filter(public_id__in=_chosen(request, hub).public_ids)
    rows = ties.streamed(ties.ordered(ties.with_columns(found, hub), ties.DEFAULT_SORT), hub)
    return in_format("csv", rows, hub, {})


def _action(request: HttpRequest) -> Bulk:
    asked = request.POST.get("do") or request.GET.get("do") or ""
    if asked not in list(Bulk):
        raise Http404
    return Bulk(asked)


def _chosen(request: HttpRequest, hub: Hub) -> Chosen:
    """The partnerships that the request names, of which the office may see only its own."""
    if request.method == "POST":
        return Chosen(request.POST.get("chosen", "").split())
    if request.GET.get("on") == MATCHING:
        view = TieSelection(hub, QueryDict(request.GET.get("view", "")))
        return Chosen(list(view.ordered.values_list("public_id", flat=True)))
    return Chosen(" ".join(request.GET.getlist("chosen")).split())


def _titles(hub: Hub, some: Sequence[Partnership]) -> list[str]:
    return [
        " – ".join(side.place.name for side in tie.sides.all() if side.place_id != hub.place_id)
        for tie in some
    ]


def _crumbs(hub: Hub) -> list[Any]:
    return [Crumb(_("Partnerships"), reverse("twinning:office_partnerships", args=[hub.slug]))]
