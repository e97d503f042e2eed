"""The pictures and papers of initiatives, as files."""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from concivis.accounts.access import keep_private
from concivis.hubs import policies
from concivis.hubs.permissions import Permission
from concivis.initiatives.models import Initiative, Paper, Picture
from concivis.shell.files import drawn, harmless


@require_safe
def picture(request: HttpRequest, public_id: str, picture: str) -> FileResponse:
    """Of a public initiative for everybody, of another for the office that keeps it."""
    pictures = Picture.objects.select_related("initiative__hub")
    found = get_object_or_404(pictures, public_id=picture, initiative__public_id=public_id)
    _require_seen(request, found.initiative)
    response = drawn(found)
    # kept by browsers, asked for again: it may be taken back
    return response if found.initiative.is_public else keep_private(response)


@require_safe
def paper(request: HttpRequest, public_id: str, paper: str) -> FileResponse:
    """A public document to be saved, never shown inside a page; others for the office."""
    papers = Paper.objects.select_related("initiative__hub")
    found = get_object_or_404(papers, public_id=paper, initiative__public_id=public_id)
    _require_seen(request, found.initiative, public=found.is_public)
    response = harmless(found.file, found.media_type, as_attachment=True, filename=found.name)
    response["Cache-Control"] = "no-store"  # it may be taken back
    return response


def _require_seen(request: HttpRequest, initiative: Initiative, *, public: bool = True) -> None:
    if not (initiative.is_public and public) and not policies.may(
        request.user, Permission.VIEW_OFFICE, initiative.hub
    ):
        raise Http404
