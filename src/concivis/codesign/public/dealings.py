"""Messages and expenses of a connector."""

from django.contrib import messages as toasts
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concivis.codesign import queries, telling
from concivis.codesign.actions import expenses, messages
from concivis.codesign.forms.own import ExpenseForm, MessageForm
from concivis.codesign.models import Expense
from concivis.codesign.public.doors import Opened, connector_view, own_page, working_view
from concivis.codesign.threads import told
from concivis.hubs.models import today_in
from concivis.shell.refusals import attempt, fill

LOOK_OR_SAY = ["GET", "HEAD", "POST"]
PER_PAGE = 20


@require_http_methods(LOOK_OR_SAY)
@connector_view
def thread(request: HttpRequest, opened: Opened) -> HttpResponse:
    connector = opened.connector
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if fill(form, lambda: messages.write_to_office(connector=connector, text=text)):
            toasts.success(request, _("Your message is with the office."))
            return redirect(opened.address("own_messages"))
    lines = told(connector)
    context = {
        "heading": _("Messages"),
        "lines": lines,
        "unread": any(line.is_new_to_connector for line in lines),
        "form": form,
        "answer_days": queries.rules_of(connector.hub).answer_days,
    }
    return own_page(request, opened, "codesign/own/messages.html", context)


@require_POST
@connector_view
def read(request: HttpRequest, opened: Opened) -> HttpResponse:
    attempt(
        request,
        lambda: messages.read_by_connector(connector=opened.connector),
        _("The office sees that you have read it."),
    )
    return redirect(opened.address("own_messages"))


@require_http_methods(LOOK_OR_SAY)
@connector_view
def own_expenses(request: HttpRequest, opened: Opened) -> HttpResponse:
    connector = opened.connector
    form = ExpenseForm(request.POST or None, request.FILES or None, initial={"date": today_in(connector.hub)})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if fill(form, lambda: expenses.enter_expense(connector=connector, **said)):
            toasts.success(request, _("Entered. You get a mail when the office has decided."))
            return redirect(opened.address("own_expenses"))
    page = Paginator(connector.expenses.all(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Expenses"),
        "page": page,
        "rows": [(each, telling.EXPENSE_TONES[each.state]) for each in page.object_list],
        "form": form,
    }
    return own_page(request, opened, "codesign/own/expenses.html", context)


@require_POST
@working_view
def withdraw_expense(request: HttpRequest, opened: Opened, public_id: str) -> HttpResponse:
    expense = get_object_or_404(opened.connector.expenses, public_id=public_id)
    attempt(request, lambda: expenses.withdraw_expense(expense=expense), _("The expense is taken back."))
    return redirect(opened.address("own_expenses"))


@require_safe
@connector_view
def receipt(request: HttpRequest, opened: Opened, public_id: str) -> HttpResponseBase:
    return receipt_file(get_object_or_404(opened.connector.expenses, public_id=public_id))


def receipt_file(expense: Expense) -> HttpResponseBase:
    """To download, never to show: what people upload is not run in our name."""
    if not expense.receipt:
        raise Http404
    return FileResponse(
        expense.receipt.open("rb"),
        as_attachment=True,
        filename=expense.receipt_name,
        content_type=expense.media_type,
    )
