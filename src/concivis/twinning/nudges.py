"""The job that sends the weekly letters. It bears to be killed: what is begun is finished by the next call."""

from django.db.models import Q

from concivis.hubs.models import Hub
from concivis.twinning.actions import nudges as actions
from concivis.twinning.models import DigestLetter, Side


def send_due() -> int:
    """Begins the letters that are due and sends all that wait; how many were sent."""
    for hub in _offices():
        actions.begin_digest(hub=hub)
    waiting = DigestLetter.objects.filter(sent_at=None).order_by("pk")
    return sum(actions.send_letter(letter=letter) for letter in list(waiting))


def _offices() -> list[Hub]:
    """Those that keep a partnership, or are asked about one and trusted to answer."""
    asked = Side.objects.filter(office__isnull=False, confirmed_at=None).values("office")
    return list(Hub.objects.filter(Q(partnerships__isnull=False) | Q(pk__in=asked)).distinct().order_by("pk"))
