"""The pictures of proposals, as files."""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from concivis.accounts.access import keep_private
from concivis.hubs import policies
from concivis.hubs.permissions import Permission
from concivis.proposals.models import ProposalPicture
from concivis.shell.files import drawn


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
