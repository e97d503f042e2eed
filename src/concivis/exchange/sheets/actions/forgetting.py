"""Tables hold names and addresses of people: nothing of them is kept longer than it is needed."""

from django.db import transaction
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.exchange import keeping, storage
from concivis.exchange.enums import BatchState
from concivis.exchange.errors import UnreadyBatch
from concivis.exchange.sheets.actions.sending import locked, state_of
from concivis.exchange.sheets.models import Sheet


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
    """Of tables. How many."""
    return keeping.forget_old(Sheet)
