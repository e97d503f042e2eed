"""The stored figures of the whole network: computed by a job, some minutes after the first of many changes."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from concivis.hubs import record
from concivis.twinning import figures
from concivis.twinning.models import FigureSnapshot

PATIENCE = dt.timedelta(minutes=2)  # changes come in bursts; the figures follow the burst, not each change
LOST = dt.timedelta(hours=1)  # a job asked for so long ago has died with its worker


def want_figures() -> None:
    """Asks for new figures once the transaction commits. Asking again while a job waits does nothing."""
    from concivis.twinning.tasks import refresh_figures as job

    now = timezone.now()
    snapshot, _ = FigureSnapshot.objects.select_for_update().get_or_create(scope=figures.WORLD)
    if snapshot.wanted_at is not None and snapshot.wanted_at > now - LOST:
        return
    FigureSnapshot.objects.filter(pk=snapshot.pk).update(wanted_at=now)
    first = snapshot.computed_at is None
    start = now if first else now + PATIENCE
    transaction.on_commit(lambda: job.using(run_after=start).enqueue())


def refresh_figures() -> FigureSnapshot:
    """Computes the world's figures (many seconds) and stores them, unless they are of the present data version.

    Writes the record, so that pages showing the older figures are made anew.
    """
    snapshot, _ = FigureSnapshot.objects.get_or_create(scope=figures.WORLD)
    FigureSnapshot.objects.filter(pk=snapshot.pk).update(wanted_at=None)
    version = record.data_version()
    if snapshot.computed_at is not None and snapshot.data_version == version:
        return snapshot
    computed = figures.compute(figures.WORLD, slow=True)
    with transaction.atomic():
        record.write(hub=None, by=None, action="figures.computed", kind="figures", object_id=figures.WORLD)
        now = record.data_version()
        snapshot.data_version = (
            now if now == version + 1 else version
        )  # else something changed while we computed
        snapshot.computed_at = timezone.now()
        snapshot.figures = computed
        snapshot.save(update_fields=["data_version", "computed_at", "figures"])
    return snapshot
