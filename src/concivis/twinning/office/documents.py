"""The papers of one partnership: agreements, decisions, reports, letters, pictures."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from concivis.accounts.models import User
from concivis.hubs.permissions import Permission
from concivis.shell.conflicts import EditConflict, show_beside
from concivis.shell.parts import Fact, Heading
from concivis.twinning.access import Tie, may, tie_view
from concivis.twinning.actions import documents as actions
from concivis.twinning.models import Document
from concivis.twinning.office.documents_forms import DocumentForm, NewDocumentForm
from concivis.twinning.office.workbench import address, workbench_page
from concivis.twinning.papers import as_attachment, seen_by
from concivis.twinning.policies import KEEP

TAB = "office_documents"


@tie_view(Permission.VIEW_OFFICE)
@require_GET
def documents(request: HttpRequest, tie: Tie) -> HttpResponse:
    edits = tie.keeps and may(request, KEEP, tie)
    context = {
        "documents": seen_by(tie),
        "headings": [
            Heading(_("Title")),
            Heading(_("Kind")),
            Heading(_("File")),
            Heading(_("Added")),
            *([Heading(_("Change"), unseen=True)] if edits else []),
        ],
        "edits": edits,
    }
    return workbench_page(request, tie, "twinning/office/documents.html", context, tab=TAB)


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, tie: Tie) -> HttpResponse:
    form = NewDocumentForm(request.POST or None, request.FILES or None, partnership=tie.partnership)
    if request.method == "POST" and form.is_valid() and _add(request, tie, form):
        return redirect(address(TAB, tie))
    context = {"form": form, "form_heading": _("Add a document"), "form_lead": "", "back": address(TAB, tie)}
    return workbench_page(request, tie, "twinning/office/tie_form.html", context, tab=TAB)


def _add(request: HttpRequest, tie: Tie, form: NewDocumentForm) -> bool:
    try:
        document = actions.add_document(
            by=cast(User, request.user),
            partnership=tie.partnership,
            upload=form.cleaned_data["file"],
            **form.said(),
        )
    except ValidationError as error:
        form.add_error("file", error)
        return False
    messages.success(request, _("Added: {title}.").format(title=document.title))
    return True


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, tie: Tie, document: str) -> HttpResponse:
    changed = get_object_or_404(seen_by(tie), public_id=document)
    form = DocumentForm(
        request.POST or None, partnership=tie.partnership, initial=DocumentForm.initial_of(changed)
    )
    if request.method == "POST" and form.is_valid() and _change(request, changed, form):
        return redirect(address(TAB, tie))
    context = {
        "form": form,
        "form_heading": _("What is said of this document"),
        "form_lead": changed.name,
        "back": address(TAB, tie),
    }
    return workbench_page(request, tie, "twinning/office/tie_form.html", context, tab=TAB)


def _change(request: HttpRequest, document: Document, form: DocumentForm) -> bool:
    began = form.cleaned_data["began"]
    try:
        actions.change_document(by=cast(User, request.user), document=document, **form.said(), began=began)
    except EditConflict as conflict:
        show_beside(form, form.initial_of(Document.objects.get(pk=document.pk)), conflict)
        return False
    messages.success(request, _("Saved: {title}.").format(title=document.title))
    return True


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, tie: Tie, document: str) -> HttpResponse:
    deleted = get_object_or_404(seen_by(tie), public_id=document)
    objection = actions.objection_to_removal(deleted)
    if objection:
        messages.error(request, objection)
        return redirect(address(TAB, tie))
    if request.method == "POST":
        actions.remove_document(by=cast(User, request.user), document=deleted)
        messages.success(request, _("Deleted: {title}.").format(title=deleted.title))
        return redirect(address(TAB, tie))
    context = {
        "heading": _("Delete this document?"),
        "text": _("The file is deleted for good. The record keeps that there was one."),
        "details": [Fact(_("Title"), deleted.title), Fact(_("File"), deleted.name)],
        "submit": _("Delete"),
        "danger": True,
        "cancel_url": address(TAB, tie),
    }
    return workbench_page(request, tie, "shell/confirm.html", context, tab=TAB)


@tie_view(Permission.VIEW_OFFICE)
@require_GET
def download(request: HttpRequest, tie: Tie, document: str) -> FileResponse:
    return as_attachment(get_object_or_404(seen_by(tie), public_id=document))
