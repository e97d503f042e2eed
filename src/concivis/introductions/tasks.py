"""Background jobs of the radar: each calls one function."""

from django_tasks import task

from concivis.hubs.models import Hub
from concivis.introductions import findings


@task()
def look(hub_id: int) -> None:
    findings.look(Hub.objects.get(pk=hub_id))
