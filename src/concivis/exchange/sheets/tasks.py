"""Background jobs of sheets: each finds its sheet and calls one action."""

from django.utils import translation
from django_tasks import task

from concivis.accounts.models import User
from concivis.exchange import progress
from concivis.exchange.errors import UnreadyBatch
from concivis.exchange.sheets import actions
from concivis.exchange.sheets.models import Sheet


@task()
def stage_sheet(sheet: int, user: int | None, language: str) -> str:
    """`language`: in which cells are read first, and reasons that are kept as text are written."""
    found = Sheet.objects.select_related("hub").get(pk=sheet)
    with translation.override(language):
        staged = actions.stage(by=_user(user), sheet=found, report=progress.reporter(found.public_id))
    progress.clear(found.public_id)
    return staged.state


@task()
def apply_sheet(sheet: int, user: int | None, language: str) -> str:
    found = Sheet.objects.get(pk=sheet)
    with translation.override(language):
        try:
            applied = actions.apply(by=_user(user), sheet=found, report=progress.reporter(found.public_id))
        except UnreadyBatch as said:
            actions.note_failure(sheet=found, reason=str(said))
            progress.clear(found.public_id)
            return str(said)
    return applied.state


def forget_old_sheets() -> int:
    return actions.forget_old()


def _user(pk: int | None) -> User | None:
    return User.objects.filter(pk=pk).first() if pk is not None else None
