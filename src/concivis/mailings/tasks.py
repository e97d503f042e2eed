"""Background jobs of mailings: each calls one function."""

from django_tasks import task

from concivis.mailings import sending


@task()
def send_due() -> None:
    sending.send_due()
