"""Background jobs of imports: each finds its batch and calls one action."""

from django.utils import translation
from django_tasks import task

from concivis.accounts.models import User
from concivis.exchange import actions, progress
from concivis.exchange.errors import UnreadyBatch
from concivis.exchange.models import Batch


@task()
def stage_batch(batch: int, user: int | None, language: str) -> str:
    """`language`: in which remarks and reasons that are kept as text are written."""
    found = Batch.objects.get(pk=batch)
    with translation.override(language):
        staged = actions.stage(by=_user(user), batch=found, report=progress.reporter(found.public_id))
    progress.clear(found.public_id)
    return staged.state


@task()
def apply_batch(batch: int, user: int | None, language: str) -> str:
    found = Batch.objects.get(pk=batch)
    with translation.override(language):
        try:
            applied = actions.apply(by=_user(user), batch=found, report=progress.reporter(found.public_id))
        except UnreadyBatch as said:
            return str(said)
    return applied.state


def _user(pk: int | None) -> User | None:
    return User.objects.filter(pk=pk).first() if pk is not None else None
