from django_tasks import task

from concivis.exchange import progress
from concivis.exchange.takeout import actions
from concivis.exchange.takeout.models import Takeout


@task()
def make_takeout(takeout: int) -> str:
    found = Takeout.objects.select_related("hub").get(pk=takeout)
    made = actions.make(takeout=found, report=progress.reporter(found.public_id))
    progress.clear(found.public_id)
    return made.state


def forget_old_takeouts() -> int:
    return actions.forget_old()
