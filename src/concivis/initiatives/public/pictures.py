"""The pictures of public initiatives."""

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from concivis.hubs import policies
from concivis.hubs.permissions import Permission
from concivis.initiatives.models import Initiative, Picture

A_DAY = 86_400


@require_safe
def picture(request: HttpRequest, public_id: str, picture: str) -> FileResponse:
    """Of a public initiative for everybody, of another for the office that keeps it."""
    found = get_object_or_404(
        Picture.objects.select_related("initiative__hub"), public_id=picture, initiative__public_id=public_id
    )
    return as_shown(request, found.initiative, found)


def as_shown(request: HttpRequest, initiative: Initiative, found: Picture) -> FileResponse:
    from django.http import Http404

    if not initiative.is_public and not policies.may(request.user, Permission.VIEW_OFFICE, initiative.hub):
        raise Http404
    response = FileResponse(found.file.open("rb"), content_type=found.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    response["Cache-Control"] = f"public, max-age={A_DAY}" if initiative.is_public else "private, no-store"
    return response
