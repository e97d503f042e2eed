"""A new partnership, and what its keeper writes about it."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from concivis.accounts.models import User
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.shell.conflicts import EditConflict
from concivis.shell.parts import Crumb
from concivis.twinning import actions, queries
from concivis.twinning.access import Tie, tie_of, tie_view
from concivis.twinning.actions import editing
from concivis.twinning.actions.bulk import PRIVATE
from concivis.twinning.actions.partnerships import places_key
from concivis.twinning.drafts import SideDraft
from concivis.twinning.enums import PartnershipKind, PartnershipState
from concivis.twinning.models import Partnership
from concivis.twinning.office.tie_forms import EditForm, NewPartnershipForm
from concivis.twinning.office.workbench import address, workbench_page
from concivis.twinning.policies import KEEP


@office_view(KEEP)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, hub: Hub) -> HttpResponse:
    offered = "take_over" in request.POST
    form = NewPartnershipForm(request.POST or None, hub=hub, offered=offered, initial=_asked(request))
    known: Partnership | None = None
    if request.method == "POST" and form.is_valid():
        known = _known(form)
        if known and known.hub_id == hub.pk:
            messages.info(request, _("This office already keeps this partnership. Here it is."))
            return redirect("twinning:office_tie", hub.slug, known.public_id)
        if known and known.hub_id is None and not hub.is_published:
            form.add_error(None, PRIVATE)
        elif known and known.hub_id is None and not form.cleaned_data.get("take_over"):
            form.offer()
        else:
            made = _record(request, hub, form)
            if made:
                return redirect("twinning:office_tie", hub.slug, made.public_id)
    context = {
        "heading": _("A new partnership"),
        "crumbs": [Crumb(_("Partnerships"), reverse("twinning:office_partnerships", args=[hub.slug]))],
        "form": form,
        "known": known if known and known.hub_id is None else None,
        "back": reverse("twinning:office_partnerships", args=[hub.slug]),
    }
    return office_page(request, hub, "twinning/office/new.html", context)


def _asked(request: HttpRequest) -> dict[str, str]:
    """What a link may fill in: `?kind=&state=&place=` (the place's number as the finder has it)."""
    asked = {name: request.GET[name] for name in ("kind", "state", "place") if request.GET.get(name)}
    if not asked.get("place", "0").isdecimal():
        del asked["place"]
    return asked


def _known(form: NewPartnershipForm) -> Partnership | None:
    """The partnership of this kind between these places that there is already."""
    key = places_key(place.pk for place in form.cleaned_data["places"])
    found = Partnership.objects.filter(places_key=key, kind=form.cleaned_data["kind"])
    return queries.for_list(found.select_related("hub")).first()


def _record(request: HttpRequest, hub: Hub, form: NewPartnershipForm) -> Partnership | None:
    said = form.cleaned_data
    try:
        made = actions.record_partnership(
            by=cast(User, request.user),
            hub=hub,
            sides=[SideDraft(place=place.pk) for place in said["places"]],
            kind=PartnershipKind(said["kind"]),
            state=PartnershipState(said["state"]),
            fields=form.terms(),
            summary=said["summary"],
            language=form.written_in(),
            is_published=said["is_published"],
        )
    except ValidationError as error:
        form.add_error(None, error)
        return None
    messages.success(request, _("The partnership is recorded. Next: its dates, and the people."))
    return made


# --- editing -----------------------------------------------------------------------------------------------


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, tie: Tie) -> HttpResponse:
    taking = [name.removeprefix("take_") for name in request.POST if name.startswith("take_")]
    form = EditForm(request.POST or None, partnership=tie.partnership, hub=tie.hub, taking=taking)
    if request.method == "POST" and form.is_valid():
        try:
            changed = editing.edit_partnership(
                by=cast(User, request.user),
                partnership=tie.partnership,
                revision=form.cleaned_data["revision"],
                facts=form.facts(),
            )
        except EditConflict as conflict:
            form = _beside(tie, form, conflict)
        except ValidationError as error:
            _show(form, error)
        else:
            told = _("Saved: {facts}.").format(facts=editing.words_for(changed))
            messages.success(request, told if changed else _("Nothing was changed."))
            return redirect(address("office_tie", tie))
    context = {"form": form, "back": address("office_tie", tie)}
    return workbench_page(request, tie, "twinning/office/edit.html", context, tab="office_tie")


def _beside(tie: Tie, form: EditForm, conflict: EditConflict) -> EditForm:
    """The form again, with what this person wrote, and for each field that differs what is saved now."""
    now = tie_of(tie.hub, tie.partnership.public_id).partnership
    differing = form.differing(form.values_of(now, tie.hub))
    data = cast(QueryDict, form.data).copy()
    data["revision"] = str(conflict.revision)  # saving once more is a choice, made knowing theirs
    for name in differing:
        data[f"take_{name}"] = "mine"
    again = EditForm(data, partnership=now, hub=tie.hub, taking=differing)
    again.add_error(None, conflict)
    return again


def _show(form: Form, error: ValidationError) -> None:
    """Beside the field it is about, where the form has such a field."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, words in by_field.items():
        for sentence in words:
            form.add_error(name if name in form.fields else None, sentence)
