"""What a newsletter tells: chosen, ordered, rewritten."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from concivis.accounts.models import User
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.newsletter.actions import issues as actions
from concivis.newsletter.forms import ItemForm
from concivis.newsletter.models import Issue
from concivis.newsletter.office.doors import address, crumbs, issue_of, item_of, say
from concivis.newsletter.office.issues import chosen_language


@office_view(Permission.SEND_NEWSLETTER)
@require_POST
def arrange(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponse:
    """`place-<id>`: a number by which the items are ordered; `told`: those that are in; `up`, `down`: one of them."""
    issue = issue_of(hub, public_id)
    try:
        actions.arrange(
            by=cast(User, request.user),
            issue=issue,
            revision=_number(request.POST.get("revision")) or 0,
            order=_order(issue, request.POST),
            included=[pk for each in request.POST.getlist("told") if (pk := _number(each)) is not None],
        )
    except ValidationError as error:
        say(request, error)
    else:
        messages.success(request, _("Saved."))
    return redirect(f"{address(issue)}?language={chosen_language(request, hub)}#items")


def _order(issue: Issue, sent: QueryDict) -> list[int]:
    """The ids in the order wanted; what has no number keeps its place."""
    ids = list(issue.items.values_list("pk", flat=True))
    places = {pk: (_number(sent.get(f"place-{pk}")) or rank, rank) for rank, pk in enumerate(ids, 1)}
    ordered = sorted(ids, key=lambda pk: places[pk])
    for name, step in (("up", -1), ("down", 1)):
        moved = _number(sent.get(name))
        if moved in ids:
            old = ordered.index(moved)
            ordered.insert(max(0, old + step), ordered.pop(old))
    return ordered


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


@office_view(Permission.SEND_NEWSLETTER)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponse:
    issue, language = issue_of(hub, public_id), chosen_language(request, hub)
    form = ItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_item(by=cast(User, request.user), issue=issue, language=language, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(f"{address(issue)}?language={language}#items")
    return _form_page(request, issue, form, _("Write something of your own"), language)


@office_view(Permission.SEND_NEWSLETTER)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, hub: Hub, public_id: str, pk: int) -> HttpResponse:
    issue, language = issue_of(hub, public_id), chosen_language(request, hub)
    item = item_of(issue, pk)
    text = next((each for each in item.texts.all() if each.language == language), None)
    form = ItemForm(
        request.POST or None, initial={"heading": text.heading, "text": text.text} if text else None
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_item(by=cast(User, request.user), item=item, language=language, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(f"{address(issue)}?language={language}#items")
    return _form_page(request, issue, form, _("Change the words"), language)


@office_view(Permission.SEND_NEWSLETTER)
@require_POST
def remove(request: HttpRequest, hub: Hub, public_id: str, pk: int) -> HttpResponse:
    issue = issue_of(hub, public_id)
    try:
        actions.remove_item(by=cast(User, request.user), item=item_of(issue, pk))
    except ValidationError as error:
        say(request, error)
    return redirect(f"{address(issue)}?language={chosen_language(request, hub)}#items")


def _form_page(
    request: HttpRequest, issue: Issue, form: ItemForm, heading: str, language: str
) -> HttpResponse:
    context = {
        "heading": heading,
        "crumbs": crumbs(issue.hub, issue),
        "form": form,
        "submit": _("Save"),
        "cancel_url": f"{address(issue)}?language={language}#items",
    }
    return office_page(request, issue.hub, "newsletter/office/form.html", context)
