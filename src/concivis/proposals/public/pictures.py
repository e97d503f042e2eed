"""The pictures of proposals, as files."""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from concivis.accounts.access import keep_private
from concivis.hubs import policies
from concivis.hubs.permissions import Permission
from concivis.proposals.models import ProposalPicture

HARMLESS = "sandbox; default-src 'none'"


@require_safe
def picture(request: HttpRequest, public_id: str, picture: str) -> FileResponse:
    """Of a public proposal for everybody, of another for the office that looks at it."""
    pictures = ProposalPicture.objects.select_related("proposal__hub")
    found = get_object_or_404(pictures, public_id=picture, proposal__public_id=public_id)
    if found.proposal.is_public:
        return drawn(found)
    if not policies.may(request.user, Permission.VIEW_OFFICE, found.proposal.hub):
        raise Http404
    return keep_private(drawn(found))


def drawn(picture: ProposalPicture) -> FileResponse:
    """The picture as a file, kept by browsers and asked for again: it may be taken back. Raises `Http404` if lost."""
    try:
        content = picture.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, content_type=picture.media_type)
    response["Cache-Control"] = "no-cache"
    response["Content-Security-Policy"] = HARMLESS
    response["X-Content-Type-Options"] = "nosniff"
    return response
