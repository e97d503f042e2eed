"""What introductions hold about a person."""

from typing import Any

from concivis.accounts.people import Person
from concivis.hubs.record import utc_text
from concivis.introductions import actions
from concivis.introductions.enums import OPEN
from concivis.introductions.models import Side

KEPT = ("email", "contact_name", "contact_email", "contact_phone")


def personal_data(person: Person) -> dict[str, Any]:
    """The introductions in which they answer, and what they agreed to show. Two queries."""
    found = _of(person).select_related("introduction").order_by("pk")
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


def before_leaving(person: Person) -> None:
    """Open introductions are withdrawn, and nothing of the person stays in those that are over."""
    for side in _of(person).filter(introduction__state__in=OPEN).select_related("introduction"):
        side.introduction.refresh_from_db()
        if side.introduction.state in OPEN:
            actions.withdraw(by=None, introduction=side.introduction)
    _of(person).update(**dict.fromkeys(KEPT, ""))


def _of(person: Person) -> Any:
    return Side.objects.filter(person.by_address("email", "contact_email"))
