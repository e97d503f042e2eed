"""What an office does about what needs attention: assigns it, puts it off, is done with it, takes that back."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs import record
from concivis.hubs.matters import KINDS, Matter
from concivis.hubs.models import Handling, Hub, Membership, today_in

LONGEST_DAYS = 366


@transaction.atomic
def assign(*, by: User, hub: Hub, matters: Sequence[Matter], to: User | None) -> None:
    """`to`: a member of the office; None: nobody in particular. Raises ValidationError for anybody else."""
    if to is not None and not Membership.objects.filter(hub=hub, user=to).exists():
        raise ValidationError(gettext("Only a member of this office can be given a task."))
    for matter in matters:
        kind = KINDS[matter.kind]
        if kind.assign is not None:
            kind.assign(hub=hub, object_id=matter.object_id, to=to, by=by)
    _handle(by, hub, [each for each in matters if KINDS[each.kind].assign is None], {"assignee": to})
    _record(by, hub, "matters.assigned", matters, {"to": to.pk if to else None})


@transaction.atomic
def put_off(*, by: User | None, hub: Hub, matters: Sequence[Matter], until: dt.date) -> None:
    """The office is not reminded of them before `until`. Raises ValidationError for a day past or far ahead."""
    today = today_in(hub)
    if not today < until <= today + dt.timedelta(days=LONGEST_DAYS):
        raise ValidationError(gettext("Choose a day within the next year."))
    _handle(by, hub, matters, {"until": until, "done_at": None})
    _record(by, hub, "matters.put_off", matters, {"until": until.isoformat()})


@transaction.atomic
def done(*, by: User, hub: Hub, matters: Sequence[Matter]) -> None:
    """The office is not reminded of these very matters again; where their kind knows how, the room settles them.

    Raises what a room raises that cannot settle one: then none is done.
    """
    for matter in matters:
        kind = KINDS[matter.kind]
        if kind.settle is not None:
            kind.settle(hub=hub, object_id=matter.object_id, by=by)
    _handle(by, hub, matters, {"until": None, "done_at": timezone.now()})
    _record(by, hub, "matters.done", matters)


@transaction.atomic
def bring_back(*, by: User, hub: Hub, keys: Collection[str]) -> int:
    """Takes back that they were done or put off; how many were. Undone in the room, too, where “done” settled them."""
    aside = Handling.objects.put_aside(dt.date.min).select_for_update().filter(hub=hub, key__in=list(keys))
    found = list(aside)
    for handling in found:
        kind = KINDS.get(handling.kind)
        if handling.done_at and kind is not None and kind.reopen is not None:
            kind.reopen(hub=hub, object_id=handling.object_id, by=by)
    Handling.objects.filter(pk__in=[each.pk for each in found]).update(
        until=None, done_at=None, by=by, at=timezone.now()
    )
    if found:
        _record(by, hub, "matters.brought_back", found)
    return len(found)


def _handle(by: User | None, hub: Hub, matters: Sequence[Matter], columns: dict[str, Any]) -> None:
    rows = [
        Handling(
            hub=hub,
            key=matter.key,
            kind=matter.kind,
            object_id=matter.object_id,
            by=by,
            at=timezone.now(),
            **columns,
        )
        for matter in matters
    ]
    Handling.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["hub", "key"], update_fields=[*columns, "by", "at"]
    )


def _record(
    by: User | None,
    hub: Hub,
    action: str,
    matters: Sequence[Matter | Handling],
    details: dict[str, Any] | None = None,
) -> None:
    kinds = sorted({matter.kind for matter in matters})
    told = {"count": len(matters), "kinds": kinds, **(details or {})}
    record.write(hub=hub, by=by, action=action, kind="matter", object_id="", details=told)
