"""How long what came in is kept: files hold names and addresses of people."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from concivis.exchange import storage
from concivis.exchange.enums import BatchState

KEPT_DAYS = 90  # a file and its rows, since it was sent; so long an import can be taken back
ENDED = {BatchState.APPLIED, BatchState.UNDONE}


def forget_old(model: type[Model]) -> int:
    """Deletes files and rows of old imports; what was applied stays in the list with its figures. How many.

    `model`: with `stored`, `state`, `created_at` and `rows`.
    """
    old = model._default_manager.filter(created_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))
    pks = list(old.exclude(stored="").values_list("pk", flat=True))
    for pk in pks:
        _forget(model, pk)
    return len(pks)


@transaction.atomic
def _forget(model: type[Model], pk: Any) -> None:
    row: Any = model._default_manager.select_for_update(of=("self",)).get(pk=pk)
    stored = row.stored
    row.rows.all().delete()
    if row.state in ENDED:
        row.stored = ""
        row.save(update_fields=["stored"])
    else:
        row.delete()
    transaction.on_commit(lambda: storage.discard(stored))
