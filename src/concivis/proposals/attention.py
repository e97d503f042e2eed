"""What of citizens' initiatives needs the office: on its first page, and among the matters of the day."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from concivis.hubs import hooks, matters
from concivis.hubs.hooks import Figure, Step
from concivis.hubs.matters import Matter, Urgency
from concivis.hubs.models import Hub, today_in
from concivis.hubs.permissions import Permission
from concivis.proposals import cards
from concivis.proposals.enums import Event, MeasureState, State, Threshold
from concivis.proposals.models import Attempt, Happening, Measure, Proposal
from concivis.proposals.queries import current_rules

KIND = "proposal"
SOON = dt.timedelta(days=14)  # how long before an answer or a measure is due it is told
REVIEW_SOON = dt.timedelta(days=2)


def register() -> None:
    matters.register_kind(matters.Kind(KIND, gettext_lazy("Citizens’ initiatives")))
    hooks.matters.append(found)


def figures(hub: Hub) -> list[Figure]:
    """Two queries."""
    url = reverse("proposals:office", args=[hub.slug])
    rows = hub.proposals
    return [
        Figure(rows.filter(state=State.PUBLISHED).count(), _("proposals collect signatures"), url),
        Figure(
            rows.filter(state=State.REVIEW).count(), _("proposals wait for review"), f"{url}?state=review"
        ),
    ]


def steps(hub: Hub) -> list[Step]:
    """One query."""
    url = reverse("proposals:office_rules", args=[hub.slug])
    done = hub.proposal_rules.exists()
    return [Step(_("Set the rules for citizens’ initiatives"), done, url, Permission.WORK_ON_PROPOSALS)]


def found(hub: Hub) -> Iterator[Matter]:
    """What waits for review, for handing over, for an answer, for a measure. Seven queries."""
    today = today_in(hub)
    yield from _reviews(hub, today)
    yield from _held(hub)
    yield from _closed(hub)
    yield from _reached(hub, today)
    yield from _answers(hub, today)
    yield from _measures(hub, today)


def _reviews(hub: Hub, today: dt.date) -> Iterator[Matter]:
    rules = current_rules(hub)
    days = dt.timedelta(days=rules.review_days if rules else 10)
    for each in hub.proposals.filter(state=State.REVIEW).order_by("submitted_at", "pk"):
        sent = _day(hub, each.submitted_at or each.created_at)
        due = sent + days
        late = due < today
        yield _matter(
            hub, each, "office_proposal",
            key=f"review {each.submitted_at:%Y%m%d%H%M}" if each.submitted_at else "review",
            why=_("The time that your rules give for the review is over: publish it, ask back or do not admit it.")
            if late else _("Waits for your review: publish it, ask back, or do not admit it with a public reason."),
            action=_("Review it"), due=due, since=sent,
            urgency=Urgency.NOW if due <= today + REVIEW_SOON else Urgency.SOON,
        )  # fmt: skip


def _held(hub: Hub) -> Iterator[Matter]:
    """So many from one source that no letter was sent to them yet."""
    waiting = Attempt.objects.filter(proposal__hub=hub, held=True).order_by("proposal")
    counted = waiting.values_list("proposal").annotate(n=Count("pk"), since=Min("begun_at"))
    numbers = {pk: (n, since) for pk, n, since in counted}
    for each in hub.proposals.filter(pk__in=numbers).order_by("pk") if numbers else ():
        n, since = numbers[each.pk]
        why = ngettext(
            "%(n)s signature waits for you: so many came from one source.",
            "%(n)s signatures wait for you: so many came from one source.",
            n,
        )
        yield _matter(
            hub, each, "office_signatures", key=f"held {since:%Y%m%d%H%M}", why=why % {"n": n},
            action=_("Look at them"), since=_day(hub, since), urgency=Urgency.NOW,
        )  # fmt: skip


def _closed(hub: Hub) -> Iterator[Matter]:
    for each in hub.proposals.filter(state=State.CLOSED, is_historical=False).order_by("closed_at", "pk"):
        yield _matter(
            hub, each, "office_handover", key="closed",
            why=_("Collecting has ended. Hand it over, or say what becomes of it."),
            action=_("Look at what comes next"), since=_day(hub, each.closed_at or each.changed_at),
        )  # fmt: skip


def _reached(hub: Hub, today: dt.date) -> Iterator[Matter]:
    """Enough signatures for something, while signatures are still collected."""
    rows = Happening.objects.filter(
        event=Event.REACHED, proposal__hub=hub, proposal__state=State.PUBLISHED, proposal__answered_on=None
    )
    for each in rows.select_related("proposal__rules").order_by("at", "pk"):
        reached = _day(hub, each.at)
        due = reached + dt.timedelta(days=each.proposal.rules.answer_days if each.proposal.rules else 60)
        yield _matter(
            hub, each.proposal, "office_fate", key=f"reached {each.threshold}",
            why=_("Enough signatures ({number}): {what}.").format(
                number=each.number, what=Threshold(each.threshold).label
            ),
            action=_("Answer it"), due=due, since=reached,
            urgency=Urgency.NOW if due < today else Urgency.SOON,
        )  # fmt: skip


def _answers(hub: Hub, today: dt.date) -> Iterator[Matter]:
    rows = hub.proposals.filter(state=State.HANDED_OVER, answer_due_on__lte=today + SOON, answered_on=None)
    for each in rows.order_by("answer_due_on", "pk"):
        due = each.answer_due_on or today
        late = due < today
        why = _("Its answer was due on {day}.") if late else _("Its answer is due on {day}.")
        yield _matter(
            hub, each, "office_fate", key=f"answer {due}", why=why.format(day=date_format(due)),
            action=_("Note the answer"), due=due, since=each.handed_over_on,
            urgency=Urgency.NOW if late else Urgency.SOON,
        )  # fmt: skip


def _measures(hub: Hub, today: dt.date) -> Iterator[Matter]:
    going = [MeasureState.PLANNED, MeasureState.RUNNING]
    rows = Measure.objects.filter(proposal__hub=hub, state__in=going, due_on__lte=today + SOON)
    for each in rows.select_related("proposal").order_by("due_on", "pk"):
        due = each.due_on or today
        late = due < today
        why = _("“{measure}” was due on {day}.") if late else _("“{measure}” is due on {day}.")
        yield _matter(
            hub, each.proposal, "office_fate", key=f"measure {each.public_id} {due}",
            why=why.format(measure=each.title, day=date_format(due)), action=_("Say how it stands"),
            due=due, urgency=Urgency.NOW if late else Urgency.SOON,
        )  # fmt: skip


def _day(hub: Hub, at: dt.datetime) -> dt.date:
    return at.astimezone(ZoneInfo(hub.timezone)).date()


def _matter(hub: Hub, proposal: Proposal, page: str, *, key: str, **said: object) -> Matter:
    return Matter(
        kind=KIND,
        key=f"proposal {proposal.public_id} {key}",
        title=proposal.title,
        url=reverse(f"proposals:{page}", args=[hub.slug, proposal.public_id]),
        object_kind=cards.KIND,
        object_id=proposal.public_id,
        permission=Permission.WORK_ON_PROPOSALS,
        seen_with=Permission.WORK_ON_PROPOSALS,
        **said,  # type: ignore[arg-type]
    )
