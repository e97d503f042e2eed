"""How every action begins and ends: the row locked, then the revision, the card, the record and the programs told.

Signing does none of this: see `actions.signing`.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import F
from django.utils import timezone

from concivis.accounts.models import User
from concivis.hubs import record, webhooks
from concivis.proposals import cards, hooks
from concivis.proposals.enums import Event
from concivis.proposals.models import Happening, Proposal
from concivis.shell.conflicts import EditConflict

KIND = cards.KIND


def locked(proposal: Proposal, revision: int | None = None) -> Proposal:
    """The row as it stands, kept until the transaction ends. Raises `EditConflict` unless `revision` stands."""
    rows = Proposal.objects.select_for_update(of=("self",), no_key=True)  # who signs meanwhile does not wait
    found = rows.select_related("hub", "rules").get(pk=proposal.pk)
    if revision is not None and found.revision != revision:
        raise EditConflict(found.revision)
    return found


def happened(
    proposal: Proposal,
    event: Event,
    by: User | None,
    *,
    note: str = "",
    language: str = "",
    is_public: bool = True,
    at: dt.datetime | None = None,
    threshold: str = "",
    number: int | None = None,
) -> Happening:
    """A dated step of the timeline; who follows is told (`actions.following`)."""
    step = Happening.objects.create(
        proposal=proposal, event=event, by=by, note=note, language=language, is_public=is_public,
        at=at or timezone.now(), threshold=threshold, number=number,
    )  # fmt: skip
    hooks.happening(proposal, step)
    return step


def noted(
    proposal: Proposal,
    by: User | None,
    action: str,
    details: Mapping[str, Any] | None = None,
    *,
    event: str = "",
) -> None:
    """Call it last in the transaction of a change. `event`: what programs are told, if it is public."""
    Proposal.objects.filter(pk=proposal.pk).update(revision=F("revision") + 1, changed_at=timezone.now())
    proposal.refresh_from_db(fields=["revision", "changed_at"])
    cards.refresh([proposal.pk])
    record.write(
        hub=proposal.hub, by=by, action=action, kind=KIND, object_id=proposal.public_id, details=details
    )
    if event:
        webhooks.emit(
            hub=proposal.hub,
            event=event,
            payload={"id": proposal.public_id, "title": proposal.title, "state": proposal.state},
        )
