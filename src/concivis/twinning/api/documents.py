"""The documents of a partnership, for an office's programs: listed, added, described, deleted, handed out."""

import datetime as dt
from typing import Any

from django.http import FileResponse
from ninja import Field, File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from concivis.hubs.api_auth import HubToken
from concivis.hubs.api_fields import LanguageOrNone, Line
from concivis.hubs.api_writing import REFUSALS, actor, writing
from concivis.hubs.scopes import Scope
from concivis.shell.api import one_of
from concivis.shell.uploads import TYPES
from concivis.twinning import papers
from concivis.twinning.access import Tie
from concivis.twinning.actions import documents as actions
from concivis.twinning.api import door
from concivis.twinning.api.office import PATH
from concivis.twinning.enums import DocumentKind
from concivis.twinning.models import Document

router = Router(tags=["documents"])
READ, WRITE = HubToken(Scope.DOCUMENTS_READ), HubToken(Scope.DOCUMENTS_WRITE)
ALL = PATH + "/{public_id}/documents"
ONE = ALL + "/{document}"
BYTES = {"schema": {"type": "string", "format": "binary"}}
A_FILE = {"responses": {200: {"content": dict.fromkeys(TYPES, BYTES)}}}


class DocumentFacts(Schema):
    title: Line
    kind: DocumentKind
    language: LanguageOrNone = ""
    place: str = Field("", max_length=16, description="public id of the side; empty: of all sides")
    is_public: bool = Field(
        False, description="everybody may read it, as soon as the partnership itself is public"
    )


class DocumentRow(Schema):
    id: str
    title: str
    kind: str
    language: str
    place: str
    is_public: bool
    name: str = Field(description="of the file, as a download is called")
    media_type: str = Field(description="known by the file's bytes")
    size: int = Field(description="bytes")
    sha256: str
    added_at: dt.datetime


@router.get(ALL, response={200: list[DocumentRow], **REFUSALS}, operation_id="list_documents", auth=READ)
def documents(request: Any, public_id: str) -> list[dict[str, Any]]:
    """The latest first; of a partnership whose keeper did not let this office in, the public ones."""
    return [_row(each) for each in papers.seen_by(door.tie(request, public_id))]


@router.post(ALL, response={201: DocumentRow, **REFUSALS}, operation_id="add_document", auth=WRITE)
@writing
def add_document(
    request: Any, public_id: str, given: Form[DocumentFacts], file: File[UploadedFile]
) -> Status:
    """Keeps a file, which is known by its bytes: PDF, pictures, office files, plain text. 422 says why not."""
    tie = door.kept(request, public_id)
    made = actions.add_document(
        by=actor(request), partnership=tie.partnership, upload=file, **_said(tie, given)
    )
    return Status(201, _row(made))


@router.put(ONE, response={200: DocumentRow, **REFUSALS}, operation_id="change_document", auth=WRITE)
@writing
def change_document(request: Any, public_id: str, document: str, given: DocumentFacts) -> dict[str, Any]:
    """What is said of the file; the file itself never changes."""
    tie = door.kept(request, public_id)
    standing = _find(tie, document)
    actions.change_document(by=actor(request), document=standing, **_said(tie, given))
    return _row(standing)


@router.delete(ONE, response={204: None, **REFUSALS}, operation_id="delete_document", auth=WRITE)
@writing
def delete_document(request: Any, public_id: str, document: str) -> Status:
    """Deletes the file for good. 422 where it is the evidence of a step."""
    tie = door.kept(request, public_id)
    actions.remove_document(by=actor(request), document=_find(tie, document))
    return Status(204, None)


@router.get(
    ONE + "/file",
    response={200: None, **REFUSALS},
    operation_id="get_document_file",
    auth=READ,
    openapi_extra=A_FILE,
)
def document_file(request: Any, public_id: str, document: str) -> FileResponse:
    """The bytes, to save."""
    return papers.as_attachment(_find(door.tie(request, public_id), document))


def _find(tie: Tie, public_id: str) -> Document:
    return one_of(papers.seen_by(tie), public_id)


def _said(tie: Tie, given: DocumentFacts) -> dict[str, Any]:
    side = door.side_of(tie, given.place) if given.place else None
    return {
        "title": given.title,
        "kind": given.kind,
        "language": given.language,
        "side": side,
        "is_public": given.is_public,
    }


def _row(document: Document) -> dict[str, Any]:
    names = ("title", "kind", "language", "is_public", "name", "media_type", "size", "sha256", "added_at")
    return {
        "id": document.public_id,
        "place": document.side.place.public_id if document.side else "",
        **{name: getattr(document, name) for name in names},
    }
