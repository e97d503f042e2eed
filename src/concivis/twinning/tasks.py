"""Background jobs of twinning: each calls one action."""

from django_tasks import task

from concivis.twinning import actions
from concivis.twinning.actions import finder


@task()
def refresh_figures() -> None:
    """What changed partnerships ask for: the finder is a job of its own, so that neither waits for the other."""
    fit_finder.enqueue()
    actions.refresh_figures()


@task()
def fit_finder() -> None:
    finder.fit_finder()
