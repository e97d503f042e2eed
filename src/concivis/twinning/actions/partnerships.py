"""One partnership at a time: recording it with its history, adding a dated event."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs import record
from concivis.hubs.models import Hub
from concivis.shell.dates import months_later
from concivis.shell.ids import new_public_id
from concivis.twinning import cards, queries
from concivis.twinning.actions.snapshots import want_figures
from concivis.twinning.drafts import EvidenceDraft, MilestoneDraft, SideDraft
from concivis.twinning.enums import MilestoneKind, PartnershipKind, PartnershipState
from concivis.twinning.models import Evidence, Milestone, Partnership, Side, Source
from concivis.vocabulary.models import Term

BEGINNINGS = (MilestoneKind.SIGNED, MilestoneKind.COUNTERSIGNED)
SIGNS_OF_LIFE = (MilestoneKind.RENEWED, MilestoneKind.RESUMED)
NEEDS_DECISION = {MilestoneKind.SUSPENDED, MilestoneKind.ENDED}


def source(
    *, title: str, url: str = "", publisher: str = "", licence: str = "", seen_on: dt.date | None = None
) -> Source:
    """The source with this title, address and day, made if there is none."""
    found, _ = Source.objects.get_or_create(
        title=title, url=url, seen_on=seen_on, defaults={"publisher": publisher, "licence": licence}
    )
    return found


@transaction.atomic
def record_partnership(
    *,
    by: User | None,
    hub: Hub | None,
    sides: Sequence[SideDraft],
    kind: PartnershipKind,
    state: PartnershipState = PartnershipState.ACTIVE,
    fields: Iterable[Term] = (),
    summary: str = "",
    language: str = "",
    milestones: Sequence[MilestoneDraft] = (),
    evidence: Sequence[EvidenceDraft] = (),
    is_published: bool = True,
    is_example: bool = False,
) -> Partnership:
    """Records a partnership with its history. One of this kind between these places must not exist in another hub;
    one in the commons is taken over by `hub`. Calling it again with the same facts changes nothing.

    Raises ValidationError with a sentence for the person.
    """
    key = places_key(side.place for side in sides)
    partnership = Partnership.objects.select_for_update().filter(places_key=key, kind=kind).first()
    _require_keeper(partnership, hub)
    before = _facts(partnership)
    if partnership is None:
        partnership = Partnership(public_id=new_public_id(), places_key=key, kind=kind)
    partnership.hub = hub
    partnership.state = state
    partnership.summary, partnership.language = summary, language
    partnership.is_published, partnership.is_example = is_published, is_example
    partnership.save()
    partnership.fields.set(fields)
    by_place = _set_sides(partnership, sides)
    for milestone in milestones:
        put_milestone(partnership, milestone, by_place)
    for proof in evidence:
        Evidence.objects.update_or_create(
            partnership=partnership, source=proof.source, defaults={"locator": proof.locator}
        )
    refresh_dates(partnership)
    after = _facts(partnership)
    if after != before:
        _recorded(partnership, by, "partnership.recorded" if before is None else "partnership.changed")
    return partnership


def places_key(places: Iterable[int]) -> str:
    """The sorted ids of the places, "12-845". Raises ValidationError unless they are two or more different ones."""
    ids = list(places)
    if len(set(ids)) < 2:
        raise ValidationError(gettext("A partnership joins two or more different places."))
    if len(set(ids)) != len(ids):
        raise ValidationError(gettext("A place stands in a partnership only once."))
    return "-".join(str(pk) for pk in sorted(ids))


def refresh_dates(partnership: Partnership) -> None:
    """Sets `started`, `ended`, `last_activity` and `sleeps_on` from milestones, activities and the keeper's rules:
    filters and lists read them. Three queries, and one more where something changed."""
    dates = list(queries.kept_dates(partnership).order_by("date").values_list("kind", "date"))
    started = min((date for kind, date in dates if kind in BEGINNINGS), default=None)
    ended = None
    if partnership.state == PartnershipState.ENDED:
        ended = max((date for kind, date in dates if kind == MilestoneKind.ENDED), default=None)
    last = _last_activity(partnership, [date for kind, date in dates if kind in SIGNS_OF_LIFE])
    facts = {
        "started": started,
        "ended": ended,
        "last_activity": last,
        "sleeps_on": _sleeps_on(partnership, last),
    }
    if any(getattr(partnership, name) != value for name, value in facts.items()):
        for name, value in facts.items():
            setattr(partnership, name, value)
        partnership.save(update_fields=[*facts, "changed_at"])


def _last_activity(partnership: Partnership, other_signs: list[dt.date]) -> dt.date | None:
    """The last day of the latest activity, or a later renewal or resumption; None before any activity was recorded."""
    ends = Coalesce("until", "date")
    latest: dt.date | None = partnership.activities.aggregate(latest=Max(ends))["latest"]
    return None if latest is None else max([latest, *other_signs])


def _sleeps_on(partnership: Partnership, last: dt.date | None) -> dt.date | None:
    if last is None:
        return None
    return months_later(last, queries.rules_of(partnership.hub).dormant_after_months)


def require_decision(draft: MilestoneDraft) -> None:
    """Raises ValidationError with a sentence where a kind of NEEDS_DECISION has none."""
    if draft.kind in NEEDS_DECISION and not draft.decision:
        raise ValidationError(gettext("Suspending or ending a partnership needs the council's decision."))


def put_milestone(
    partnership: Partnership, draft: MilestoneDraft, by_place: Mapping[int, Side] | None = None
) -> Milestone:
    """Only the row, as lists tell it; `dates.add_milestone` asks whether it can be and lets the state follow."""
    if by_place is None:
        by_place = {side.place_id: side for side in partnership.sides.all()}
    require_decision(draft)
    if draft.place is not None and draft.place not in by_place:
        raise ValidationError(gettext("This place is not a side of the partnership."))
    milestone, _ = Milestone.objects.update_or_create(
        partnership=partnership,
        side=by_place[draft.place] if draft.place is not None else None,
        kind=draft.kind,
        date=draft.when.first,
        precision=draft.when.precision,
        source=draft.source,
        defaults={"note": draft.note, "decision": draft.decision, "decision_url": draft.decision_url},
    )
    return milestone


def _require_keeper(partnership: Partnership | None, hub: Hub | None) -> None:
    if partnership is not None and partnership.hub_id is not None and partnership.hub != hub:
        raise ValidationError(
            gettext("%(hub)s already keeps this partnership; ask them to correct it.")
            % {"hub": partnership.hub}
        )


def _set_sides(partnership: Partnership, drafts: Sequence[SideDraft]) -> dict[int, Side]:
    for position, draft in enumerate(drafts):
        Side.objects.filter(partnership=partnership, position=position).exclude(place_id=draft.place).update(
            position=position + 1000
        )
        Side.objects.update_or_create(
            partnership=partnership,
            place_id=draft.place,
            defaults={"position": position, "organisation_id": draft.organisation},
        )
    return {side.place_id: side for side in partnership.sides.all()}


def _facts(partnership: Partnership | None) -> object:
    """All that a person would call a fact of it, to tell whether a call changed anything."""
    if partnership is None:
        return None
    row = Partnership.objects.values(
        "hub", "state", "summary", "language", "is_published", "is_example", "started", "ended"
    ).get(pk=partnership.pk)
    return (
        row,
        list(partnership.sides.values_list("place", "position", "organisation")),
        list(
            partnership.milestones.values_list(
                "side", "kind", "date", "precision", "source", "note", "decision"
            )
        ),
        list(partnership.evidence.order_by("pk").values_list("source", "locator")),
        sorted(partnership.fields.values_list("pk", flat=True)),
    )


def _recorded(partnership: Partnership, by: User | None, action: str) -> None:
    cards.refresh([partnership.pk])
    record.write(hub=partnership.hub, by=by, action=action, kind=cards.KIND, object_id=partnership.public_id)
    want_figures()
