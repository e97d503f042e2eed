"""The job that sends the weekly letters. It bears to be killed: what is begun is finished by the next call."""

from concivis.desk.actions import reminders as actions
from concivis.desk.models import ReminderLetter
from concivis.hubs.models import Hub


def send_due() -> int:
    """Begins the letters that are due and sends all that wait; how many were sent."""
    for hub in list(Hub.objects.filter(memberships__isnull=False).distinct().order_by("pk")):
        actions.begin(hub=hub)
    waiting = ReminderLetter.objects.filter(sent_at=None).order_by("pk")
    return sum(actions.send_letter(letter=letter) for letter in list(waiting))
