"""How the actions about the journey note what was done, in the record of the office that keeps the partnership,
and tell the programs of the other offices."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concivis.accounts.models import User
from concivis.hubs import record, webhooks
from concivis.twinning import cards
from concivis.twinning.models import Partnership, Side
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


# --- messages to programs ----------------------------------------------------------------------------------

# what one side did and the offices of the others hear of; each is also what the record calls it
EVENTS: Mapping[str, Promise] = {
    "objective.proposed": _("A partner city proposes a common objective"),
    "objective.approved": _("A partner city approves a common objective"),
    "objective.withdrawn": _("A partner city withdraws a proposed objective"),
    "objective.closed": _("A partner city wrote down what came of a common objective"),
    "agreement.proposed": _("A partner city proposes a version of the agreement"),
    "agreement.approved": _("A partner city approves a version of the agreement"),
    "review.approved": _("A partner city approves a yearly review"),
    "proof.added": _("A partner city adds evidence to a step"),
}


def register_events() -> None:
    for event, label in EVENTS.items():
        webhooks.register_event(event, label)


def tell_others(acting: Acting, event: str, **facts: Any) -> None:
    """Tells the programs of all offices inside but that of the side that acted: which side, and `facts`."""
    side = acting.side
    tell_offices(side.partnership, event, but=side, side=side.place.public_id, **facts)


def tell_offices(partnership: Partnership, event: str, *, but: Side | None = None, **facts: Any) -> None:
    """Tells the programs of the keeper's office, and of those that the keeper trusts to answer. No personal data."""
    sides = [side for side in partnership.sides.select_related("office") if side != but]
    offices = {side.office.pk: side.office for side in sides if side.office is not None}
    keeper = partnership.hub
    if keeper is not None and (but is None or but.place_id != keeper.place_id):
        offices[keeper.pk] = keeper
    for office in offices.values():
        webhooks.emit(hub=office, event=event, payload={"partnership": partnership.public_id, **facts})
