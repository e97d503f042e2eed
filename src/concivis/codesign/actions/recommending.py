"""From insights to recommendations: clusters, released sentences, drafts, handing over to the administration."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.codesign import cards
from concivis.codesign.actions import following
from concivis.codesign.enums import InsightState
from concivis.codesign.models import (
    Cluster,
    ClusteredInsight,
    Insight,
    Process,
    Quote,
    Recommendation,
)
from concivis.codesign.outcomes import RecommendationState
from concivis.hubs import record, webhooks
from concivis.hubs.models import today_in
from concivis.shell.content import require_language, source_changed
from concivis.shell.ids import new_public_id
from concivis.vocabulary.models import Term

KIND = "recommendation"


@dataclass(frozen=True, kw_only=True)
class RecommendationFacts:
    """What is recommended, and what it rests on; insights and clusters of the same process."""

    title: str
    language: str
    text: str = ""
    theme: Term | None = None
    insights: tuple[Insight, ...] = ()
    clusters: tuple[Cluster, ...] = ()


def facts_of(recommendation: Recommendation) -> RecommendationFacts:
    """As it stands; `dataclasses.replace` changes one thing. Two queries."""
    return RecommendationFacts(
        title=recommendation.title,
        language=recommendation.language,
        text=recommendation.text,
        theme=recommendation.theme,
        insights=tuple(recommendation.insights.all()),
        clusters=tuple(recommendation.clusters.all()),
    )


# --- clusters ------------------------------------------------------------------------------------------------


@transaction.atomic
def make_cluster(
    *, by: User | None, process: Process, name: str, language: str, theme: Term | None = None
) -> Cluster:
    """Raises ValidationError by field."""
    cluster = Cluster(public_id=new_public_id(), process=process)
    _named(cluster, name, language, theme)
    _write(by, process, "codesign.cluster_made", "cluster", cluster.public_id)
    return cluster


@transaction.atomic
def change_cluster(
    *, by: User | None, cluster: Cluster, name: str, language: str, theme: Term | None = None
) -> Cluster:
    _named(cluster, name, language, theme)
    _write(by, cluster.process, "codesign.cluster_changed", "cluster", cluster.public_id)
    return cluster


@transaction.atomic
def remove_cluster(*, by: User | None, cluster: Cluster) -> None:
    """Its insights stay, outside of clusters. Raises ValidationError where a recommendation rests on it."""
    if cluster.recommendations.exists():
        raise ValidationError(gettext("A recommendation rests on this cluster. Take it out there first."))
    process, public_id = cluster.process, cluster.public_id
    Insight.objects.filter(clustered__cluster=cluster).update(state=InsightState.NEW)
    cluster.delete()
    _write(by, process, "codesign.cluster_removed", "cluster", public_id)


@transaction.atomic
def move_insight(*, by: User | None, insight: Insight, cluster: Cluster | None) -> None:
    """Into a cluster of its process, from wherever it stood; None: out of any. Raises ValidationError."""
    moved = Insight.objects.select_for_update(of=("self",)).get(pk=insight.pk)
    if moved.state == InsightState.ASIDE:
        raise ValidationError(gettext("This insight was set aside. Take it up again first."))
    if cluster is None:
        ClusteredInsight.objects.filter(insight=moved).delete()
    else:
        if moved.process_id != cluster.process_id:
            raise ValidationError(gettext("An insight goes into a cluster of its own process."))
        ClusteredInsight.objects.update_or_create(insight=moved, defaults={"cluster": cluster})
    moved.state = InsightState.CLUSTERED if cluster else InsightState.NEW
    moved.save(update_fields=["state", "changed_at"])
    record.write(
        hub=moved.hub, by=by, action="codesign.insight_moved", kind="insight", object_id=moved.public_id
    )


# --- sentences that may be quoted ------------------------------------------------------------------------------


@transaction.atomic
def release_quote(
    *, by: User | None, insight: Insight, text: str, language: str, on: dt.date, how: str
) -> Quote:
    """A sentence that who said it wants everybody to read; without a name. Raises ValidationError by field."""
    wrong = {
        name: gettext("Please fill this in.")
        for name, value in (("text", text), ("how", how))
        if not value.strip()
    }
    if on > today_in(insight.hub):
        wrong["on"] = gettext("This day is still to come.")
    if wrong:
        raise ValidationError(wrong)
    quote = Quote.objects.create(
        public_id=new_public_id(),
        insight=insight,
        text=text.strip()[:400],
        language=require_language(language),
        released_on=on,
        released_how=how.strip()[:200],
        added_by=by,
    )
    record.write(
        hub=insight.hub, by=by, action="codesign.quote_released", kind="insight", object_id=insight.public_id
    )
    return quote


@transaction.atomic
def take_back_quote(*, by: User | None, quote: Quote) -> None:
    """Who said it has changed their mind: it is gone everywhere."""
    insight = quote.insight
    quote.delete()
    record.write(
        hub=insight.hub,
        by=by,
        action="codesign.quote_taken_back",
        kind="insight",
        object_id=insight.public_id,
    )


# --- recommendations -------------------------------------------------------------------------------------------


@transaction.atomic
def write_recommendation(*, by: User | None, process: Process, facts: RecommendationFacts) -> Recommendation:
    """A draft that only the office sees. Raises ValidationError by field."""
    Process.objects.select_for_update(of=("self",)).get(pk=process.pk)  # one number at a time
    last = process.recommendations.aggregate(last=Max("number"))["last"] or 0
    written = Recommendation(public_id=new_public_id(), process=process, number=last + 1)
    _put(written, facts)
    noted(written, by, "codesign.recommendation_written")
    return written


@transaction.atomic
def change_recommendation(
    *, by: User | None, recommendation: Recommendation, facts: RecommendationFacts
) -> Recommendation:
    """What it rests on may change as long as it is not withdrawn; its words stand once it is handed over.

    Raises ValidationError by field.
    """
    changed = locked(recommendation)
    if changed.state == RecommendationState.WITHDRAWN:
        raise ValidationError(gettext("This recommendation was withdrawn."))
    words = (facts.title.strip(), facts.text.strip(), facts.language)
    if changed.state != RecommendationState.DRAFT and words != (
        changed.title,
        changed.text,
        changed.language,
    ):
        raise ValidationError(
            {"title": gettext("It was handed over in these words. Withdraw it and write a new one instead.")}
        )
    _put(changed, facts)
    noted(changed, by, "codesign.recommendation_changed")
    return changed


@transaction.atomic
def remove_draft(*, by: User | None, recommendation: Recommendation) -> None:
    """For good; raises ValidationError for what was handed over: that can be withdrawn, and stays in the record."""
    gone = locked(recommendation)
    if gone.state != RecommendationState.DRAFT:
        raise ValidationError(gettext("Only a draft can be deleted. Withdraw it with a reason instead."))
    process, public_id = gone.process, gone.public_id
    gone.delete()
    _write(by, process, "codesign.recommendation_deleted", KIND, public_id)


@transaction.atomic
def hand_over(
    *,
    by: User | None,
    recommendation: Recommendation,
    department: str,
    answer_due: dt.date,
    owner: User | None = None,
) -> Recommendation:
    """To the department that answers, until a day; public from now on. Connectors who worked on it are told.

    Raises ValidationError by field.
    """
    given = locked(recommendation)
    if given.state != RecommendationState.DRAFT:
        raise ValidationError(gettext("This recommendation was handed over already."))
    wrong = {}
    if not department.strip():
        wrong["department"] = gettext("Say who answers it.")
    if answer_due < today_in(given.process.hub):
        wrong["answer_due"] = gettext("This day is over.")
    if wrong:
        raise ValidationError(wrong)
    given.state, given.handed_over_at = RecommendationState.HANDED_OVER, timezone.now()
    given.department, given.answer_due, given.owner = department.strip()[:160], answer_due, owner
    given.save()
    noted(given, by, "codesign.recommendation_handed_over", event="codesign.recommendation")
    following.invite_connectors(given.process)
    following.tell(given.process, following.HANDED_OVER, given.public_id, by=by)
    following.ask_owner(given, by=by)
    return given


@transaction.atomic
def change_asked(
    *,
    by: User | None,
    recommendation: Recommendation,
    department: str,
    answer_due: dt.date,
    owner: User | None = None,
) -> Recommendation:
    """Somebody else answers, or later: the record keeps both. Raises ValidationError by field."""
    changed = locked(recommendation)
    if changed.state != RecommendationState.HANDED_OVER:
        raise ValidationError(gettext("This recommendation does not wait for an answer."))
    if not department.strip():
        raise ValidationError({"department": gettext("Say who answers it.")})
    before = changed.answer_due
    new_owner = owner is not None and owner.pk != changed.owner_id
    changed.department, changed.owner, changed.answer_due = department.strip()[:160], owner, answer_due
    changed.reminded_at = changed.reminded_at if answer_due == before else None
    changed.save()
    noted(
        changed,
        by,
        "codesign.recommendation_reassigned",
        details={"until": answer_due.isoformat(), "before": before.isoformat() if before else ""},
    )
    if new_owner:
        following.ask_owner(changed, by=by)
    return changed


@transaction.atomic
def withdraw(*, by: User | None, recommendation: Recommendation, reason: str) -> Recommendation:
    """It is no longer asked for; the reason is kept. Raises ValidationError by field."""
    gone = locked(recommendation)
    if gone.state not in (RecommendationState.HANDED_OVER, RecommendationState.ANSWERED):
        raise ValidationError(gettext("Only what was handed over can be withdrawn."))
    if not reason.strip():
        raise ValidationError({"reason": gettext("Say why.")})
    gone.state, gone.withdrawn_at = RecommendationState.WITHDRAWN, timezone.now()
    gone.withdrawn_reason = reason.strip()[:600]
    gone.save()
    noted(gone, by, "codesign.recommendation_withdrawn")
    return gone


def locked(recommendation: Recommendation) -> Recommendation:
    """The row as it stands, kept until the transaction ends."""
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related("process__hub", "owner")
    return rows.get(pk=recommendation.pk)


def noted(
    recommendation: Recommendation,
    by: User | None,
    action: str,
    *,
    details: Mapping[str, Any] | None = None,
    event: str = "",
) -> None:
    """Call it last in the transaction of a change: the card, the record, programs that are told."""
    process = recommendation.process
    cards.refresh([process.pk])
    _write(by, process, action, KIND, recommendation.public_id, details)
    if event and recommendation.is_public and process.is_public:
        webhooks.emit(
            hub=process.hub,
            event=event,
            payload={
                "id": recommendation.public_id,
                "process": process.public_id,
                "number": recommendation.number,
                "title": recommendation.title,
                "state": recommendation.state,
            },
        )


def _write(
    by: User | None,
    process: Process,
    action: str,
    kind: str,
    object_id: str,
    details: Mapping[str, Any] | None = None,
) -> None:
    record.write(hub=process.hub, by=by, action=action, kind=kind, object_id=object_id, details=details)


def _named(cluster: Cluster, name: str, language: str, theme: Term | None) -> None:
    if not name.strip():
        raise ValidationError({"name": gettext("Give it a name.")})
    cluster.name, cluster.language, cluster.theme = name.strip()[:120], require_language(language), theme
    try:
        with transaction.atomic():
            cluster.save()
    except IntegrityError as error:
        raise ValidationError({"name": gettext("There is a cluster of this name already.")}) from error


def _put(recommendation: Recommendation, facts: RecommendationFacts) -> None:
    if not facts.title.strip():
        raise ValidationError({"title": gettext("Say in one sentence what is recommended.")})
    before = recommendation.source_texts()
    recommendation.title, recommendation.text = facts.title.strip()[:200], facts.text.strip()[:6000]
    recommendation.language, recommendation.theme = require_language(facts.language), facts.theme
    if recommendation.pk:
        source_changed(recommendation, before)
    _require_same_process(recommendation.process, facts.insights, "insights")
    _require_same_process(recommendation.process, facts.clusters, "clusters")
    recommendation.save()
    recommendation.insights.set(facts.insights)
    recommendation.clusters.set(facts.clusters)


def _require_same_process(process: Process, things: Iterable[Insight | Cluster], field: str) -> None:
    if any(thing.process_id != process.pk for thing in things):
        raise ValidationError({field: gettext("Only what belongs to this process can support it.")})
