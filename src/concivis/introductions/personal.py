"""What introductions hold about a person with an account."""

from typing import Any

from django.db.models import Q

from concivis.accounts.models import User
from concivis.accounts.queries import confirmed_addresses
from concivis.hubs.record import utc_text
from concivis.introductions import actions
from concivis.introductions.enums import OPEN
from concivis.introductions.models import Side

KEPT = ("email", "contact_name", "contact_email", "contact_phone")


def personal_data(user: User) -> dict[str, Any]:
    """The introductions in which they answer, and what they agreed to show. Two queries."""
    found = _of(user).select_related("introduction").order_by("pk")
    return {
        "introductions": [
            {
                "id": side.introduction.public_id,
                "at": utc_text(side.introduction.asked_at),
                "entry": side.title,
                "answer": side.answer,
                **{name: getattr(side, name) for name in KEPT},
            }
            for side in found
        ]
    }


def before_leaving(user: User) -> None:
    """Open introductions are withdrawn, and nothing of the person stays in those that are over."""
    for side in _of(user).filter(introduction__state__in=OPEN).select_related("introduction"):
        side.introduction.refresh_from_db()
        if side.introduction.state in OPEN:
            actions.withdraw(by=None, introduction=side.introduction)
    _of(user).update(**dict.fromkeys(KEPT, ""))


def _of(user: User) -> Any:
    own = [address.lower() for address in confirmed_addresses(user)]
    return Side.objects.filter(Q(email__in=own) | Q(contact_email__in=own))
