"""What people uploaded, given out again: as what it was examined to be, and unable to run anything."""

from typing import Any

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

HARMLESS = "sandbox; default-src 'none'"


def harmless(file: FieldFile, media_type: str, **how: Any) -> FileResponse:
    """The file as it lies. Raises `Http404` where it is lost."""
    try:
        content = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, content_type=media_type, **how)
    response["Content-Security-Policy"] = HARMLESS
    response["X-Content-Type-Options"] = "nosniff"
    return response


def drawn(picture: Any) -> FileResponse:
    """A row with `file` and `media_type`: kept by browsers, asked for again, as it may be taken back."""
    response = harmless(picture.file, picture.media_type)
    response["Cache-Control"] = "no-cache"
    return response
