"""One initiative in the office: looked at, reviewed, edited, archived, deleted."""

from collections.abc import Callable
from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concivis.accounts.models import User
from concivis.directory.enums import Direction
from concivis.directory.models import Organisation
from concivis.directory.queries import Known, in_hub
from concivis.initiatives import actions, beside, hooks, queries, telling
from concivis.initiatives.forms.whole import OfficeForm, WholeForm
from concivis.initiatives.models import Initiative, Involvement
from concivis.initiatives.office.doors import EDIT, address, entry_page, entry_view, may_edit
from concivis.initiatives.public.owner import save
from concivis.shell import markdown
from concivis.shell.parts import Fact
from concivis.shell.refusals import attempt, put_into

MOST_SIMILAR = 5
LOOK_OR_SAY = ["GET", "HEAD", "POST"]


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=gettext_lazy("What would you like to know?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("The owner gets it by mail, with a link to answer and to change the entry."),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why is it not accepted?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("The owner gets it by mail. Say it as you would say it across the table."),
    )


@entry_view()
@require_safe
def overview(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    found = queries.for_list(Initiative.objects.filter(pk=initiative.pk)).get()
    context = {
        "facts": telling.facts(found),
        "organisations": telling.organisations(found),
        "needs": telling.support(found, Direction.NEED),
        "offers": telling.support(found, Direction.OFFER),
        "story": markdown.to_html(found.story),
        "unmatched": _unmatched(found) if may_edit(request, initiative.hub) else [],
        "dates": _dates(found) if may_edit(request, initiative.hub) else [],
        "pieces": [piece for say in hooks.on_office_page if (piece := say(request, found))],
    }
    return entry_page(request, initiative, "initiatives/office/overview.html", context)


@entry_view(EDIT, or_owner=True)
@require_http_methods(LOOK_OR_SAY)
def edit(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    edits = may_edit(request, initiative.hub)
    form_class: type[WholeForm] = OfficeForm if edits else WholeForm
    form = form_class(request.POST or None, hub=initiative.hub, initiative=initiative)
    saved = request.method == "POST" and form.is_valid()
    if saved and save(request, form, initiative, as_owner=not edits, by=request.user):
        messages.success(request, _("Saved."))
        return redirect(address("office_initiative", initiative))
    context = {
        "form": form,
        "groups": form.groups(),
        "known": sorted(form.known) if edits else [],
        "cancel_url": address("office_initiative", initiative),
        "pieces": beside.pieces(request, form, initiative) if form.is_bound else [],
    }
    return entry_page(request, initiative, "initiatives/office/edit.html", context, tab="office_edit")


@entry_view(EDIT)
@require_POST
def publish(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    act = lambda: actions.publish(by=cast(User, request.user), initiative=initiative)  # noqa: E731
    return _done(request, initiative, act, _("Public. The owner is told."))


@entry_view(EDIT)
@require_http_methods(LOOK_OR_SAY)
def ask_back(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    form = QuestionForm(request.POST or None)
    act = lambda text: actions.ask_back(by=cast(User, request.user), initiative=initiative, question=text)  # noqa: E731
    return _said(request, initiative, form, act, _("Ask back"), _("Send the question"), _("Asked."))


@entry_view(EDIT)
@require_http_methods(LOOK_OR_SAY)
def decline(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    act = lambda text: actions.decline(by=cast(User, request.user), initiative=initiative, reason=text)  # noqa: E731
    return _said(
        request, initiative, form, act, _("Decline"), _("Decline it"), _("Declined. The owner is told.")
    )


@entry_view(EDIT)
@require_POST
def confirm(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    act = lambda: actions.confirm(by=cast(User, request.user), initiative=initiative)  # noqa: E731
    return _done(request, initiative, act, _("Confirmed as valid today."))


@entry_view(EDIT)
@require_POST
def seen(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    act = lambda: actions.mark_seen(by=cast(User, request.user), initiative=initiative)  # noqa: E731
    return _done(request, initiative, act, _("Noted that the office has looked at it."))


@entry_view(EDIT)
@require_POST
def match(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    """A named organisation is the chosen one of the directory, or becomes a new entry there."""
    named = request.POST.get("involvement", "")
    rows = initiative.involvements.filter(organisation=None)
    involvement = get_object_or_404(rows, pk=int(named) if named.isdecimal() and len(named) < 10 else 0)
    involvement.initiative, by = initiative, cast(User, request.user)
    chosen = request.POST.get("organisation", "")
    if not chosen:
        act: Callable[[], object] = lambda: actions.add_to_directory(by=by, involvement=involvement)  # noqa: E731
        return _done(request, initiative, act, _("It stands in the directory now."))
    known = get_object_or_404(in_hub(initiative.hub), public_id=chosen)
    act = lambda: actions.match_organisation(by=by, involvement=involvement, organisation=known)  # noqa: E731
    return _done(request, initiative, act, _("Found in the directory."))


@entry_view(EDIT)
@require_POST
def archive(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    act = lambda: actions.archive(by=cast(User, request.user), initiative=initiative)  # noqa: E731
    return _done(request, initiative, act, _("Archived. You can bring it back here."))


@entry_view(EDIT)
@require_POST
def restore(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    act = lambda: actions.restore(by=cast(User, request.user), initiative=initiative)  # noqa: E731
    return _done(request, initiative, act, _("Back from the archive."))


@entry_view(EDIT)
@require_http_methods(LOOK_OR_SAY)
def delete(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    if request.method == "POST":
        try:
            actions.delete_initiative(by=cast(User, request.user), initiative=initiative)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(address("office_initiative", initiative))
        messages.success(request, _("Deleted: {title}.").format(title=initiative.title))
        return redirect(reverse("initiatives:office", args=[initiative.hub.slug]))
    context = {
        "heading": _("Delete this initiative for good?"),
        "text": _(
            "Text, pictures, documents and translations are lost. The record keeps that there was one."
        ),
        "details": [Fact(_("Title"), initiative.title)],
        "submit": _("Delete for good"),
        "danger": True,
        "cancel_url": address("office_initiative", initiative),
    }
    return entry_page(request, initiative, "shell/confirm.html", context)


def _unmatched(initiative: Initiative) -> list[tuple[Involvement, list[Organisation]]]:
    """Organisations that are only named, each with the entries of the directory that it may be."""
    named = [each for each in initiative.involvements.all() if each.organisation is None]
    known = Known(initiative.hub) if named else None
    return [
        (each, [alike.organisation for alike in known.similar(each.name)][:MOST_SIMILAR] if known else [])
        for each in named
    ]


def _dates(initiative: Initiative) -> list[Fact]:
    from django.utils.formats import date_format

    day = lambda when: date_format(when) if when else ""  # noqa: E731
    return [
        Fact(_("Submitted"), day(initiative.submitted_at)),
        Fact(_("Public since"), day(initiative.published_at)),
        Fact(_("Last confirmed"), day(initiative.last_confirmed)),
        Fact(_("Owner asked"), day(initiative.asked_at)),
        Fact(_("Owner reminded"), day(initiative.reminded_at)),
        Fact(_("Archived"), day(initiative.archived_at)),
        Fact(_("Looks after it"), initiative.owner_name),
        Fact(_("Mail address of the owner"), initiative.owner_email),
        Fact(_("The office said"), initiative.review_note),
        Fact(_("The owner answered"), initiative.answer_note),
    ]


def _done(request: HttpRequest, initiative: Initiative, act: Callable[[], object], said: str) -> HttpResponse:
    attempt(request, act, said)
    return redirect(address("office_initiative", initiative))


def _said(
    request: HttpRequest,
    initiative: Initiative,
    form: forms.Form,
    act: Callable[[str], object],
    title: str,
    submit: str,
    done: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act(next(iter(form.cleaned_data.values())))
        except ValidationError as error:
            put_into(form, error)
        else:
            messages.success(request, done)
            return redirect(address("office_initiative", initiative))
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "cancel_url": address("office_initiative", initiative),
    }
    return entry_page(request, initiative, "initiatives/office/form.html", context)
