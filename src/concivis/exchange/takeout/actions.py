"""A take-out is asked for, made, and goes after some days."""

import hashlib
import secrets
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.exchange.takeout.models import Takeout, TakeoutState
from concivis.exchange.takeout.packing import Report, pack, silent
from concivis.hubs import record
from concivis.hubs.models import Hub
from concivis.shell.ids import new_public_id

DAYS = 7


def folder() -> Path:
    path = Path(settings.DATA) / "takeouts"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


@transaction.atomic
def ask(*, by: User | None, hub: Hub) -> Takeout:
    """A job makes it. Raises ValidationError while another is being made."""
    hub = Hub.objects.select_for_update().get(pk=hub.pk)
    begun = timezone.now() - timedelta(hours=6)  # a worker that died does not stand in the way for ever
    if Takeout.objects.filter(hub=hub, state=TakeoutState.MAKING, asked_at__gt=begun).exists():
        raise ValidationError(_("An archive is being made already. Wait until it is ready."))
    takeout = Takeout.objects.create(
        public_id=new_public_id(), hub=hub, by=by, until=timezone.now() + timedelta(days=DAYS)
    )
    record.write(hub=hub, by=by, action="takeout.asked", kind="takeout", object_id=takeout.public_id)
    return takeout


def make(*, takeout: Takeout, report: Report = silent) -> Takeout:
    """Writes the archive. Whatever goes wrong leaves it failed and no file behind."""
    name = f"{takeout.public_id}-{secrets.token_hex(16)}.zip"
    path = folder() / name
    try:
        with transaction.atomic():
            pack(takeout.hub, path, at=timezone.now(), report=report)
        path.chmod(0o600)
        with path.open("rb") as file:
            takeout.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except BaseException:
        path.unlink(missing_ok=True)
        Takeout.objects.filter(pk=takeout.pk).update(state=TakeoutState.FAILED)
        raise
    takeout.stored, takeout.size, takeout.state = name, path.stat().st_size, TakeoutState.READY
    takeout.save(update_fields=["stored", "size", "sha256", "state"])
    return takeout


def forget_old() -> int:
    """Deletes archives whose days are over, with their files; how many."""
    gone = list(Takeout.objects.filter(until__lt=timezone.now()))
    for takeout in gone:
        if takeout.stored:
            (folder() / takeout.stored).unlink(missing_ok=True)
        takeout.delete()
    return len(gone)
