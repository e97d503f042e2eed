"""Signatures on paper: a sheet is entered with its scan, corrected, removed. They are counted apart."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs.models import today_in
from concivis.proposals.actions.noting import locked, noted
from concivis.proposals.enums import State
from concivis.proposals.models import PaperSheet, Proposal
from concivis.proposals.numbers import recount
from concivis.shell import uploads
from concivis.shell.ids import new_public_id

COUNTING = (State.PUBLISHED, State.CLOSED)  # until it is handed over


@transaction.atomic
def enter_sheet(
    *, by: User | None, proposal: Proposal, upload: "UploadedFile[bytes] | None" = None, **facts: Any
) -> PaperSheet:
    """`facts`: label, lines, valid, received_on. Raises ValidationError by field."""
    found = _counting(proposal)
    if found.rules is not None and not found.rules.has_paper:
        raise ValidationError(gettext("By the rules of this proposal, signatures on paper do not count."))
    _check(found, facts)
    sheet = PaperSheet(public_id=new_public_id(), proposal=found, entered_by=by, **facts)
    if upload is not None:
        _keep(sheet, upload)
    _save(sheet)
    recount(found)
    noted(found, by, "proposal.sheet_entered", {"lines": sheet.lines, "valid": sheet.valid})
    return sheet


@transaction.atomic
def change_sheet(
    *, by: User | None, sheet: PaperSheet, upload: "UploadedFile[bytes] | None" = None, **facts: Any
) -> PaperSheet:
    """As `enter_sheet`; without a new scan the old one stays."""
    found = _counting(sheet.proposal)
    _check(found, facts)
    row = PaperSheet.objects.select_for_update().get(pk=sheet.pk)
    for name, value in facts.items():
        setattr(row, name, value)
    if upload is not None:
        _forget(row)
        _keep(row, upload)
    _save(row)
    recount(found)
    noted(found, by, "proposal.sheet_changed", {"lines": row.lines, "valid": row.valid})
    return row


@transaction.atomic
def remove_sheet(*, by: User | None, sheet: PaperSheet) -> None:
    """With its scan, for good; the record keeps that there was one."""
    found = _counting(sheet.proposal)
    row = PaperSheet.objects.select_for_update().get(pk=sheet.pk)
    _forget(row)
    row.delete()
    recount(found)
    noted(found, by, "proposal.sheet_removed", {"lines": row.lines, "valid": row.valid})


def _counting(proposal: Proposal) -> Proposal:
    found = locked(proposal)
    if found.state not in COUNTING:
        raise ValidationError(gettext("Signatures on paper are entered until the proposal is handed over."))
    return found


def _check(proposal: Proposal, facts: dict[str, Any]) -> None:
    if facts["valid"] > facts["lines"]:
        raise ValidationError({"valid": gettext("There are not so many signatures on the sheet.")})
    if facts["received_on"] > today_in(proposal.hub):
        raise ValidationError({"received_on": gettext("This day has not come yet.")})
    if proposal.closes_on and facts["received_on"] > proposal.closes_on:
        raise ValidationError(
            {"received_on": gettext("Collecting had ended: a sheet received later does not count.")}
        )


def _keep(sheet: PaperSheet, upload: "UploadedFile[bytes]") -> None:
    try:
        kept = uploads.examine(uploads.read(upload, settings.UPLOAD_BYTES))
    except ValidationError as error:
        raise ValidationError({"scan": error.messages}) from error
    sheet.media_type, sheet.sha256 = kept.media_type, sha256(kept.content).hexdigest()
    sheet.scan_name = uploads.file_name(str(upload.name), kept.media_type)
    sheet.scan.save(uploads.random_name(kept.media_type), ContentFile(kept.content), save=False)


def _forget(sheet: PaperSheet) -> None:
    """The file goes once the row is gone for sure."""
    if sheet.scan:
        storage, name = sheet.scan.storage, str(sheet.scan.name)
        transaction.on_commit(lambda: storage.delete(name))


def _save(sheet: PaperSheet) -> None:
    try:
        with transaction.atomic():
            sheet.save()
    except IntegrityError as error:
        raise ValidationError({"label": gettext("There is a sheet with this number already.")}) from error
