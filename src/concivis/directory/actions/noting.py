"""The line in the record, the card and the message to the office's programs, in the transaction of the change."""

from typing import Any

from concivis.accounts.models import User
from concivis.directory import cards, hooks
from concivis.directory.models import Organisation
from concivis.hubs import record, webhooks

EVENT = "organisation.changed"


def noted(
    organisation: Organisation, by: User | None, action: str, *, gone: bool = False, **details: Any
) -> None:
    """Call it after the change; `gone`: the entry is about to be deleted. No names of people in `details`."""
    record.write(
        hub=organisation.hub,
        by=by,
        action=action,
        kind=cards.KIND,
        object_id=organisation.public_id,
        details=details,
    )
    if gone:
        cards.withdraw(organisation)
    else:
        cards.refresh([organisation.pk])
        for call in hooks.on_changed:
            call(organisation)
    if organisation.hub:
        webhooks.emit(
            hub=organisation.hub, event=EVENT, payload={"id": organisation.public_id, "action": action}
        )
