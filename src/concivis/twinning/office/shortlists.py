"""The office's shortlists of candidates for a partnership."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from concivis.accounts.models import User
from concivis.hubs import policies
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.places.models import Place
from concivis.shell import parts
from concivis.shell.exports import Column, sheet_response
from concivis.twinning.actions import shortlists as actions
from concivis.twinning.models import Candidate, Shortlist
from concivis.twinning.office.finder import city_of
from concivis.twinning.policies import KEEP

REMOVED = "removed_candidate"  # in the session: what can be put back

COLUMNS: list[Column[Candidate]] = [
    Column("place", gettext_lazy("place"), lambda row: row.place.name),
    Column("place_id", gettext_lazy("identifier of the place"), lambda row: row.place.public_id),
    Column("region", gettext_lazy("region"), lambda row: row.place.region.name if row.place.region else ""),
    Column("country", gettext_lazy("country, ISO 3166-1"), lambda row: row.place.country_id),
    Column("population", gettext_lazy("people"), lambda row: row.place.population),
    Column("note", gettext_lazy("note"), lambda row: row.note),
    Column("added", gettext_lazy("added"), lambda row: row.added_at),
]


class NameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the list"), max_length=120)


class NoteForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


@office_view(Permission.VIEW_OFFICE)
@require_http_methods(["GET", "POST"])
def shortlists(request: HttpRequest, hub: Hub) -> HttpResponse:
    form = NameForm(request.POST or None)
    if request.method == "POST":
        policies.require(request.user, KEEP, hub)
        if form.is_valid():
            try:
                made = actions.create_shortlist(by=_user(request), hub=hub, name=form.cleaned_data["name"])
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return redirect("twinning:office_shortlist", hub.slug, made.pk)
    context = {
        "heading": _("Shortlists"),
        "crumbs": [parts.Crumb(_("Partner finder"), reverse("twinning:office_finder", args=[hub.slug]))],
        "form": form,
        "lists": list(hub.shortlists.annotate(count=Count("candidates"))),
        "finder_url": reverse("twinning:office_finder", args=[hub.slug]),
    }
    return office_page(request, hub, "twinning/office/shortlists.html", context)


@office_view(Permission.VIEW_OFFICE)
@require_GET
def shortlist(request: HttpRequest, hub: Hub, pk: int) -> HttpResponse:
    from concivis.twinning import candidates

    shown = get_object_or_404(hub.shortlists, pk=pk)
    city, ties = city_of(hub), candidates.ties_of(hub)
    rows = [
        {
            "candidate": each,
            "kilometres": candidates.kilometres(city, each.place),
            "tie": ties.get(each.place_id),
            "form": NoteForm(initial={"note": each.note}, prefix=str(each.pk)),
        }
        for each in _candidates(shown)
    ]
    removed = request.session.get(REMOVED) or {}
    context = {
        "heading": shown.name,
        "crumbs": [parts.Crumb(_("Shortlists"), reverse("twinning:office_shortlists", args=[hub.slug]))],
        "shortlist": shown,
        "rows": rows,
        "exports": parts.sheets(request.path),
        "rename_form": NameForm(initial={"name": shown.name}),
        "removed": removed if removed.get("list") == shown.pk else None,
        "finder_url": reverse("twinning:office_finder", args=[hub.slug]),
        "compare_url": reverse("twinning:office_finder_compare", args=[hub.slug]),
    }
    return office_page(request, hub, "twinning/office/shortlist.html", context)


@office_view(Permission.VIEW_OFFICE)
@require_GET
def export(request: HttpRequest, hub: Hub, pk: int, extension: str) -> HttpResponseBase:
    shown = get_object_or_404(hub.shortlists, pk=pk)
    return sheet_response(extension, _candidates(shown), COLUMNS, slugify(shown.name) or str(shown.pk))


@office_view(KEEP)
@require_POST
def rename(request: HttpRequest, hub: Hub, pk: int) -> HttpResponse:
    shown = get_object_or_404(hub.shortlists, pk=pk)
    name = request.POST.get("name", "").replace("\0", "")[:120]
    try:
        actions.rename_shortlist(by=_user(request), shortlist=shown, name=name)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The list has a new name."))
    return redirect("twinning:office_shortlist", hub.slug, pk)


@office_view(KEEP)
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, hub: Hub, pk: int) -> HttpResponse:
    shown = get_object_or_404(hub.shortlists, pk=pk)
    if request.method == "POST":
        actions.delete_shortlist(by=_user(request), shortlist=shown)
        messages.success(request, _("The list “{name}” is deleted.").format(name=shown.name))
        return redirect("twinning:office_shortlists", hub.slug)
    context = {
        "heading": _("Delete the list “{name}”?").format(name=shown.name),
        "text": _("Its candidates and notes are lost. Letters and enquiries stay."),
        "submit": _("Delete"),
        "danger": True,
        "cancel_url": reverse("twinning:office_shortlist", args=[hub.slug, pk]),
    }
    return office_page(request, hub, "shell/confirm.html", context)


@office_view(KEEP)
@require_POST
def add(request: HttpRequest, hub: Hub) -> HttpResponse:
    """Puts `place` on the list `shortlist`; on a first list where the office has none yet."""
    asked = request.POST.get("place", "")
    place = get_object_or_404(Place, public_id=asked if asked.isalnum() else "")
    try:
        chosen = _chosen_list(request, hub)
        actions.add_candidate(by=_user(request), shortlist=chosen, place=place)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("twinning:office_finder", hub.slug)
    text = _("{place} is on the list “{name}”.")
    messages.success(request, text.format(place=place.name, name=chosen.name))
    return redirect(_back(request, hub) or reverse("twinning:office_shortlist", args=[hub.slug, chosen.pk]))


def _chosen_list(request: HttpRequest, hub: Hub) -> Shortlist:
    asked = request.POST.get("shortlist", "")
    if asked:
        is_number = asked.isascii() and asked.isdigit() and len(asked) < 18
        return get_object_or_404(hub.shortlists, pk=int(asked) if is_number else 0)
    first = hub.shortlists.first()
    return first or actions.create_shortlist(by=_user(request), hub=hub, name=_("Candidates"))


def _back(request: HttpRequest, hub: Hub) -> str:
    """To the finder with the filters it had; only ever to that page."""
    query = request.POST.get("query", "")[:500]
    return f"{reverse('twinning:office_finder', args=[hub.slug])}?{query}" if "query" in request.POST else ""


@office_view(KEEP)
@require_POST
def note(request: HttpRequest, hub: Hub, pk: int) -> HttpResponse:
    candidate = _candidate(hub, pk)
    form = NoteForm(request.POST, prefix=str(pk))
    if form.is_valid():
        actions.note_candidate(by=_user(request), candidate=candidate, note=form.cleaned_data["note"])
        messages.success(request, _("The note on {place} is kept.").format(place=candidate.place.name))
    else:
        messages.error(request, _("A note has at most 2,000 characters."))
    return redirect("twinning:office_shortlist", hub.slug, candidate.shortlist_id)


@office_view(KEEP)
@require_POST
def remove(request: HttpRequest, hub: Hub, pk: int) -> HttpResponse:
    """Takes a candidate off; the next page offers to put it back."""
    candidate = _candidate(hub, pk)
    actions.remove_candidate(by=_user(request), candidate=candidate)
    request.session[REMOVED] = {
        "list": candidate.shortlist_id,
        "place": candidate.place.public_id,
        "name": candidate.place.name,
        "note": candidate.note,
    }
    return redirect("twinning:office_shortlist", hub.slug, candidate.shortlist_id)


@office_view(KEEP)
@require_POST
def put_back(request: HttpRequest, hub: Hub, pk: int) -> HttpResponse:
    shown = get_object_or_404(hub.shortlists, pk=pk)
    removed: dict[str, Any] = request.session.pop(REMOVED, None) or {}
    if removed.get("list") == shown.pk:
        place = get_object_or_404(Place, public_id=removed["place"])
        actions.add_candidate(by=_user(request), shortlist=shown, place=place, note=removed["note"])
        messages.success(request, _("{place} is back on the list.").format(place=place.name))
    return redirect("twinning:office_shortlist", hub.slug, pk)


def _candidates(shown: Shortlist) -> list[Candidate]:
    return list(shown.candidates.select_related("place__country", "place__region"))


def _candidate(hub: Hub, pk: int) -> Candidate:
    among = Candidate.objects.select_related("place", "shortlist").filter(shortlist__hub=hub)
    return get_object_or_404(among, pk=pk)


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
