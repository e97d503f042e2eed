"""The dated events of a partnership: added, corrected and taken back; the state follows from them."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.twinning import chronology, queries
from concivis.twinning.actions.editing import edited, require_revision
from concivis.twinning.actions.partnerships import put_milestone, refresh_dates, require_decision
from concivis.twinning.drafts import MilestoneDraft
from concivis.twinning.enums import PartnershipState
from concivis.twinning.journeys import today_of
from concivis.twinning.models import Milestone, Partnership


@transaction.atomic
def add_milestone(*, by: User | None, partnership: Partnership, milestone: MilestoneDraft) -> Milestone:
    """Adds a dated event; the state follows (`chronology.next_state`). Suspension and end need a decision.

    Raises ValidationError with a sentence for a date in the future or against the order of things.
    """
    partnership = _locked(partnership)
    standing = list(queries.kept_dates(partnership))
    made = _made(partnership, milestone)
    others = [each for each in standing if not _is_same(each, made)]
    _require(chronology.objection(made, others, state=partnership.state, today=today_of(partnership)))
    added = put_milestone(partnership, milestone)
    _follow(partnership, standing, added.kind)
    edited(
        by=by,
        partnership=partnership,
        facts=["dates"],
        action=f"partnership.{milestone.kind}",
    )
    return added


@transaction.atomic
def correct_milestone(
    *, by: User | None, milestone: Milestone, draft: MilestoneDraft, revision: int
) -> Milestone:
    """Puts `draft` in the place of the event.

    Raises `EditConflict` if somebody saved since `revision`, ValidationError as `add_milestone`.
    """
    require_revision(milestone.partnership, revision)
    _require_own(milestone)
    partnership = _locked(milestone.partnership)
    standing = list(queries.kept_dates(partnership))
    made = _made(partnership, draft)
    others = [each for each in standing if each.pk != milestone.pk]
    if any(_is_same(each, made) for each in others):
        raise ValidationError(gettext("The same is already noted, from the same source."))
    _require(chronology.objection(made, others, state=partnership.state, today=today_of(partnership)))
    _require(chronology.objection_to_removal(milestone, [*others, made]))
    made.pk = milestone.pk
    made.save(force_update=True)
    _follow(partnership, standing, made.kind if made.kind in chronology.DECISIONS else milestone.kind)
    edited(
        by=by,
        partnership=partnership,
        facts=["dates"],
        action="partnership.date_corrected",
        details={"kind": draft.kind.value},
    )
    return made


@transaction.atomic
def remove_milestone(*, by: User | None, milestone: Milestone) -> PartnershipState:
    """Takes a dated event back, as if it had never been noted; the state that follows.

    Raises ValidationError with a sentence where another event rests on it.
    """
    _require_own(milestone)
    partnership = _locked(milestone.partnership)
    standing = list(queries.kept_dates(partnership))
    others = [each for each in standing if each.pk != milestone.pk]
    _require(chronology.objection_to_removal(milestone, others))
    partnership.milestones.filter(pk=milestone.pk).delete()
    _follow(partnership, standing, milestone.kind)
    edited(
        by=by,
        partnership=partnership,
        facts=["dates"],
        action="partnership.date_removed",
        details={"kind": milestone.kind},
    )
    return PartnershipState(partnership.state)


def state_without(milestone: Milestone) -> PartnershipState:
    """The state that the partnership would have without this event. Two queries."""
    partnership = milestone.partnership
    standing = list(queries.kept_dates(partnership))
    others = [each for each in standing if each.pk != milestone.pk]
    return _next(partnership, standing, others, milestone.kind)


def _locked(partnership: Partnership) -> Partnership:
    return Partnership.objects.select_for_update(of=("self",)).select_related("hub").get(pk=partnership.pk)


def _made(partnership: Partnership, draft: MilestoneDraft) -> Milestone:
    """The event as a row that is not saved. Raises ValidationError with a sentence."""
    side = partnership.sides.filter(place=draft.place).first() if draft.place is not None else None
    if draft.place is not None and side is None:
        raise ValidationError(gettext("This place is not a side of the partnership."))
    require_decision(draft)
    return Milestone(
        partnership=partnership,
        side=side,
        kind=draft.kind,
        date=draft.when.first,
        precision=draft.when.precision,
        source=draft.source,
        note=draft.note,
        decision=draft.decision,
        decision_url=draft.decision_url,
    )


def _require_own(milestone: Milestone) -> None:
    if milestone.source.stated_by_id is not None:
        raise ValidationError(
            gettext("%(place)s states this date itself; only that side can change it.")
            % {"place": milestone.source.publisher}
        )


def _is_same(one: Milestone, other: Milestone) -> bool:
    return all(
        getattr(one, name) == getattr(other, name)
        for name in ("side_id", "kind", "date", "precision", "source_id")
    )


def _require(objection: str) -> None:
    if objection:
        raise ValidationError(objection)


def _follow(partnership: Partnership, earlier: Sequence[Milestone], kind: str) -> None:
    """Brings state and dates of the row in line with its events; `earlier`: those before the change."""
    state = _next(partnership, earlier, list(queries.kept_dates(partnership)), kind)
    if state != partnership.state:
        partnership.state = state
        partnership.save(update_fields=["state", "changed_at"])
    refresh_dates(partnership)


def _next(
    partnership: Partnership, earlier: Sequence[Milestone], now: Sequence[Milestone], kind: str
) -> PartnershipState:
    sides = list(partnership.sides.values_list("pk", flat=True))
    return chronology.next_state(
        partnership.state, chronology.state_after(earlier, sides), chronology.state_after(now, sides), kind
    )
