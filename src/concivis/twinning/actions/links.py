"""Links in bulk, as an import brings them: thousands in one transaction, with what is needed to undo it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.catalogue import actions as catalogue
from concivis.catalogue.models import Card, CardText
from concivis.hubs import record
from concivis.hubs.models import Hub
from concivis.shell import bulk
from concivis.shell.chunks import chunks
from concivis.shell.dates import PartialDate, Precision
from concivis.shell.ids import new_public_id
from concivis.twinning import cards
from concivis.twinning.actions.partnerships import places_key, refresh_dates
from concivis.twinning.actions.snapshots import want_figures
from concivis.twinning.drafts import LinkDraft, LinkResult, WithdrawOutcome
from concivis.twinning.enums import MilestoneKind, PartnershipState
from concivis.twinning.models import Activity, Evidence, Milestone, Partnership, Side, Source

CHUNK = 1000
MANY = 500  # so many changes may turn the database's plans
# what offices add to a partnership
BUILT_UPON = (
    "agreements", "documents", "journey", "letters", "objectives", "plan", "reviews",
    "sides__asked_at", "sides__confirmed_at", "sides__contacts",
)  # fmt: skip
REPORTED = "as the source reports"  # stands where a list knows that a tie ended, but not by which decision


def preview_links(drafts: Sequence[LinkDraft], *, hub: Hub | None, source: Source | None) -> list[str]:
    """What `record_links` would answer for each draft: "new", "changed", "unchanged" or "kept"."""
    return [plan.change for plan in _plans(drafts, hub, source)]


@transaction.atomic
def record_links(
    drafts: Sequence[LinkDraft],
    *,
    by: User | None,
    hub: Hub | None,
    source: Source,
    progress: Callable[[int], None] | None = None,
) -> list[LinkResult]:
    """Records each link once, with `source` as its evidence. The results stand in the order of the drafts.

    A list of twin towns rarely says which kind of tie it means, so a tie of any kind between the same places is taken
    as the one meant. What another hub keeps stays untouched ("kept"); a public hub takes over its own city's
    links from the commons. Raises ValidationError if a draft joins fewer than two places.
    """
    results: list[LinkResult] = []
    changed: set[int] = set()
    for chunk in chunks(_plans(drafts, hub, source), CHUNK):
        done = _apply(chunk, hub, source)
        changed.update(result.partnership for result in done if result.change in {"new", "changed"})
        results.extend(done)
        if progress:
            progress(len(results))
    if changed:
        cards.refresh(changed)
        counts = {change: sum(r.change == change for r in results) for change in ("new", "changed")}
        record.write(
            hub=hub, by=by, action="links.recorded", kind="source", object_id=str(source.pk), details=counts
        )
        want_figures()
    if len(changed) >= MANY:
        refresh_statistics()
    return results


def refresh_statistics() -> None:
    """Lets the database count the tables of partnerships again, so that it plans for the size they have now."""
    for model in (Partnership, Side, Evidence, Milestone, Card, CardText):
        bulk.refresh_statistics(model)


@transaction.atomic
def withdraw_links(*, by: User | None, hub: Hub | None, results: Sequence[LinkResult]) -> WithdrawOutcome:
    """Undoes `record_links`. A link that has since gained other evidence, dates or a keeper is kept, and said so."""
    touched = {result.partnership for result in results}
    created = {result.partnership for result in results if result.change == "new"}
    adopted = {result.partnership for result in results if result.adopted}
    for part in chunks(results, CHUNK):
        Evidence.objects.filter(pk__in=[r.evidence for r in part if r.evidence]).delete()
        Milestone.objects.filter(pk__in=[pk for r in part for pk in r.milestones]).delete()
    kept, deletable = _sort_created(created, hub)
    withdrawn = _delete(deletable)
    left = touched - set(deletable)
    for chunk in chunks(sorted(left), CHUNK):
        Partnership.objects.filter(pk__in=set(chunk) & adopted, hub=hub).update(hub=None)
        for partnership in Partnership.objects.filter(pk__in=chunk):
            refresh_dates(partnership)
    cards.refresh(left)
    catalogue.withdraw(cards.KIND, withdrawn)
    outcome = WithdrawOutcome(deleted=len(deletable), restored=len(left) - len(kept), kept=kept)
    record.write(
        hub=hub,
        by=by,
        action="links.withdrawn",
        kind="source",
        object_id="-",
        details={"deleted": outcome.deleted, "restored": outcome.restored, "kept": len(kept)},
    )
    want_figures()
    return outcome


# --- planning: what a draft would change --------------------------------------------------------------------


@dataclass
class _Plan:
    draft: LinkDraft
    key: str
    existing: int = 0  # the partnership's id; 0 until it is there
    change: str = "new"
    adopt: bool = False
    add_evidence: bool = True
    milestones: list[tuple[MilestoneKind, PartialDate]] = field(default_factory=list)
    first: "_Plan | None" = None  # the earlier draft of the same batch that this one repeats


def _plans(drafts: Sequence[LinkDraft], hub: Hub | None, source: Source | None) -> Iterator[_Plan]:
    seen: dict[str, _Plan] = {}
    for chunk in chunks(drafts, CHUNK):
        plans = [_Plan(draft, places_key(draft.places)) for draft in chunk]
        known = _known(plans, source)
        for plan in plans:
            earlier = seen.setdefault(plan.key, plan)
            if earlier is not plan:
                plan.first, plan.change = earlier, "unchanged"
            else:
                _decide(plan, known, hub)
            yield plan


@dataclass
class _Known:
    """What the database holds for one chunk of plans."""

    ties: Mapping[str, Sequence[tuple[int, str, int | None]]]  # places_key → (id, kind, hub)
    evident: frozenset[int]  # partnerships that the source already names
    dated: frozenset[
        tuple[int, str, str]
    ]  # (partnership, milestone kind, ISO date) that the source already gives


def _known(plans: Sequence[_Plan], source: Source | None) -> _Known:
    ties: dict[str, list[tuple[int, str, int | None]]] = defaultdict(list)
    rows = Partnership.objects.filter(places_key__in={plan.key for plan in plans})
    for key, pk, kind, keeper in rows.values_list("places_key", "pk", "kind", "hub"):
        ties[key].append((pk, kind, keeper))
    ids = [pk for tie in ties.values() for pk, _, _ in tie]
    if source is None or not ids:
        return _Known(ties, frozenset(), frozenset())
    evident = Evidence.objects.filter(source=source, partnership__in=ids).values_list(
        "partnership", flat=True
    )
    dated = Milestone.objects.filter(source=source, partnership__in=ids)
    return _Known(
        ties,
        frozenset(evident),
        frozenset((m.partnership_id, m.kind, m.when.iso) for m in dated),
    )


def _decide(plan: _Plan, known: _Known, hub: Hub | None) -> None:
    wanted = _dates(plan.draft)
    ties = known.ties.get(plan.key)
    if not ties:
        plan.milestones = wanted
        return
    pk, _, keeper = min(ties, key=lambda tie: (tie[1] != plan.draft.kind, tie[0]))
    plan.existing = pk
    own = keeper == (hub.pk if hub else None)
    may_adopt = hub is not None and hub.is_published  # a private one would hide what everybody sees
    plan.adopt = may_adopt and keeper is None and hub is not None and hub.place_id in plan.draft.places
    if hub is not None and not (own or plan.adopt):
        plan.change, plan.add_evidence = "kept", False
        return
    plan.add_evidence = pk not in known.evident
    if own or plan.adopt:  # the operator adds evidence to a hub's partnership, never dates
        plan.milestones = [(kind, when) for kind, when in wanted if (pk, kind, when.iso) not in known.dated]
    plan.change = "changed" if plan.adopt or plan.add_evidence or plan.milestones else "unchanged"


def _dates(draft: LinkDraft) -> list[tuple[MilestoneKind, PartialDate]]:
    dates = [(MilestoneKind.SIGNED, draft.started), (MilestoneKind.ENDED, draft.ended)]
    return [(kind, when) for kind, when in dates if when]


# --- applying -----------------------------------------------------------------------------------------------


def _apply(plans: Sequence[_Plan], hub: Hub | None, source: Source) -> list[LinkResult]:
    new = [plan for plan in plans if plan.change == "new"]
    created = Partnership.objects.bulk_create(_partnership(plan, hub) for plan in new)
    for plan, partnership in zip(new, created, strict=True):
        plan.existing = partnership.pk
    Side.objects.bulk_create(
        Side(partnership_id=plan.existing, place_id=place, position=position)
        for plan in new
        for position, place in enumerate(plan.draft.places)
    )
    adopted = [plan.existing for plan in plans if plan.adopt]
    Partnership.objects.filter(pk__in=adopted).update(hub=hub)
    active = [plan for plan in plans if plan.change in {"new", "changed"}]
    evidence = _add_evidence([plan for plan in active if plan.add_evidence], source)
    milestones = _add_milestones(active, source)
    dated = [plan.existing for plan in active if plan.change == "changed" and (plan.milestones or plan.adopt)]
    for partnership in Partnership.objects.filter(pk__in=dated):
        refresh_dates(partnership)
    return [_result(plan, evidence, milestones) for plan in plans]


def _partnership(plan: _Plan, hub: Hub | None) -> Partnership:
    draft = plan.draft
    return Partnership(
        public_id=new_public_id(),
        hub=hub,
        kind=draft.kind,
        state=PartnershipState.ENDED if draft.ended else PartnershipState.ACTIVE,
        places_key=plan.key,
        started=draft.started.first if draft.started else None,
        ended=draft.ended.first if draft.ended else None,
    )


def _add_evidence(plans: Sequence[_Plan], source: Source) -> dict[int, int]:
    added = Evidence.objects.bulk_create(
        Evidence(partnership_id=plan.existing, source=source, locator=plan.draft.locator) for plan in plans
    )
    return {proof.partnership_id: proof.pk for proof in added}


def _add_milestones(plans: Sequence[_Plan], source: Source) -> dict[int, tuple[int, ...]]:
    added = Milestone.objects.bulk_create(
        Milestone(
            partnership_id=plan.existing,
            kind=kind,
            date=when.first,
            precision=Precision(when.precision),
            source=source,
            decision=REPORTED if kind == MilestoneKind.ENDED else "",
        )
        for plan in plans
        for kind, when in plan.milestones
    )
    by_partnership: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for milestone in added:
        by_partnership[milestone.partnership_id] += (milestone.pk,)
    return by_partnership


def _result(
    plan: _Plan, evidence: Mapping[int, int], milestones: Mapping[int, tuple[int, ...]]
) -> LinkResult:
    if plan.first is not None:
        plan.existing = plan.first.existing
    pk = plan.existing
    if plan.change not in {"new", "changed"}:
        return LinkResult(partnership=pk, change=plan.change)
    return LinkResult(
        partnership=pk,
        change=plan.change,
        evidence=evidence.get(pk),
        milestones=milestones.get(pk, ()),
        adopted=plan.adopt,
    )


# --- undoing ------------------------------------------------------------------------------------------------


def _sort_created(created: Collection[int], hub: Hub | None) -> tuple[dict[int, str], list[int]]:
    """Of the partnerships that the batch made: those to keep, with why, and those to delete."""
    kept: dict[int, str] = {}
    deletable: list[int] = []
    for chunk in chunks(sorted(created), CHUNK):
        named = set(Evidence.objects.filter(partnership__in=chunk).values_list("partnership", flat=True))
        dated = set(Milestone.objects.filter(partnership__in=chunk).values_list("partnership", flat=True))
        lively = set(Activity.objects.filter(partnership__in=chunk).values_list("partnership", flat=True))
        worked = _worked_on(chunk)
        for pk, keeper in Partnership.objects.filter(pk__in=chunk).values_list("pk", "hub"):
            if keeper != (hub.pk if hub else None):
                kept[pk] = gettext("Another hub has taken it over since.")
            elif pk in named:
                kept[pk] = gettext("Another source names it too.")
            elif pk in lively:
                kept[pk] = gettext("Activities were recorded since.")
            elif pk in dated:
                kept[pk] = gettext("Dates were added since.")
            elif pk in worked:
                kept[pk] = gettext("An office has worked on it since.")
            else:
                deletable.append(pk)
    return kept, deletable


def _worked_on(ids: Sequence[int]) -> set[int]:
    """Those that somebody changed, asked about or wrote something down for: it would be deleted with them."""
    found: set[int] = set(Partnership.objects.filter(pk__in=ids, revision__gt=0).values_list("pk", flat=True))
    for name in BUILT_UPON:
        built = Partnership.objects.filter(pk__in=ids, **{f"{name}__isnull": False})
        found.update(built.values_list("pk", flat=True))
    return found


def _delete(ids: Sequence[int]) -> list[str]:
    public_ids: list[str] = []
    for chunk in chunks(ids, CHUNK):
        doomed = Partnership.objects.filter(pk__in=chunk)
        public_ids.extend(doomed.values_list("public_id", flat=True))
        doomed.delete()
    return public_ids
