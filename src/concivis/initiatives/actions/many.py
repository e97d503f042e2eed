"""Thousands of entries at once, as an import brings them: recorded, and taken back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from concivis.accounts.models import User
from concivis.catalogue import actions as catalogue
from concivis.hubs import record, webhooks
from concivis.hubs.models import Hub, today_in
from concivis.initiatives import cards
from concivis.initiatives.actions.facts import InitiativeFacts, Owner
from concivis.initiatives.actions.writing import Beside, fill, own, require_countries
from concivis.initiatives.enums import ReviewState
from concivis.initiatives.models import BudgetLine, Initiative, Involvement, SupportLine, WebLink
from concivis.shell.chunks import chunks
from concivis.shell.ids import new_public_id

CHUNK = 500
BESIDE: tuple[type[Beside], ...] = (Involvement, SupportLine, WebLink, BudgetLine)
MANY_TO_MANY = {"countries": "country_id", "places": "place_id", "terms": "term_id"}

Entry = tuple[InitiativeFacts, Owner | None]


@transaction.atomic
def record_many(
    *,
    by: User | None,
    hub: Hub,
    entries: Sequence[Entry],
    publish: bool,
    progress: Callable[[int], None] | None = None,
) -> list[Initiative]:
    """New entries in the order given, public at once or waiting for the office. Nobody is written to.

    One line in the record for all; about forty statements per five hundred. Raises ValidationError by field for the
    first that breaks a rule, and then keeps none.
    """
    made: list[Initiative] = []
    for chunk in chunks(entries, CHUNK):
        made += _record_chunk(by, hub, chunk, publish)
        if progress:
            progress(len(made))
    if made:
        details = {"count": len(made), "state": made[0].state}
        record.write(
            hub=hub, by=by, action="initiatives.recorded", kind=cards.KIND, object_id="-", details=details
        )
    if publish:
        _tell_programs(hub, made)
    return made


def _record_chunk(by: User | None, hub: Hub, entries: Sequence[Entry], publish: bool) -> list[Initiative]:
    require_countries(code for facts, _owner in entries for code in facts.countries)
    made, beside = [], []
    for facts, owner in entries:
        initiative = Initiative(public_id=new_public_id(), hub=hub, state=ReviewState.SUBMITTED, revision=1)
        if owner:
            own(initiative, owner, by)
        beside += fill(initiative, facts)
        initiative.submitted_at = timezone.now()
        if publish:
            _publish(initiative, by)
        made.append(initiative)
    Initiative.objects.bulk_create(made)
    for row in beside:
        row.initiative_id = row.initiative.pk
    for model in BESIDE:
        rows: list[Any] = [row for row in beside if isinstance(row, model)]
        model.objects.bulk_create(rows)
    for name, column in MANY_TO_MANY.items():
        _tie(name, column, made, [facts for facts, _owner in entries])
    cards.refresh([each.pk for each in made])
    return made


def _publish(initiative: Initiative, by: User | None) -> None:
    now = timezone.now()
    initiative.state, initiative.published_at = ReviewState.PUBLISHED, now
    initiative.last_confirmed = today_in(initiative.hub)
    initiative.reviewed_by, initiative.reviewed_at = by, now


def _tie(name: str, column: str, made: Sequence[Initiative], said: Sequence[InitiativeFacts]) -> None:
    through: type[models.Model] = getattr(Initiative, name).through
    rows = [
        through(**{"initiative_id": initiative.pk, column: getattr(each, "pk", each)})
        for initiative, facts in zip(made, said, strict=True)
        for each in dict.fromkeys(getattr(facts, name))
    ]
    through._default_manager.bulk_create(rows)


def _tell_programs(hub: Hub, made: Sequence[Initiative]) -> None:
    if not webhooks.wanted(hub, "initiative.published"):
        return
    for each in made:
        payload = {"id": each.public_id, "title": each.title, "state": each.state}
        webhooks.emit(hub=hub, event="initiative.published", payload=payload)


@dataclass
class TakenBack:
    """Public ids. `changed`: kept, as somebody changed them since; `used`: kept, as something else refers to them."""

    deleted: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    used: list[str] = field(default_factory=list)


@transaction.atomic
def take_back(*, by: User | None, hub: Hub, revisions: Mapping[str, int]) -> TakenBack:
    """Deletes the entries that still stand at the revision they were recorded at ({public id: revision})."""
    outcome = TakenBack()
    for chunk in chunks(revisions, CHUNK):
        here = Initiative.objects.select_for_update().filter(hub=hub, public_id__in=chunk)
        for initiative in here:
            if initiative.revision != revisions[initiative.public_id]:
                outcome.changed.append(initiative.public_id)
            elif _gone(initiative):
                outcome.deleted.append(initiative.public_id)
            else:
                outcome.used.append(initiative.public_id)
    catalogue.withdraw(cards.KIND, outcome.deleted)
    details = {"deleted": len(outcome.deleted), "kept": len(outcome.changed) + len(outcome.used)}
    record.write(
        hub=hub, by=by, action="initiatives.taken_back", kind=cards.KIND, object_id="-", details=details
    )
    return outcome


def _gone(initiative: Initiative) -> bool:
    try:
        with transaction.atomic():
            initiative.delete()
    except ProtectedError:
        return False
    return True
