"""What every change of an enquiry shares: the lock, the record's line, the message to the office's programs.

The record and the webhooks say what was done, never who asked or what.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.desk.models import Enquiry
from concivis.hubs import record, webhooks

KIND = "enquiry"


def locked(enquiry: Enquiry) -> Enquiry:
    """Fresh, with its hub; nobody else changes it until the transaction ends."""
    return Enquiry.objects.select_for_update(of=("self",)).select_related("hub").get(pk=enquiry.pk)


def still_open(enquiry: Enquiry) -> Enquiry:
    """`locked`. Raises ValidationError where it is closed."""
    found = locked(enquiry)
    if not found.is_open:
        raise ValidationError(gettext("This enquiry is closed. Reopen it first."))
    return found


def noted(enquiry: Enquiry, by: User | None, action: str, *, event: str = "", **details: Any) -> None:
    """`event`: the webhook's name, where the office's programs are told."""
    record.write(
        hub=enquiry.hub, by=by, action=action, kind=KIND, object_id=enquiry.public_id, details=details
    )
    if event:
        webhooks.emit(hub=enquiry.hub, event=event, payload={"enquiry": enquiry.public_id, **details})
