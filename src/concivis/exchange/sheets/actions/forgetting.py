"""Tables hold names and addresses of people: nothing of them is kept longer than it is needed."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.exchange import storage
from concivis.exchange.enums import BatchState
from concivis.exchange.errors import UnreadyBatch
from concivis.exchange.sheets.actions.sending import locked, state_of
from concivis.exchange.sheets.models import Sheet

KEPT_DAYS = 90  # the file and its rows, since it was sent; so long an import can be taken back


@transaction.atomic
def discard(*, by: User | None, sheet: Sheet) -> None:
    """Forgets a sheet that was never applied, and its file. Raises UnreadyBatch otherwise."""
    sheet = locked(sheet)
    if sheet.state in {BatchState.APPLIED, BatchState.UNDONE}:
        raise UnreadyBatch(
            _("This import is %(state)s; its rows say what it did and stay.") % state_of(sheet)
        )
    stored = sheet.stored
    sheet.delete()
    if stored:
        transaction.on_commit(lambda: storage.discard(stored))


def forget_old() -> int:
    """Deletes files and rows of old imports; what was applied stays in the list with its figures. How many."""
    old = Sheet.objects.filter(created_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).exclude(stored="")
    pks = list(old.values_list("pk", flat=True))
    for pk in pks:
        _forget(Sheet(pk=pk))
    return len(pks)


@transaction.atomic
def _forget(sheet: Sheet) -> None:
    sheet = locked(sheet)
    stored = sheet.stored
    sheet.rows.all().delete()
    if sheet.state in {BatchState.APPLIED, BatchState.UNDONE}:
        sheet.stored = ""
        sheet.save(update_fields=["stored"])
    else:
        sheet.delete()
    transaction.on_commit(lambda: storage.discard(stored))
