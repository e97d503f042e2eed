"""The documents of a partnership: which an office sees, and how a file leaves the house."""

from django.db.models import QuerySet
from django.http import FileResponse, Http404

from concivis.twinning.access import Tie
from concivis.twinning.models import Document

HARMLESS = "sandbox; default-src 'none'"


def seen_by(tie: Tie) -> QuerySet[Document]:
    """All of them to the offices inside, the public ones to others."""
    found: QuerySet[Document] = tie.partnership.documents.select_related(
        "partnership__hub", "side__place", "added_by"
    )
    return found if tie.is_inside else found.filter(is_public=True)


def as_attachment(document: Document) -> FileResponse:
    """The file, never shown inside a page. Raises `Http404` where the file is lost."""
    try:
        content = document.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        content, as_attachment=True, filename=document.name, content_type=document.media_type
    )
    response["Content-Security-Policy"] = HARMLESS
    response["X-Content-Type-Options"] = "nosniff"
    return response
