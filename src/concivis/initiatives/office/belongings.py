"""Translations, pictures, updates, documents and the owner of one initiative, in the office."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concivis.accounts.models import User
from concivis.initiatives import actions
from concivis.initiatives.enums import DocumentKind
from concivis.initiatives.forms.belongings import (
    LanguageForm,
    PaperForm,
    TranslationForm,
    UpdateForm,
)
from concivis.initiatives.models import Initiative
from concivis.initiatives.office.doors import EDIT, address, entry_page, entry_view
from concivis.initiatives.public.owner import add_picture
from concivis.shell import content
from concivis.shell.content import Origin, TextState
from concivis.shell.languages import interface_choices, interface_codes
from concivis.shell.picture_forms import NewPictureForm, PictureForm
from concivis.shell.refusals import put_into

LOOK_OR_SAY = ["GET", "HEAD", "POST"]
TONES = {"human": "good", "machine": "notice", "outdated": "bad", "missing": "neutral", "original": "good"}


class OwnerForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Mail address"),
        required=False,
        help_text=gettext_lazy("Never public. Leave it empty if nobody looks after the entry."),
    )
    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=120)
    language = forms.ChoiceField(label=gettext_lazy("Language of the letters"), choices=interface_choices)


# --- translations ------------------------------------------------------------------------------------------


@entry_view(EDIT)
@require_safe
def translations(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    rows = {row.language: row for row in initiative.translations.all()}
    languages = dict.fromkeys([initiative.language, *interface_codes(), *rows])
    states = content.states(initiative, rows.values(), languages)
    context = {
        "languages": [
            (
                language,
                TextState(state).label,
                TONES[state],
                address("office_translate", initiative, language),
            )
            for language, state in states.items()
        ],
        "form": LanguageForm(initial={"language": get_language()}),
        "choose_url": address("office_translate_new", initiative),
    }
    return entry_page(
        request, initiative, "initiatives/office/translations.html", context, tab="office_translations"
    )


@entry_view(EDIT)
@require_safe
def translate_new(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    form = LanguageForm(request.GET)
    if not form.is_valid():
        return redirect(address("office_translations", initiative))
    return redirect(address("office_translate", initiative, form.cleaned_data["language"]))


@entry_view(EDIT)
@require_http_methods(LOOK_OR_SAY)
def translate(request: HttpRequest, initiative: Initiative, language: str) -> HttpResponse:
    """The original beside its translation."""
    try:
        written = content.require_language(language)
    except ValidationError as error:
        raise Http404 from error
    if written != language or language == initiative.language:
        raise Http404
    row = initiative.translations.filter(language=language).first()
    initial: dict[str, Any] = {name: getattr(row, name) for name in Initiative.TRANSLATED} if row else {}
    initial["by_machine"] = bool(row and row.origin == Origin.MACHINE)
    form = TranslationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _translate(request, initiative, language, form):
        messages.success(request, _("Saved."))
        return redirect(address("office_translations", initiative))
    state = row.state_against(initiative.text_revision) if row else TextState.MISSING
    context = {
        "form": form,
        "language": language,
        "state_label": state.label,
        "tone": TONES[state],
        "remove_url": address("office_translation_remove", initiative, language) if row else "",
        "cancel_url": address("office_translations", initiative),
    }
    return entry_page(
        request, initiative, "initiatives/office/translate.html", context, tab="office_translations"
    )


def _translate(request: HttpRequest, initiative: Initiative, language: str, form: TranslationForm) -> bool:
    said = {name: form.cleaned_data[name] for name in Initiative.TRANSLATED}
    origin = Origin.MACHINE if form.cleaned_data["by_machine"] else Origin.HUMAN
    try:
        actions.translate(
            by=cast(User, request.user), initiative=initiative, language=language, origin=origin, **said
        )
    except ValidationError as error:
        put_into(form, error)
    return not form.errors


@entry_view(EDIT)
@require_POST
def translation_remove(request: HttpRequest, initiative: Initiative, language: str) -> HttpResponse:
    actions.remove_translation(by=cast(User, request.user), initiative=initiative, language=language)
    messages.success(request, _("The translation is gone."))
    return redirect(address("office_translations", initiative))


# --- pictures ----------------------------------------------------------------------------------------------


@entry_view(EDIT)
@require_http_methods(LOOK_OR_SAY)
def pictures(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    form = NewPictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and add_picture(form, initiative, by=request.user):
        messages.success(request, _("The picture stands on the page."))
        return redirect(address("office_pictures", initiative))
    context = {
        "form": form,
        "title": _("Add a picture"),
        "submit": _("Add it"),
        "pictures": [
            (each, address("office_picture", initiative, each.public_id))
            for each in initiative.pictures.all()
        ],
    }
    return entry_page(request, initiative, "initiatives/office/pictures.html", context, tab="office_pictures")


@entry_view(EDIT)
@require_http_methods(LOOK_OR_SAY)
def picture(request: HttpRequest, initiative: Initiative, picture: str) -> HttpResponse:
    """What is said of it, whether it comes first; taken out by the second button."""
    found = get_object_or_404(initiative.pictures, public_id=picture)
    by = cast(User, request.user)
    back = address("office_pictures", initiative)
    if request.method == "POST" and "remove" in request.POST:
        actions.remove_picture(by=by, picture=found)
        messages.success(request, _("The picture is gone."))
        return redirect(back)
    form = PictureForm(request.POST or None, initial=PictureForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        actions.change_picture(by=by, picture=found, **form.cleaned_data, first="first" in request.POST)
        messages.success(request, _("Saved."))
        return redirect(back)
    context = {"form": form, "picture": found, "cancel_url": back}
    return entry_page(request, initiative, "initiatives/office/picture.html", context, tab="office_pictures")


# --- updates -----------------------------------------------------------------------------------------------


@entry_view(EDIT)
@require_http_methods(LOOK_OR_SAY)
def updates(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    form = UpdateForm(request.POST or None, initial={"language": initiative.language})
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_update(by=cast(User, request.user), initiative=initiative, **form.cleaned_data)
        except ValidationError as error:
            put_into(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(address("office_updates", initiative))
    rows = [(each, address("office_update", initiative, each.public_id)) for each in initiative.updates.all()]
    context = {"form": form, "title": _("Tell what happened"), "submit": _("Save"), "updates": rows}
    return entry_page(request, initiative, "initiatives/office/updates.html", context, tab="office_updates")


@entry_view(EDIT)
@require_http_methods(LOOK_OR_SAY)
def update(request: HttpRequest, initiative: Initiative, update: str) -> HttpResponse:
    found = get_object_or_404(initiative.updates, public_id=update)
    by, back = cast(User, request.user), address("office_updates", initiative)
    if request.method == "POST" and "remove" in request.POST:
        actions.remove_update(by=by, update=found)
        messages.success(request, _("The update is gone."))
        return redirect(back)
    form = UpdateForm(request.POST or None, initial=UpdateForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_update(by=by, update=found, **form.cleaned_data)
        except ValidationError as error:
            put_into(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(back)
    context = {"form": form, "title": found.title, "submit": _("Save"), "cancel_url": back, "removable": True}
    return entry_page(request, initiative, "initiatives/office/form.html", context, tab="office_updates")


# --- documents ---------------------------------------------------------------------------------------------


@entry_view(EDIT)
@require_http_methods(LOOK_OR_SAY)
def papers(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.add_paper(
                by=cast(User, request.user),
                initiative=initiative,
                upload=said["file"],
                title=said["title"],
                kind=DocumentKind(said["kind"]),
                is_public=said["is_public"],
            )
        except ValidationError as error:
            form.add_error("file", error.messages)
        else:
            messages.success(request, _("Added: {title}.").format(title=said["title"]))
            return redirect(address("office_papers", initiative))
    rows = [
        (each, address("office_paper_remove", initiative, each.public_id)) for each in initiative.papers.all()
    ]
    context = {"form": form, "title": _("Add a document"), "submit": _("Add it"), "papers": rows}
    return entry_page(request, initiative, "initiatives/office/papers.html", context, tab="office_papers")


@entry_view(EDIT)
@require_http_methods(LOOK_OR_SAY)
def paper_remove(request: HttpRequest, initiative: Initiative, paper: str) -> HttpResponse:
    found = get_object_or_404(initiative.papers, public_id=paper)
    back = address("office_papers", initiative)
    if request.method == "POST":
        actions.remove_paper(by=cast(User, request.user), paper=found)
        messages.success(request, _("Deleted: {title}.").format(title=found.title))
        return redirect(back)
    context = {
        "heading": _("Delete this document?"),
        "text": _("The file is deleted for good. The record keeps that there was one."),
        "submit": _("Delete"),
        "danger": True,
        "cancel_url": back,
    }
    return entry_page(request, initiative, "shell/confirm.html", context, tab="office_papers")


# --- the owner ---------------------------------------------------------------------------------------------


@entry_view(EDIT)
@require_http_methods(LOOK_OR_SAY)
def owner(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    initial = {
        "email": initiative.owner_email,
        "name": initiative.owner_name,
        "language": initiative.owner_language or get_language(),
    }
    form = OwnerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        new = actions.Owner(**said) if said["email"] else None
        actions.change_owner(by=cast(User, request.user), initiative=initiative, owner=new)
        messages.success(
            request,
            _("Saved. The new owner gets a mail with a link.") if new else _("Nobody looks after it now."),
        )
        return redirect(address("office_owner", initiative))
    context = {
        "form": form,
        "title": _("Who looks after it"),
        "submit": _("Save and mail a new link"),
        "cancel_url": address("office_initiative", initiative),
    }
    return entry_page(request, initiative, "initiatives/office/form.html", context, tab="office_owner")
