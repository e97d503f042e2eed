"""What is kept of a person: invitations to confirmed addresses, and tasks."""

from typing import Any

from concivis.accounts.people import Person
from concivis.desk.models import Guest, Task


def personal_data(person: Person) -> dict[str, Any]:
    """Two queries."""
    guests = Guest.objects.filter(person.by_address("email")).select_related("meeting").order_by("pk")
    tasks = Task.objects.filter(person.by_account("assignee") | person.by_address("guest__email")).order_by(
        "pk"
    )
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


def before_leaving(person: Person) -> None:
    """Who deletes the account is forgotten on the lists of meetings, too; the numbers stay."""
    own = Guest.objects.filter(person.by_address("email"))
    for guest in own:
        guest.keys.all().delete()
    own.update(name="", email="", needs="", consent_how="")
