"""The ties of an organisation abroad, its networks, and its texts in further languages."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from concivis.accounts.models import User
from concivis.directory import actions, telling
from concivis.directory.forms.small import TranslationForm
from concivis.directory.forms.ties import LeaveForm, NetworkForm, TieForm
from concivis.directory.models import Organisation
from concivis.directory.office.access import address, confirm_page, entry_view, form_page, saved
from concivis.directory.policies import EDIT
from concivis.hubs.models import Hub, today_in
from concivis.shell.content import Origin
from concivis.shell.refusals import fill
from concivis.shell.templatetags.shell import language_name


@entry_view(EDIT)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, hub: Hub, organisation: Organisation) -> HttpResponse:
    form, by = TieForm(request.POST or None), cast(User, request.user)
    if saved(
        request,
        form,
        lambda: actions.add_tie(by=by, organisation=organisation, facts=form.facts()),
        lambda: _("Noted."),
    ):
        return redirect(address(hub, organisation))
    return form_page(request, hub, organisation, form, _("A tie abroad"), lead=tie_lead())


def tie_lead() -> str:
    return _(
        "Where its members come from, where it has a project or a partner. The finder and the radar read it: "
        "“forty families from this town live with you”."
    )


@entry_view(EDIT)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, hub: Hub, organisation: Organisation, pk: int) -> HttpResponse:
    tie = get_object_or_404(organisation.ties.select_related("organisation__hub"), pk=pk)
    form, by = TieForm(request.POST or None, initial=TieForm.initial_of(tie)), cast(User, request.user)
    if saved(
        request, form, lambda: actions.change_tie(by=by, tie=tie, facts=form.facts()), lambda: _("Saved.")
    ):
        return redirect(address(hub, organisation))
    return form_page(request, hub, organisation, form, _("A tie abroad"), lead=tie_lead())


@entry_view(EDIT)
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, hub: Hub, organisation: Organisation, pk: int) -> HttpResponse:
    tie = get_object_or_404(organisation.ties.select_related("organisation__hub", "place"), pk=pk)
    if request.method == "POST":
        actions.remove_tie(by=cast(User, request.user), tie=tie)
        messages.success(request, _("Taken out."))
        return redirect(address(hub, organisation))
    heading = _("Take out the tie to {where}?").format(where=telling.tie(tie).where)
    return confirm_page(request, hub, organisation, heading, _("It can be entered again."), _("Take it out"))


# --- networks ----------------------------------------------------------------------------------------------


@entry_view(EDIT)
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, hub: Hub, organisation: Organisation) -> HttpResponse:
    form = NetworkForm(request.POST or None, organisation=organisation, hub=hub)
    by = cast(User, request.user)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if fill(form, lambda: actions.join_network(by=by, member=organisation, **said)):
            messages.success(request, _("Noted."))
            return redirect(address(hub, organisation))
    lead = _(
        "A network is an entry of the directory of the kind “network”. Where you keep none, all entries are offered."
    )
    return form_page(request, hub, organisation, form, _("Member of a network"), lead=lead)


@entry_view(EDIT)
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, hub: Hub, organisation: Organisation, pk: int) -> HttpResponse:
    membership = get_object_or_404(
        organisation.networks.select_related("network", "member__hub"), pk=pk, until=None
    )
    form, by = LeaveForm(request.POST or None, initial={"until": today_in(hub)}), cast(User, request.user)
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"]
        if fill(form, lambda: actions.leave_network(by=by, membership=membership, until=until)):
            messages.success(request, _("Noted."))
            return redirect(address(hub, organisation))
    heading = _("Left the network {name}").format(name=membership.network.name)
    return form_page(request, hub, organisation, form, heading)


@entry_view(EDIT)
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, hub: Hub, organisation: Organisation, pk: int) -> HttpResponse:
    membership = get_object_or_404(organisation.networks.select_related("network", "member__hub"), pk=pk)
    if request.method == "POST":
        actions.remove_membership(by=cast(User, request.user), membership=membership)
        messages.success(request, _("Taken out."))
        return redirect(address(hub, organisation))
    heading = _("Take out the membership in {name}?").format(name=membership.network.name)
    text = _(
        "For what was entered by mistake. If it has left, note the last day instead: it stays in the history."
    )
    return confirm_page(request, hub, organisation, heading, text, _("Take it out"))


# --- translations ------------------------------------------------------------------------------------------


@entry_view(EDIT)
@require_http_methods(["GET", "POST"])
def translate(request: HttpRequest, hub: Hub, organisation: Organisation) -> HttpResponse:
    """`?language=` chooses the one to begin with. All fields empty take a translation out."""
    asked = request.GET.get("language", "")
    row = organisation.translations.filter(language=asked).first()
    initial = {name: getattr(row, name) for name in organisation.TRANSLATED} if row else {}
    first = {"language": asked, "origin": row.origin if row else Origin.HUMAN, **initial}
    form, by = TranslationForm(request.POST or None, initial=first), cast(User, request.user)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        language, origin = said.pop("language"), Origin(said.pop("origin"))
        if fill(form, lambda: actions.translate_organisation(
            by=by, organisation=organisation, language=language, origin=origin, texts=said
        )):  # fmt: skip
            messages.success(request, _("Saved: {language}.").format(language=language_name(language)))
            return redirect(address(hub, organisation))
    return form_page(
        request,
        hub,
        organisation,
        form,
        _("What it says of itself, in another language"),
        original=organisation.source_texts(),
        original_language=organisation.language,
    )
