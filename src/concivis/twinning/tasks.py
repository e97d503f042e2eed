"""Background jobs of twinning: each calls one action."""

from django_tasks import task

from concivis.twinning import actions


@task()
def refresh_figures() -> None:
    actions.refresh_figures()
