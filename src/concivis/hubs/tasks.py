"""Background jobs of hubs: each calls one function."""

from django_tasks import task

from concivis.hubs import deliveries


@task()
def deliver_due() -> None:
    deliveries.deliver_due()
