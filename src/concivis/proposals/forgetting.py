"""What is deleted, and when: begun and never confirmed after a week, signatures when they are of no more use, and with
time who followed and how to reach who proposed. Jobs: each looks for what is due, goes in portions with a transaction
each, and may be killed at any moment: the next run goes on.

Signatures become numbers in two steps. First the numbers are counted once more from the rows and frozen (`Tally`),
with a line in the record; that is one transaction, and from then on nothing counts them anew. Then the rows go, a
portion at a time. If the numbers are not what the pages say, nothing is deleted that day: a person has time to look.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, Max, Model, Q, QuerySet
from django.utils import timezone

from concivis.hubs import record
from concivis.proposals import cards, numbers
from concivis.proposals.enums import Event, State
from concivis.proposals.models import (
    Attempt,
    CoAuthor,
    Follower,
    Handover,
    PaperSheet,
    Proposal,
    ProposalDraft,
    ProposalKey,
    Signature,
    Sponsor,
    Tally,
)

log = logging.getLogger(__name__)

PORTION = 2000
UNCONFIRMED = dt.timedelta(days=7)
FOLLOWING = dt.timedelta(days=180)  # after the last step of what has ended
CONTACT = dt.timedelta(days=365)  # after the end: until then the city can still ask, and the author object
FINISHED = (State.REALISED, State.PARTLY_REALISED, State.NOT_REALISED, State.WITHDRAWN, State.REJECTED)


# --- what was begun and never confirmed --------------------------------------------------------------------------


def forget_unconfirmed() -> dict[str, int]:
    """Deletes what nobody confirmed within a week: {table: rows}."""
    before = timezone.now() - UNCONFIRMED
    return {
        "attempts": _in_portions(Attempt.objects.filter(begun_at__lt=before)),
        "followers": _in_portions(Follower.objects.filter(confirmed_at=None, asked_at__lt=before)),
        "sponsors": _in_portions(Sponsor.objects.filter(confirmed_at=None, asked_at__lt=before)),
        "drafts": _in_portions(ProposalDraft.objects.filter(saved_at__lt=before)),
        "proposals": _forget_proposals(before),
    }


def _forget_proposals(before: dt.datetime) -> int:
    """Those of which the mail address was never confirmed, with their pictures."""
    waiting = Proposal.objects.filter(state=State.DRAFT, created_at__lt=before)
    return sum(_forget_proposal(pk) for pk in list(waiting.values_list("pk", flat=True)))


@transaction.atomic
def _forget_proposal(pk: int) -> int:
    gone = Proposal.objects.select_for_update().filter(pk=pk, state=State.DRAFT).select_related("hub").first()
    if gone is None:
        return 0
    for picture in gone.pictures.all():
        transaction.on_commit(partial(picture.file.storage.delete, str(picture.file.name)))
    record.write(
        hub=gone.hub, by=None, action="proposal.forgotten", kind=cards.KIND, object_id=gone.public_id
    )
    gone.delete()
    return 1


# --- signatures become numbers -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Due:
    """A proposal whose signatures are of no more use since `since`. `rows`: still there."""

    proposal: Proposal
    since: dt.date
    rows: int


def due_for_reduction(now: dt.datetime | None = None) -> list[Due]:
    """What `reduce_due` would reduce. Two queries for each proposal that has ended and still has rows."""
    return [each for each in _ended(now or timezone.now()) if each.rows]


def reduce_due(stop: Callable[[], bool] = lambda: False) -> int:
    """Reduces what is due; how many rows were deleted. `stop` is asked between portions."""
    deleted = 0
    for due in due_for_reduction():
        if stop() or not _freeze(due.proposal):
            continue
        deleted += _in_portions(Signature.objects.filter(proposal=due.proposal), stop)
    return deleted


def usable_until(proposal: Proposal) -> dt.date | None:
    """Until when signatures are of use: the end of collecting, or the hand-over if that was later. None while they are
    collected, and for a proposal that reached a number and waits to be handed over: the authority may check them.

    The hub must be fetched. One query.
    """
    zone = ZoneInfo(proposal.hub.timezone)
    marks = proposal.happenings.aggregate(
        ended=Max("at", filter=Q(event__in=[Event.CLOSED, Event.WITHDRAWN])),
        reached=Count("pk", filter=Q(event=Event.REACHED)),
    )
    ended = marks["ended"] or proposal.closed_at
    if proposal.state == State.PUBLISHED or ended is None:
        return None
    if proposal.state == State.CLOSED and marks["reached"]:
        return None
    day: dt.date = ended.astimezone(zone).date()
    return max(day, proposal.handed_over_on or day)


def _ended(now: dt.datetime) -> Iterator[Due]:
    """A package that the authority can still open keeps the rows, too."""
    with_rows = Signature.objects.order_by().values("proposal").distinct()
    found = Proposal.objects.filter(pk__in=with_rows, rules__isnull=False).exclude(state=State.PUBLISHED)
    opened = Handover.objects.filter(received_at=None, withdrawn_at=None, expires_at__gt=now).values(
        "proposal"
    )
    for proposal in found.exclude(pk__in=opened).select_related("hub", "rules").order_by("pk"):
        since, today = usable_until(proposal), now.astimezone(ZoneInfo(proposal.hub.timezone)).date()
        assert proposal.rules is not None
        if since and since + dt.timedelta(days=proposal.rules.retention_days) < today:
            yield Due(proposal, since, Signature.objects.filter(proposal=proposal).count())


@transaction.atomic
def _freeze(proposal: Proposal) -> bool:
    """Counts once more and keeps the numbers for good; whether rows may go. What carries names goes with it: first
    supporters, scans of sheets, where packages were mailed to. Once only; a second call says yes."""
    said = Tally.objects.select_for_update().filter(proposal=proposal).first()
    if said is not None and said.frozen_at:
        return True
    rows = numbers.grouped(Signature.objects.filter(proposal=proposal))
    counted = numbers.by_proposal(rows).get(proposal.pk, numbers.NONE)
    if said is not None and (said.legal, said.consultative) != (counted["legal"], counted["consultative"]):
        log.error(
            "The signatures of proposal %s are not reduced: its pages say %s + %s, its rows say %s + %s.",
            proposal.public_id, said.legal, said.consultative, counted["legal"], counted["consultative"],
        )  # fmt: skip
        return False
    kept = numbers.recount(proposal)
    Tally.objects.filter(pk=kept.pk).update(frozen_at=timezone.now())
    Sponsor.objects.filter(proposal=proposal).delete()
    Handover.objects.filter(proposal=proposal).update(email="")
    _forget_scans(proposal)
    record.write(
        hub=proposal.hub,
        by=None,
        action="proposal.signatures_reduced",
        kind=cards.KIND,
        object_id=proposal.public_id,
        details={"signatures": kept.legal, "support": kept.consultative},
    )
    return True


def _forget_scans(proposal: Proposal) -> None:
    for sheet in PaperSheet.objects.filter(proposal=proposal).exclude(scan=""):
        transaction.on_commit(partial(sheet.scan.storage.delete, str(sheet.scan.name)))
    PaperSheet.objects.filter(proposal=proposal).update(scan="", scan_name="", media_type="", sha256="")


# --- who followed, and who proposed ------------------------------------------------------------------------------


def forget_followers() -> int:
    """Of what has ended, half a year after its last step: nothing more is to be told."""
    quiet = _quiet_for(FOLLOWING)
    return _in_portions(Follower.objects.filter(proposal__in=quiet))


def forget_authors() -> int:
    """How to reach who proposed, a year after the end, with every name that is not public; how many proposals."""
    quiet = _quiet_for(CONTACT)
    kept = ~Q(author_email="") | ~Q(author_phone="") | (~Q(author_name="") & Q(author_name_public=False))
    found = Proposal.objects.filter(pk__in=quiet).filter(kept | Q(co_authors__email__gt=""))
    return sum(_forget_author(pk) for pk in list(found.distinct().values_list("pk", flat=True)))


@transaction.atomic
def _forget_author(pk: int) -> int:
    Proposal.objects.filter(pk=pk).update(author_email="", author_phone="")
    Proposal.objects.filter(pk=pk, author_name_public=False).update(author_name="")
    CoAuthor.objects.filter(proposal=pk, name_public=False).delete()
    CoAuthor.objects.filter(proposal=pk).update(email="")
    ProposalKey.objects.filter(proposal=pk).delete()
    return 1


def _quiet_for(time: dt.timedelta) -> QuerySet[Proposal]:
    """What has ended (also by closing without a number reached) and where nothing has happened for so long."""
    ended = Q(state__in=FINISHED) | (Q(state=State.CLOSED) & Q(reached=0))
    marks = Proposal.objects.annotate(
        last=Max("happenings__at"), reached=Count("happenings", filter=Q(happenings__event=Event.REACHED))
    )
    return marks.filter(ended, last__lt=timezone.now() - time).values("pk")  # type: ignore[return-value]


# --- portions ----------------------------------------------------------------------------------------------------


def forget_due() -> None:
    """The daily job."""
    forget_unconfirmed()
    reduce_due()
    forget_followers()
    forget_authors()


def _in_portions(rows: QuerySet[Any], stop: Callable[[], bool] = lambda: False) -> int:
    """Deletes them, a transaction for each portion, so that others never wait long; how many."""
    deleted = 0
    while not stop():
        portion = list(rows.order_by("pk").values_list("pk", flat=True)[:PORTION])
        if not portion:
            break
        deleted += _delete(rows.model, portion)
    return deleted


def _delete(model: type[Model], keys: list[int]) -> int:
    _all, by_table = model._base_manager.filter(pk__in=keys).delete()
    return by_table.get(model._meta.label, 0)
