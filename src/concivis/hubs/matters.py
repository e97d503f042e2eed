"""What needs an office's attention. Each room says what of its own does; the desk shows all of it on one screen.

A room adds its source when the site starts, and names its kind:

    matters.register_kind(matters.Kind("partnership", _("Partnerships")))
    hooks.matters.append(attention.matters)

A source is called with a hub, in the language of who reads, and gives its `Matter`s, computed anew each time: nothing
is kept but what the office did about them (`Handling`). It costs the same number of queries however many there are,
and says how many in its docstring.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

from concivis.hubs import hooks
from concivis.hubs.models import Handling, Hub, today_in
from concivis.hubs.permissions import Permission

KEY_LENGTH = 200


class Urgency(StrEnum):
    NOW = "now"
    SOON = "soon"
    LATER = "later"  # when there is time


@dataclass(frozen=True)
class OneClick:
    """A button on the matter itself: `url` is sent a POST without further fields, and leads back by `?next=`."""

    label: str
    url: str


@dataclass(frozen=True)
class Matter:
    """One thing that waits for the office.

    `key` names it for good: the same on every day and in every language, and another once the cause is another
    (“partnership-7 renewal until 2026-05-31”, so that what was put off or done is asked again after the renewal).
    Texts are in the active language; none holds anybody's contact data.
    """

    kind: str  # the code of a registered `Kind`
    key: str  # at most KEY_LENGTH characters
    title: str  # whom or what it is about
    why: str  # a sentence
    url: str  # where to act
    action: str  # what the link to `url` says: “Note the renewal”
    urgency: Urgency = Urgency.SOON
    due: dt.date | None = None  # the day by which it must be done
    since: dt.date | None = None  # from when it has needed attention: the oldest stands first
    object_kind: str = ""  # of what it is about, as on its card
    object_id: str = ""
    # who may act on it, put it off, assign it; and who may know of it at all
    permission: Permission = Permission.VIEW_OFFICE
    seen_with: Permission = Permission.VIEW_OFFICE
    assignee: int | None = None  # a user's id, where the room itself knows who is to do it
    one_click: OneClick | None = None


@dataclass(frozen=True)
class Kind:
    """A sort of matters, as the filter names it.

    `settle`: what “done” does in the room itself, called as `settle(hub=, object_id=, by=)`; `reopen`, called alike,
    takes it back. Without them “done” only means that the office need not be reminded of that matter again.
    `assign`, called as `assign(hub=, object_id=, to=, by=)`: for a room that itself keeps who is to do it.
    """

    code: str  # at most 30 characters
    label: str | Promise
    settle: Callable[..., None] | None = None
    reopen: Callable[..., None] | None = None
    assign: Callable[..., None] | None = None


KINDS: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    KINDS[kind.code] = kind


def everything(hub: Hub) -> list[Matter]:
    """All matters, in the active language, the most urgent first. Costs what the sources say, nothing more."""
    return ordered(matter for source in hooks.matters for matter in source(hub))


def waiting(hub: Hub, allowed: Collection[Permission]) -> list[Matter]:
    """`everything` that who has these permissions may know of, without what was put off or done. One query more."""
    settled = put_aside(hub, today_in(hub))
    return [matter for matter in everything(hub) if matter.seen_with in allowed and matter.key not in settled]


def ordered(found: Iterable[Matter]) -> list[Matter]:
    """By urgency, then by the day it is due, then by how long it has waited."""
    order = {urgency: place for place, urgency in enumerate(Urgency)}
    never = dt.date.max
    return sorted(
        found,
        key=lambda matter: (order[matter.urgency], matter.due or never, matter.since or never, matter.key),
    )


def put_aside(hub: Hub, on: dt.date) -> dict[str, dt.date | None]:
    """{key: the day it comes back; None for what is done}. One query."""
    rows = Handling.objects.put_aside(on).filter(hub=hub)
    return {key: None if done else until for key, until, done in rows.values_list("key", "until", "done_at")}


def assignees(hub: Hub) -> dict[str, int]:
    """{key: the id of the user whom the office gave it to}. One query."""
    given = Handling.objects.filter(hub=hub, assignee__isnull=False)
    return {key: user for key, user in given.values_list("key", "assignee") if user is not None}
