"""What needs an office's attention about its partnerships, and why: computed anew from dates, rules and answers."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet

from concivis.hubs import matters
from concivis.hubs.matters import Urgency
from concivis.hubs.models import Hub, today_in
from concivis.shell.dates import months_later
from concivis.twinning import attention_words, journeys, queries
from concivis.twinning.enums import MilestoneKind, PartnershipState
from concivis.twinning.models import Contact, Milestone, OfficeRules, Partnership, Side, Step
from concivis.twinning.policies import KEEP

ANSWER_WITHIN_DAYS = 30  # our rule: so long may the other side take before we ask again
KIND = "partnership"
SUSPENDED_FOR_YEARS = 2  # our rule: so long a suspension is worth a second look


class Reason(StrEnum):
    WAITING = "waiting"  # another office asks ours to confirm
    DIFFERS = "differs"
    STEP = "step_overdue"
    RENEWAL = "renewal"
    UNCONFIRMED = "unconfirmed"
    DORMANT = "dormant"
    QUIET = "quiet"
    SUCCESSOR = "successor"
    SUSPENDED = "long_suspended"


DATED = (Reason.STEP, Reason.RENEWAL)


@dataclass(frozen=True)
class Matter:
    """One thing about one partnership. `about` says exactly which, the same in every language and on every day."""

    hub: Hub  # whose matter it is
    partnership: Partnership  # with its hub, sides and places
    reason: Reason
    urgency: Urgency
    about: str
    since: dt.date  # from when it has needed attention
    side: Side | None = None
    step: Step | None = None
    day: dt.date | None = None  # of what is due, or of what was last

    @property
    def key(self) -> str:
        return key_of(self.partnership.public_id, self.reason.value, self.about)

    @property
    def due(self) -> dt.date | None:
        """The day of what must be done by a day."""
        return self.day if self.reason in DATED else None

    @property
    def title(self) -> str:
        """The partner's name, or names."""
        others = [side.place for side in self.partnership.sides.all() if side.place_id != self.hub.place_id]
        return " – ".join(place.name for place in others)

    @property
    def sentence(self) -> str:
        """In the active language."""
        return attention_words.sentence(self)

    @property
    def url(self) -> str:
        """Where to act; it begins with the active language."""
        return attention_words.url(self)

    @property
    def action(self) -> str:
        """What the link to `url` says."""
        return attention_words.action(self)


def key_of(public_id: str, reason: str, about: str) -> str:
    return f"{KIND}-{public_id} {reason} {about}"


def attention(hub: Hub, on: dt.date | None = None, *, aside: bool = False) -> list[Matter]:
    """The matters of an office on the day `on` (today there), the most urgent and the oldest first; what is done, or
    put off until later, is left out unless `aside`. Eight queries, whatever the number of partnerships."""
    day = on or today_in(hub)
    found = [matter for several in _Facts.of(hub, day).matters() for matter in several]
    if not aside:
        settled = matters.put_aside(hub, day)
        found = [matter for matter in found if matter.key not in settled]
    order = list(Urgency)
    return sorted(
        found, key=lambda matter: (order.index(matter.urgency), matter.since, matter.partnership.pk)
    )


def for_the_desk(hub: Hub) -> Iterator[matters.Matter]:
    """The same for the screen of all rooms. Seven queries."""
    for each in attention(hub, aside=True):
        yield matters.Matter(
            kind=KIND,
            key=each.key,
            title=each.title,
            why=each.sentence,
            url=each.url,
            action=each.action,
            urgency=each.urgency,
            due=each.due,
            since=each.since,
            object_kind=KIND,
            object_id=each.partnership.public_id,
            permission=KEEP,
        )


@dataclass
class _Facts:
    """All that the rules read, fetched at once."""

    hub: Hub
    on: dt.date
    rules: OfficeRules
    kept: Sequence[Partnership]  # by the office, and not ended
    asked: Sequence[Partnership]  # kept by others who wait for our word
    overdue: Sequence[Step]
    teams: Mapping[int, Sequence[Contact]] = field(default_factory=dict)  # of the own side
    suspended: Mapping[int, dt.date] = field(default_factory=dict)  # since when
    dated: frozenset[int] = frozenset()  # sides that state dates of their own

    @classmethod
    def of(cls, hub: Hub, on: dt.date) -> "_Facts":
        seen = list(queries.for_office(_within_sight(hub)))
        kept = [tie for tie in seen if tie.hub_id == hub.pk]
        return cls(
            hub=hub,
            on=on,
            rules=queries.rules_of(hub),
            kept=kept,
            asked=[tie for tie in seen if tie.hub_id != hub.pk],
            overdue=list(journeys.steps_overdue(hub, on)),
            teams=_teams(hub, on),
            suspended=_suspended(hub),
            dated=_stating_dates(hub),
        )

    def matters(self) -> Iterator[Iterable[Matter]]:
        by_pk = {tie.pk: tie for tie in self.kept}
        yield self._steps(by_pk)
        for tie in self.asked:
            yield self._waiting(tie)
        for tie in self.kept:
            yield self._activity(tie)
            yield self._renewal(tie)
            yield self._answers(tie)
            yield self._successor(tie)
            yield self._suspension(tie)

    def _steps(self, by_pk: Mapping[int, Partnership]) -> Iterator[Matter]:
        for step in self.overdue:
            tie, due = by_pk.get(step.journey.partnership_id), step.due_on
            if tie and due:
                about = f"step-{step.pk} due {due}"
                yield self._matter(
                    tie, Reason.STEP, Urgency.NOW, about, due + dt.timedelta(days=1), step=step, day=due
                )

    def _waiting(self, tie: Partnership) -> Iterator[Matter]:
        for side in tie.sides.all():
            if side.office_id == self.hub.pk and side.asked_at and not side.confirmed_at:
                asked = side.asked_at.date()
                yield self._matter(
                    tie, Reason.WAITING, Urgency.NOW, f"side-{side.pk} asked {asked}", asked, side=side
                )

    def _activity(self, tie: Partnership) -> Iterator[Matter]:
        """Dormant, or quiet for long; nothing recorded counts from the day the office began to keep it."""
        if tie.state not in queries.IN_FORCE:
            return
        last = tie.last_activity
        if queries.is_dormant(tie.sleeps_on, self.on):
            yield self._matter(
                tie, Reason.DORMANT, Urgency.SOON, f"last activity {last}", tie.sleeps_on or self.on, day=last
            )
            return
        since = months_later(last or tie.created_at.date(), self.rules.nudge_after_months)
        if since <= self.on:
            about = f"last activity {last}" if last else "no activity"
            yield self._matter(tie, Reason.QUIET, Urgency.LATER, about, since, day=last)

    def _renewal(self, tie: Partnership) -> Iterator[Matter]:
        until = tie.valid_until
        if until is None or tie.state not in queries.IN_FORCE:
            return
        since = until - dt.timedelta(days=self.rules.renewal_notice_days)
        if until < self.on:
            yield self._matter(tie, Reason.RENEWAL, Urgency.NOW, f"ran out {until}", until, day=until)
        elif since <= self.on:
            yield self._matter(tie, Reason.RENEWAL, Urgency.SOON, f"until {until}", since, day=until)

    def _answers(self, tie: Partnership) -> Iterator[Matter]:
        for side in tie.sides.all():
            if side.place_id == self.hub.place_id:
                continue
            if self._differs(tie, side):
                said = (side.confirmed_at or side.asked_at or tie.changed_at).date()
                about = f"side-{side.pk} says {side.state_said or 'dates'}"
                yield self._matter(tie, Reason.DIFFERS, Urgency.NOW, about, said, side=side)
            elif side.confirmed_at is None:
                yield from self._unconfirmed(tie, side)

    def _differs(self, tie: Partnership, side: Side) -> bool:
        return side.pk in self.dated or side.state_said not in ("", tie.state)

    def _unconfirmed(self, tie: Partnership, side: Side) -> Iterator[Matter]:
        if side.asked_at is not None:
            asked = side.asked_at.date()
            since, urgency = asked + dt.timedelta(days=ANSWER_WITHIN_DAYS), Urgency.SOON
            about = f"side-{side.pk} asked {asked}"
        elif tie.state in queries.IN_FORCE:
            since, urgency, about = tie.created_at.date(), Urgency.LATER, f"side-{side.pk} never asked"
        else:
            return
        if since <= self.on:
            yield self._matter(tie, Reason.UNCONFIRMED, urgency, about, since, side=side)

    def _successor(self, tie: Partnership) -> Iterator[Matter]:
        team = self.teams.get(tie.pk, ())
        if team and tie.state in queries.IN_FORCE and not any(contact.successor_id for contact in team):
            since = min(contact.since or tie.created_at.date() for contact in team)
            yield self._matter(tie, Reason.SUCCESSOR, Urgency.LATER, "team", since)

    def _suspension(self, tie: Partnership) -> Iterator[Matter]:
        day = self.suspended.get(tie.pk)
        if day is None or tie.state != PartnershipState.SUSPENDED:
            return
        since = months_later(day, 12 * SUSPENDED_FOR_YEARS)
        if since <= self.on:
            yield self._matter(tie, Reason.SUSPENDED, Urgency.LATER, f"suspended {day}", since, day=day)

    def _matter(
        self,
        tie: Partnership,
        reason: Reason,
        urgency: Urgency,
        about: str,
        since: dt.date,
        *,
        side: Side | None = None,
        step: Step | None = None,
        day: dt.date | None = None,
    ) -> Matter:
        return Matter(self.hub, tie, reason, urgency, about, since, side, step, day)


def _within_sight(hub: Hub) -> QuerySet[Partnership]:
    """What the office keeps, and what another trusts it to answer and asks it about; nothing that has ended."""
    ours = Side.objects.filter(partnership=OuterRef("pk"), place=hub.place_id, office=hub, confirmed_at=None)
    asked = Q(hub__isnull=False) & Exists(ours)
    return Partnership.objects.filter(Q(hub=hub) | asked).exclude(state=PartnershipState.ENDED).order_by("pk")


def _teams(hub: Hub, on: dt.date) -> dict[int, list[Contact]]:
    """The team of the own side of each partnership. One query."""
    there = Q(left_on=None) | Q(left_on__gt=on)
    found: dict[int, list[Contact]] = defaultdict(list)
    team = Contact.objects.filter(there, side__partnership__hub=hub, side__place=hub.place_id, in_team=True)
    for contact in team.select_related("side"):
        found[contact.side.partnership_id].append(contact)
    return found


def _suspended(hub: Hub) -> dict[int, dt.date]:
    """When each suspended partnership was suspended last. One query."""
    events = Milestone.objects.filter(
        partnership__hub=hub,
        partnership__state=PartnershipState.SUSPENDED,
        kind=MilestoneKind.SUSPENDED,
        source__stated_by=None,
    )
    return dict(events.order_by("date").values_list("partnership", "date"))


def _stating_dates(hub: Hub) -> frozenset[int]:
    """The sides that state dates which the keeper has not taken over. One query."""
    stated = Milestone.objects.filter(
        partnership__hub=hub, source__stated_by__isnull=False, side__isnull=False
    )
    return frozenset(stated.values_list("side", flat=True))
