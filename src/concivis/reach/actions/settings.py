import datetime as dt

from django.db import transaction

from concivis.accounts.models import User
from concivis.hubs import record
from concivis.hubs.models import Hub
from concivis.reach.models import HubReach


@transaction.atomic
def set_reach(
    *,
    by: User | None,
    hub: Hub,
    electorate: int | None = None,
    electorate_on: dt.date | None = None,
    electorate_source: str = "",
    is_public: bool = False,
) -> HubReach:
    """What the hub's figures are compared with, and whether they are public.

    An electorate comes with its date and its source, or not at all; raises `ValidationError` otherwise.
    """
    said = HubReach(
        hub=hub,
        electorate=electorate,
        electorate_on=electorate_on,
        electorate_source=electorate_source,
        is_public=is_public,
    )
    said.full_clean(exclude=["hub"], validate_unique=False)
    facts = {
        "electorate": electorate,
        "electorate_on": electorate_on,
        "electorate_source": electorate_source,
        "is_public": is_public,
    }
    kept, _made = HubReach.objects.update_or_create(hub=hub, defaults=facts)
    record.write(
        hub=hub,
        by=by,
        action="reach.set",
        kind="hub",
        object_id=hub.public_id,
        details={
            **facts,
            "electorate_on": electorate_on.isoformat() if electorate_on else None,
        },
    )
    return kept
