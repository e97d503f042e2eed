"""What is kept of a person with an account: invitations to confirmed addresses, and tasks."""

from typing import Any

from django.db.models import Q

from concivis.accounts.models import User
from concivis.accounts.queries import confirmed_addresses
from concivis.desk.models import Guest, Task


def personal_data(user: User) -> dict[str, Any]:
    """Two queries, and one for the addresses."""
    own = _addresses(user)
    guests = Guest.objects.filter(email__in=own).select_related("meeting").order_by("pk")
    tasks = Task.objects.filter(Q(assignee=user) | Q(guest__email__in=own)).order_by("pk")
    return {
        "meetings": [
            {
                "title": guest.meeting.title,
                "begins": guest.meeting.starts.isoformat(),
                "name": guest.name,
                "address": guest.email,
                "answer": guest.answer,
                "people": guest.people,
                "needs": guest.needs,
                "came": guest.came,
            }
            for guest in guests
        ],
        "tasks": [
            {
                "title": task.title,
                "until": task.due_on.isoformat() if task.due_on else None,
                "done": task.done_at.isoformat() if task.done_at else None,
            }
            for task in tasks
        ],
    }


def before_leaving(user: User) -> None:
    """Who deletes the account is forgotten on the lists of meetings, too; the numbers stay."""
    own = Guest.objects.filter(email__in=_addresses(user))
    for guest in own:
        guest.keys.all().delete()
    own.update(name="", email="", needs="", consent_how="")


def _addresses(user: User) -> list[str]:
    return [str(address).lower() for address in confirmed_addresses(user)]
