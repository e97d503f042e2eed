"""Messages with connectors, their expenses, and the office's rules."""

from typing import cast

from django.contrib import messages as toasts
from django.core.paginator import Paginator
from django.db.models import QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concivis.accounts.models import User
from concivis.codesign import listing, queries, telling
from concivis.codesign.actions import expenses, messages, rules
from concivis.codesign.enums import ExpenseState
from concivis.codesign.forms.own import MessageForm
from concivis.codesign.forms.roster import ExpenseFilter, RefuseForm, RulesForm
from concivis.codesign.models import Connector, Expense
from concivis.codesign.office.doors import (
    LOOK_OR_SAY,
    PER_PAGE,
    address,
    connector_view,
    form_page,
    section_page,
)
from concivis.codesign.policies import WORK
from concivis.codesign.public.dealings import receipt_file
from concivis.codesign.threads import new_to, told
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.shell import parts
from concivis.shell.exports import sheet_response
from concivis.shell.parts import Crumb, Heading
from concivis.shell.refusals import attempt, fill

AT_ONCE = 500


@office_view(WORK)
@require_safe
def threads(request: HttpRequest, hub: Hub) -> HttpResponse:
    """Who waits for an answer first."""
    page = Paginator(queries.threads(hub), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": page.object_list, "answer_days": queries.rules_of(hub).answer_days}
    return section_page(request, hub, "codesign/office/threads.html", context, tab="office_threads")


@connector_view
@require_http_methods(LOOK_OR_SAY)
def thread(request: HttpRequest, connector: Connector) -> HttpResponse:
    form = MessageForm(request.POST or None)
    by = cast(User, request.user)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if fill(form, lambda: messages.write_to_connector(by=by, connector=connector, text=text)):
            toasts.success(request, _("Sent. They get a mail that there is a message."))
            return redirect(address("office_thread", connector))
    lines = told(connector)
    hub = connector.hub
    context = {
        "heading": _("Messages with %(name)s") % {"name": connector},
        "crumbs": [
            Crumb(_("Co-design"), reverse("codesign:office", args=[hub.slug])),
            Crumb(_("Messages"), reverse("codesign:office_threads", args=[hub.slug])),
        ],
        "connector": connector,
        "lines": lines,
        "unread": new_to(lines, by.pk),
        "waits": any(line.waits for line in lines),
        "form": form,
    }
    return office_page(request, hub, "codesign/office/thread.html", context)


@connector_view
@require_POST
def read(request: HttpRequest, connector: Connector) -> HttpResponse:
    """Read; or read, and to be answered no more."""
    by = cast(User, request.user)
    attempt(
        request,
        lambda: messages.read_by_office(by=by, connector=connector),
        _("They see that you have read it."),
    )
    if "settle" in request.POST:
        messages.settle(by=by, connector=connector)
    return redirect(address("office_thread", connector))


# --- expenses ----------------------------------------------------------------------------------------------


@office_view(WORK)
@require_safe
def expense_table(request: HttpRequest, hub: Hub) -> HttpResponse:
    form, rows = _expenses(request, hub)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    owed = (
        rows.filter(state=ExpenseState.APPROVED)
        .order_by()
        .values_list("currency")
        .annotate(sum=Sum("amount"))
    )
    context = {
        "form": form,
        "chips": parts.chips(form, request.GET),
        "page": page,
        "rows": [(row, telling.EXPENSE_TONES[row.state]) for row in page.object_list],
        "owed": list(owed),
        "headings": [
            Heading(_("What for")),
            Heading(_("Connector")),
            Heading(_("Day")),
            Heading(_("Amount"), numeric=True),
            Heading(_("State")),
            Heading(_("What to do"), unseen=True),
        ],
        "exports": parts.sheets(reverse("codesign:office_expenses", args=[hub.slug])),
    }
    return section_page(request, hub, "codesign/office/expenses.html", context, tab="office_expenses")


@office_view(WORK)
@require_safe
def expense_export(request: HttpRequest, hub: Hub, extension: str) -> HttpResponseBase:
    _form, rows = _expenses(request, hub)
    return sheet_response(extension, rows.iterator(AT_ONCE), listing.EXPENSES, "expenses")


@office_view(WORK)
@require_safe
def receipt(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponseBase:
    return receipt_file(_expense(hub, public_id))


@office_view(WORK)
@require_POST
def decide(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponse:
    expense, by = _expense(hub, public_id), cast(User, request.user)
    to = request.POST.get("to", "")
    if to == "approve":
        attempt(request, lambda: expenses.approve(by=by, expense=expense), _("Approved; they get a mail."))
    elif to == "pay":
        attempt(request, lambda: expenses.pay(by=by, expense=expense), _("Paid; they get a mail."))
    else:
        raise Http404
    return redirect("codesign:office_expenses", hub.slug)


@office_view(WORK)
@require_http_methods(LOOK_OR_SAY)
def refuse(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponse:
    expense, form = _expense(hub, public_id), RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, reason = cast(User, request.user), form.cleaned_data["reason"]
        if fill(form, lambda: expenses.refuse(by=by, expense=expense, reason=reason)):
            toasts.success(request, _("Refused; they get a mail with the reason."))
            return redirect("codesign:office_expenses", hub.slug)
    return form_page(
        request,
        hub,
        form,
        heading=_("Refuse “%(what)s”?") % {"what": expense.what},
        submit=_("Refuse it"),
        cancel_url=reverse("codesign:office_expenses", args=[hub.slug]),
    )


def _expenses(request: HttpRequest, hub: Hub) -> tuple[ExpenseFilter, QuerySet[Expense]]:
    form = ExpenseFilter(request.GET or None)
    rows = Expense.objects.filter(connector__hub=hub).select_related("connector")
    state = form.cleaned_data.get("state") if form.is_valid() else ""
    return form, rows.filter(state=state) if state else rows


def _expense(hub: Hub, public_id: str) -> Expense:
    return get_object_or_404(
        Expense.objects.select_related("connector__hub"), connector__hub=hub, public_id=public_id
    )


# --- rules -------------------------------------------------------------------------------------------------


@office_view(WORK)
@require_http_methods(LOOK_OR_SAY)
def rules_page(request: HttpRequest, hub: Hub) -> HttpResponse:
    form = RulesForm.of(queries.rules_of(hub), request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, said = cast(User, request.user), form.cleaned_data
        if fill(form, lambda: rules.set_rules(by=by, hub=hub, **said)):
            toasts.success(request, _("Saved."))
            return redirect("codesign:office_rules", hub.slug)
    status = 422 if form.is_bound and form.errors else 200
    return section_page(
        request, hub, "codesign/office/rules.html", {"form": form}, tab="office_rules", status=status
    )
