"""Background jobs of other platforms' proposals: each finds its file and calls one action."""

from django.utils import translation
from django_tasks import task

from concivis.accounts.models import User
from concivis.exchange import progress
from concivis.exchange.errors import UnreadyBatch
from concivis.exchange.proposals import actions
from concivis.exchange.proposals.models import ProposalFile


@task()
def read_proposal_file(file: int, user: int | None, language: str) -> str:
    """`language`: in which the sentences of the rows are kept."""
    return _do(actions.read_file, file, user, language)


@task()
def apply_proposal_file(file: int, user: int | None, language: str) -> str:
    return _do(actions.apply_file, file, user, language)


def _do(action: object, file: int, user: int | None, language: str) -> str:
    found = ProposalFile.objects.select_related("hub").get(pk=file)
    by = User.objects.filter(pk=user).first() if user is not None else None
    with translation.override(language):
        try:
            done = action(by=by, file=found, report=progress.reporter(found.public_id))  # type: ignore[operator]
        except UnreadyBatch as said:
            return str(said)
    progress.clear(found.public_id)
    return str(done.state)
