"""The line in the record, the card and the message to the office's programs, in the transaction of the change."""

from typing import Any

from concivis.accounts.models import User
from concivis.directory.models import Organisation
from concivis.hubs import record

KIND = "organisation"


def noted(
    organisation: Organisation, by: User | None, action: str, *, gone: bool = False, **details: Any
) -> None:
    """Call it after the change; `gone`: the entry is about to be deleted. No names of people in `details`."""
    record.write(
        hub=organisation.hub,
        by=by,
        action=action,
        kind=KIND,
        object_id=organisation.public_id,
        details=details,
    )
