"""The views of the table that a member keeps: chips above the table, a page to rename and delete them."""

from dataclasses import dataclass
from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from concivis.accounts.models import User
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.shell.parts import Crumb
from concivis.twinning.actions import saved_filters as actions
from concivis.twinning.models import SavedFilter
from concivis.twinning.office.selection import TieSelection


class NameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the view"), max_length=80)


class KeepForm(NameForm):
    view = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)


@dataclass(frozen=True)
class ViewChip:
    name: str
    url: str
    current: bool


def chips(request: HttpRequest, hub: Hub, view: str) -> list[ViewChip]:
    """The member's kept views, `view` being the one on the screen. One query."""
    table = reverse("twinning:office_partnerships", args=[hub.slug])
    return [
        ViewChip(kept.name, f"{table}?{kept.query}", current=kept.query == view)
        for kept in _own(request, hub)
    ]


@office_view(Permission.VIEW_OFFICE)
@require_GET
def views(request: HttpRequest, hub: Hub) -> HttpResponse:
    return _page(request, hub)


@office_view(Permission.VIEW_OFFICE)
@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest, hub: Hub) -> HttpResponse:
    """Keeps `view` (a query string); what is none of the table's filters is left out of it."""
    form = KeepForm(request.POST or None, initial={"view": request.GET.get("view", "")})
    if request.method == "POST" and form.is_valid():
        selection = TieSelection(hub, QueryDict(form.cleaned_data["view"]))
        try:
            kept = actions.keep_view(
                by=cast(User, request.user), hub=hub, name=form.cleaned_data["name"], query=selection.view
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The view “%(name)s” is kept.") % {"name": kept.name})
            return redirect(f"{_table(hub)}?{kept.query}")
    context = {
        "heading": _("Keep this view"),
        "crumbs": _crumbs(hub),
        "form": form,
        "cancel_url": _table(hub),
    }
    return office_page(request, hub, "twinning/office/keep_view.html", context)


@office_view(Permission.VIEW_OFFICE)
@require_POST
def rename(request: HttpRequest, hub: Hub, pk: int) -> HttpResponse:
    view = get_object_or_404(_own(request, hub), pk=pk)
    form = NameForm(request.POST, prefix=str(pk))
    if form.is_valid():
        try:
            actions.rename_view(view=view, name=form.cleaned_data["name"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("twinning:office_views", hub.slug)
    return _page(request, hub, refused=(pk, form))


@office_view(Permission.VIEW_OFFICE)
@require_http_methods(["GET", "POST"])
def forget(request: HttpRequest, hub: Hub, pk: int) -> HttpResponse:
    view = get_object_or_404(_own(request, hub), pk=pk)
    if request.method == "POST":
        actions.forget_view(view=view)
        messages.success(request, _("The view is deleted."))
        return redirect("twinning:office_views", hub.slug)
    context = {
        "heading": _("Delete the view “%(name)s”?") % {"name": view.name},
        "text": _("Only the name and the filters are deleted; the partnerships stay."),
        "submit": _("Delete"),
        "danger": True,
        "cancel_url": reverse("twinning:office_views", args=[hub.slug]),
    }
    return office_page(request, hub, "shell/confirm.html", context)


def _page(request: HttpRequest, hub: Hub, refused: tuple[int, NameForm] | None = None) -> HttpResponse:
    kept = [
        (
            view,
            refused[1] if refused and refused[0] == view.pk else _name_form(view),
            f"{_table(hub)}?{view.query}",
        )
        for view in _own(request, hub)
    ]
    context = {"heading": _("Kept views"), "crumbs": _crumbs(hub), "kept": kept, "table_url": _table(hub)}
    return office_page(request, hub, "twinning/office/views.html", context)


def _name_form(view: SavedFilter) -> NameForm:
    return NameForm(initial={"name": view.name}, prefix=str(view.pk))


def _own(request: HttpRequest, hub: Hub) -> QuerySet[SavedFilter]:
    return SavedFilter.objects.filter(hub=hub, user=cast(User, request.user))


def _table(hub: Hub) -> str:
    return reverse("twinning:office_partnerships", args=[hub.slug])


def _crumbs(hub: Hub) -> list[Crumb]:
    return [Crumb(_("Partnerships"), _table(hub))]
