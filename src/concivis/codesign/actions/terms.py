"""That a connector's term is about to end."""

from django.db import transaction
from django.utils import timezone

from concivis.codesign import letters
from concivis.codesign.actions.noting import locked, noted
from concivis.codesign.models import Connector


@transaction.atomic
def remind(*, connector: Connector) -> bool:
    """Mails it once for a term; whether it was."""
    of = locked(connector)
    if of.term_reminded_at or not of.is_working:
        return False
    of.term_reminded_at = timezone.now()
    of.save()
    noted(of, None, "connector.term_reminded")
    letters.term_ends(of)
    return True
