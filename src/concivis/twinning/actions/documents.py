"""The papers of a partnership: kept under random names, told apart by their content."""

import hashlib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs import record
from concivis.shell import uploads
from concivis.shell.conflicts import fingerprint, require_unchanged
from concivis.shell.ids import new_public_id
from concivis.twinning import cards
from concivis.twinning.enums import DocumentKind
from concivis.twinning.models import Document, Partnership, Side

SAID = ("title", "kind", "language", "side", "is_public")


@transaction.atomic
def add_document(
    *,
    by: User | None,
    partnership: Partnership,
    upload: File[bytes],
    title: str,
    kind: DocumentKind,
    language: str = "",
    side: Side | None = None,
    is_public: bool = False,
) -> Document:
    """Keeps the file if it is what may be kept (`uploads.examine`).

    Raises ValidationError with a sentence for what is too large, not a document, or already there.
    """
    upload.seek(0)
    kept = uploads.examine(uploads.read(upload, settings.UPLOAD_BYTES))
    digest = hashlib.sha256(kept.content).hexdigest()
    Partnership.objects.select_for_update().get(pk=partnership.pk)  # a second click waits for the first
    known = partnership.documents.filter(sha256=digest).first()
    if known is not None:
        words = gettext("The same file is already here, called “%(title)s”.")
        raise ValidationError(words % {"title": known.title})
    name = uploads.file_name(str(upload.name or ""), kept.media_type)
    document = Document(
        public_id=new_public_id(),
        partnership=partnership,
        side=side,
        kind=kind,
        title=title,
        language=language,
        name=name,
        media_type=kept.media_type,
        size=len(kept.content),
        sha256=digest,
        is_public=is_public,
        added_by=by,
    )
    stored = uploads.random_name(kept.media_type)
    document.file.save(stored, ContentFile(kept.content), save=False)
    try:
        document.save()
        _noted(document, by, "document.added")
    except Exception:
        document.file.delete(save=False)  # a file without its row would never be found again
        raise
    return document


@transaction.atomic
def change_document(
    *,
    by: User | None,
    document: Document,
    title: str,
    kind: DocumentKind,
    language: str,
    side: Side | None,
    is_public: bool,
    began: str = "",
) -> None:
    """What is said of the file; the file itself never changes.

    `began`: what the person's form saw (`began_at`). Raises `EditConflict` if somebody saved since."""
    require_unchanged(document, SAID, began)
    said = {"title": title, "kind": kind, "language": language, "side": side, "is_public": is_public}
    if all(getattr(document, name) == value for name, value in said.items()):
        return
    for name, value in said.items():
        setattr(document, name, value)
    document.save(update_fields=list(said))
    _noted(document, by, "document.changed")


def began_at(document: Document) -> str:
    return fingerprint(document, SAID)


@transaction.atomic
def remove_document(*, by: User | None, document: Document) -> None:
    """Deletes the file and what is said of it. Raises ValidationError with a sentence if a step rests on it."""
    objection = objection_to_removal(document)
    if objection:
        raise ValidationError(objection)
    _noted(document, by, "document.removed")
    storage, name = document.file.storage, str(document.file.name)
    document.delete()
    transaction.on_commit(lambda: storage.delete(name))


def objection_to_removal(document: Document) -> str:
    if document.proofs.exists():
        return gettext(
            "It is the evidence of a step of the journey. Take it out of that step first, then delete it here."
        )
    return ""


def _noted(document: Document, by: User | None, action: str) -> None:
    partnership = document.partnership
    record.write(
        hub=partnership.hub,
        by=by,
        action=action,
        kind=cards.KIND,
        object_id=partnership.public_id,
        details={"document": document.public_id, "kind": str(document.kind), "public": document.is_public},
    )
