"""Background jobs of files of IATI: each finds its file and calls one action."""

from django.utils import translation
from django_tasks import task

from concivis.accounts.models import User
from concivis.exchange.errors import UnreadyBatch
from concivis.exchange.iati import actions
from concivis.exchange.iati.models import IatiFile


@task()
def read_iati_file(file: int, user: int | None, language: str) -> str:
    """`language`: in which the sentences of the rows are kept."""
    return _do(actions.read_file, file, user, language)


@task()
def apply_iati_file(file: int, user: int | None, language: str) -> str:
    return _do(actions.apply_file, file, user, language)


def _do(action: object, file: int, user: int | None, language: str) -> str:
    found = IatiFile.objects.select_related("hub").get(pk=file)
    by = User.objects.filter(pk=user).first() if user is not None else None
    with translation.override(language):
        try:
            return str(action(by=by, file=found).state)  # type: ignore[operator]
        except UnreadyBatch as said:
            return str(said)
