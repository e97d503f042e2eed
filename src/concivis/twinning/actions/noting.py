"""How the actions about the journey note what was done, in the record of the office that keeps the partnership."""

from typing import Any

from concivis.accounts.models import User
from concivis.hubs import record
from concivis.twinning import cards
from concivis.twinning.models import Partnership
from concivis.twinning.policies import Acting


def note(partnership: Partnership, action: str, *, by: User | None, **details: Any) -> None:
    """A line in the record about `partnership`. No names of people: lines stay for ever."""
    record.write(
        hub=partnership.hub,
        by=by,
        action=action,
        kind=cards.KIND,
        object_id=partnership.public_id,
        details=details,
    )


def note_side(acting: Acting, action: str, **details: Any) -> None:
    """As `note`, by who acts for a side; the line names the side's place."""
    note(acting.side.partnership, action, by=acting.by, side=acting.side.place.name, **details)
