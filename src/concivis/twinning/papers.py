"""How the file of a document leaves the house."""

from django.http import FileResponse, Http404

from concivis.twinning.models import Document

HARMLESS = "sandbox; default-src 'none'"


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
