"""What a mailed link lets an owner do: still valid, update, archive; edit; answer the office. Nothing on GET."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from concivis.accounts.access import discreet
from concivis.accounts.models import User
from concivis.accounts.queries import has_confirmed
from concivis.initiatives import actions, beside, hooks
from concivis.initiatives.actions import submitting
from concivis.initiatives.actions.owners import ask_for_link, new_key
from concivis.initiatives.enums import Purpose, ReviewState
from concivis.initiatives.forms.belongings import UpdateForm
from concivis.initiatives.forms.public import LinkForm
from concivis.initiatives.forms.whole import WholeForm
from concivis.initiatives.models import Initiative
from concivis.initiatives.public.doors import Opened, keyed
from concivis.shell import guard
from concivis.shell.files import drawn
from concivis.shell.picture_forms import NewPictureForm
from concivis.shell.refusals import attempt, fill, put_into

LOOK_OR_SAY = ["GET", "HEAD", "POST"]
LINKS_AN_HOUR = 5


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=gettext_lazy("Your answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )


@require_http_methods(["GET", "HEAD"])
@keyed(Purpose.EDIT)
def own(request: HttpRequest, opened: Opened) -> HttpResponse:
    pieces = [say(request, opened.initiative, opened.written) for say in hooks.on_own_page]
    return _page(request, "initiatives/own/page.html", opened, {**_facts(opened), "pieces": pieces})


@require_POST
@keyed(Purpose.EDIT)
def valid(request: HttpRequest, opened: Opened) -> HttpResponse:
    return _done(
        request,
        opened,
        lambda: actions.confirm(by=None, initiative=opened.initiative, as_owner=True),
        _("Thank you. The entry says from now on that it was confirmed today."),
    )


@require_POST
@keyed(Purpose.EDIT)
def archive(request: HttpRequest, opened: Opened) -> HttpResponse:
    return _done(
        request,
        opened,
        lambda: actions.archive(by=None, initiative=opened.initiative, as_owner=True),
        _("The entry is archived. Nothing is deleted, and you can bring it back here."),
    )


@require_POST
@keyed(Purpose.EDIT)
def restore(request: HttpRequest, opened: Opened) -> HttpResponse:
    return _done(
        request,
        opened,
        lambda: actions.restore(by=None, initiative=opened.initiative, as_owner=True),
        _("The entry is back."),
    )


@require_http_methods(LOOK_OR_SAY)
@keyed(Purpose.EDIT)
def answer(request: HttpRequest, opened: Opened) -> HttpResponse:
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            told = actions.answer(by=None, initiative=opened.initiative, text=form.cleaned_data["answer"])
            submitting.tell_office(told, "initiatives/letters/answered.txt")
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Thank you. The office looks at your entry again."))
            return redirect(opened.address())
    context = {"form": form, "title": _("Answer the office"), "submit": _("Send the answer")}
    return _page(request, "initiatives/own/form.html", opened, context)


@require_http_methods(LOOK_OR_SAY)
@keyed(Purpose.EDIT)
def edit(request: HttpRequest, opened: Opened) -> HttpResponse:
    initiative = opened.initiative
    form = WholeForm(request.POST or None, hub=initiative.hub, initiative=initiative)
    if request.method == "POST" and form.is_valid() and save(request, form, initiative, as_owner=True):
        messages.success(request, _("Saved."))
        return redirect(opened.address())
    context = {
        "form": form,
        "groups": form.groups(),
        "known": [],  # names of the directory are shown to the office alone
        "title": _("Update the entry"),
        "cancel_url": opened.address(),
        "pieces": beside.pieces(request, form, initiative) if form.is_bound else [],
    }
    return _page(request, "initiatives/own/edit.html", opened, context)


@require_http_methods(LOOK_OR_SAY)
@keyed(Purpose.EDIT)
def update(request: HttpRequest, opened: Opened) -> HttpResponse:
    form = UpdateForm(request.POST or None, initial={"language": opened.initiative.language})
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_update(by=None, initiative=opened.initiative, **form.cleaned_data, as_owner=True)
        except ValidationError as error:
            put_into(form, error)
        else:
            messages.success(request, _("Thank you. It stands on your page."))
            return redirect(opened.address())
    context = {"form": form, "title": _("Tell what happened"), "submit": _("Save")}
    return _page(request, "initiatives/own/form.html", opened, context)


@require_http_methods(LOOK_OR_SAY)
@keyed(Purpose.EDIT)
def picture(request: HttpRequest, opened: Opened) -> HttpResponse:
    form = NewPictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and add_picture(form, opened.initiative, as_owner=True):
        messages.success(request, _("The picture stands on your page."))
        return redirect(opened.address())
    context = {"form": form, "title": _("Add a picture"), "submit": _("Add it")}
    return _page(request, "initiatives/own/form.html", opened, context)


@require_POST
@keyed(Purpose.EDIT)
def remove_picture(request: HttpRequest, opened: Opened, picture: str) -> HttpResponse:
    found = get_object_or_404(opened.initiative.pictures, public_id=picture)
    found.initiative = opened.initiative
    return _done(
        request, opened, lambda: actions.remove_picture(by=None, picture=found), _("The picture is gone.")
    )


@require_http_methods(["GET", "HEAD"])
@keyed(Purpose.EDIT)
def see_picture(request: HttpRequest, opened: Opened, picture: str) -> FileResponse:
    """A picture of an entry that is not public yet, for who looks after it."""
    return drawn(get_object_or_404(opened.initiative.pictures, public_id=picture))


@require_http_methods(LOOK_OR_SAY)
def ask_link(request: HttpRequest, public_id: str) -> HttpResponse:
    """Has a new link mailed to the owner; says to nobody whether the address was theirs. Whose account has confirmed
    that address goes on without a letter."""
    initiative = get_object_or_404(
        Initiative.objects.select_related("hub").exclude(state=ReviewState.DRAFT), public_id=public_id
    )
    form, done = LinkForm(request.POST or None), False
    theirs = isinstance(request.user, User) and has_confirmed(request.user, initiative.owner_email)
    if request.method == "POST" and theirs:
        return discreet(redirect("initiatives:own", new_key(initiative, Purpose.EDIT)))
    if request.method == "POST" and form.is_valid():
        if guard.too_many(request, "initiative-link", most=LINKS_AN_HOUR):
            form.add_error(None, _("Please try again in an hour."))
        else:
            ask_for_link(initiative=initiative, email=form.cleaned_data["email"])
            done = True
    context = {
        "heading": _("Look after an entry"),
        "form": form,
        "done": done,
        "theirs": theirs,
        "initiative": initiative,
    }
    return discreet(render(request, "initiatives/ask_link.html", context))


def save(
    request: HttpRequest, form: WholeForm, initiative: Initiative, *, as_owner: bool, by: Any = None
) -> bool:
    """Writes what the form says; whether it was. Errors end in the form; after a conflict, another try writes."""
    return fill(
        form,
        lambda: actions.edit_initiative(
            by=by,
            initiative=initiative,
            facts=form.facts(),
            revision=form.cleaned_data["revision"] or 0,
            as_owner=as_owner,
        ),
    )


def add_picture(
    form: NewPictureForm, initiative: Initiative, *, as_owner: bool = False, by: Any = None
) -> bool:
    said = {name: form.cleaned_data[name] for name in ("alt", "credit")}
    return fill(
        form,
        lambda: actions.add_picture(
            by=by, initiative=initiative, upload=form.cleaned_data["file"], **said, as_owner=as_owner
        ),
    )


def _done(request: HttpRequest, opened: Opened, act: Any, said: str) -> HttpResponse:
    attempt(request, act, said)
    return redirect(opened.address())


def _facts(opened: Opened) -> dict[str, Any]:
    initiative = opened.initiative
    return {
        "own_key": opened.written,
        "pictures": [
            (picture, opened.address("own_remove_picture", picture.public_id))
            for picture in initiative.pictures.all()
        ],
        "updates": list(initiative.updates.all()[:5]),
        "valid_url": opened.address("own_valid"),
        "archive_url": opened.address("own_archive"),
        "restore_url": opened.address("own_restore"),
        "edit_url": opened.address("own_edit"),
        "answer_url": opened.address("own_answer"),
        "update_url": opened.address("own_update"),
        "picture_url": opened.address("own_picture"),
    }


def _page(request: HttpRequest, template: str, opened: Opened, context: dict[str, Any]) -> HttpResponse:
    initiative = opened.initiative
    shared = {
        "heading": initiative.title,
        "kicker": _("You look after this entry"),
        "hub": initiative.hub,
        "initiative": initiative,
        "page_url": opened.address(),
        "until": opened.key.expires_at,
    }
    return render(request, template, {**shared, **context})
