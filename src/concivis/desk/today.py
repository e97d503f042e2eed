"""The screen of what needs attention: whose, of what kind, grouped by when it is due."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.core.cache import caches
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concivis.accounts.models import User
from concivis.hubs import matters, policies, queries, record
from concivis.hubs.matters import KINDS, Matter, Urgency
from concivis.hubs.models import Hub, today_in

A_WEEK = dt.timedelta(days=7)
AN_HOUR = 3600  # seconds that a count is kept; a change drops it at once


class Section(StrEnum):
    OVERDUE = "overdue"
    NOW = "now"
    WEEK = "week"
    SOON = "soon"
    LATER = "later"


SECTIONS: Mapping[Section, Promise] = {
    Section.OVERDUE: _("Overdue"),
    Section.NOW: _("Today"),
    Section.WEEK: _("Within a week"),
    Section.SOON: _("Soon"),
    Section.LATER: _("When there is time"),
}


@dataclass(frozen=True)
class Item:
    """A matter as one person sees it."""

    matter: Matter
    section: Section
    assignee: User | None
    may_act: bool
    back_on: dt.date | None = None  # of what was put off
    is_done: bool = False


@dataclass(frozen=True)
class Wanted:
    """What of it is shown. `whose`: "mine", "nobodys" or "" for all; `aside`: what is done or put off instead."""

    whose: str = ""
    kind: str = ""
    aside: bool = False

    def fits(self, item: Item, reader: User) -> bool:
        of_whom = {
            "mine": item.assignee == reader,
            "nobodys": item.assignee is None,
        }.get(self.whose, True)
        is_aside = item.is_done or item.back_on is not None
        return of_whom and self.kind in ("", item.matter.kind) and self.aside == is_aside


@dataclass(frozen=True)
class Screen:
    """`items`: those wanted, in order; the counts are of all that is not aside."""

    items: Sequence[Item]
    all: int
    mine: int
    nobodys: int
    aside: int
    kinds: Sequence[tuple[str, str, int]]  # code, label, how many; those of which there is one


def screen(hub: Hub, reader: User, wanted: Wanted) -> Screen:
    """What the sources cost, and three queries."""
    everything = items(hub, reader)
    waiting = [each for each in everything if not each.is_done and each.back_on is None]
    counted = Counter(each.matter.kind for each in waiting)
    return Screen(
        items=[each for each in everything if wanted.fits(each, reader)],
        all=len(waiting),
        mine=sum(each.assignee == reader for each in waiting),
        nobodys=sum(each.assignee is None for each in waiting),
        aside=len(everything) - len(waiting),
        kinds=[(code, str(kind.label), counted[code]) for code, kind in KINDS.items() if counted[code]],
    )


def items(hub: Hub, reader: User) -> list[Item]:
    """All that `reader` may know of, section by section. What the sources cost, and three queries."""
    allowed = policies.permissions_of(reader, hub)
    day = today_in(hub)
    aside = matters.put_aside(hub, day)
    given = matters.assignees(hub)
    people = {membership.user_id: membership.user for membership in queries.members_of(hub)}
    found = [
        Item(
            matter=matter,
            section=section_of(matter, day),
            assignee=people.get(given.get(matter.key) or matter.assignee or 0),
            may_act=matter.permission in allowed,
            back_on=aside.get(matter.key),
            is_done=matter.key in aside and aside[matter.key] is None,
        )
        for matter in matters.everything(hub)
        if matter.seen_with in allowed
    ]
    return _ordered(found)


def section_of(matter: Matter, day: dt.date) -> Section:
    """Where it stands on the day `day`: a date decides before urgency does."""
    if matter.due is not None and matter.due < day:
        return Section.OVERDUE
    if matter.urgency == Urgency.NOW or matter.due == day:
        return Section.NOW
    if matter.due is not None and matter.due <= day + A_WEEK:
        return Section.WEEK
    return Section.SOON if matter.urgency == Urgency.SOON else Section.LATER


def count(hub: Hub, reader: User) -> int:
    """How many matters wait that `reader` may know of; kept until something is recorded, or the day ends.

    One query where it is kept, else one more and what the sources cost.
    """
    allowed = policies.permissions_of(reader, hub)
    key = f"today:{hub.pk}:{record.data_version()}:{today_in(hub)}:{policies.roles_of(reader).get(hub.pk)}"
    known: int | None = caches["memory"].get(key)
    if known is None:
        known = len(matters.waiting(hub, allowed))
        caches["memory"].set(key, known, AN_HOUR)
    return known


def _ordered(found: Iterable[Item]) -> list[Item]:
    order = {section: place for place, section in enumerate(Section)}
    return sorted(
        found,
        key=lambda item: (
            order[item.section],
            item.matter.due or dt.date.max,
            item.matter.since or dt.date.max,
            item.matter.key,
        ),
    )
