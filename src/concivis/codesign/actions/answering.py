"""The administration answers a recommendation, and what it promises becomes measures with days."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.codesign.actions import following
from concivis.codesign.actions.recommending import locked, noted
from concivis.codesign.models import Answer, Measure, MeasureStep, Recommendation, Sighting
from concivis.codesign.outcomes import (
    MeasureState,
    RecommendationState,
    Side,
    Verdict,
)
from concivis.hubs.models import today_in
from concivis.shell.content import require_language, source_changed
from concivis.shell.ids import new_public_id

ENDS = (MeasureState.DONE, MeasureState.GIVEN_UP)


@transaction.atomic
def give_answer(
    *,
    by: User | None,
    recommendation: Recommendation,
    verdict: Verdict,
    language: str,
    text: str = "",
    reason: str = "",
    department: str = "",
    due: dt.date | None = None,
    owner: User | None = None,
) -> Answer:
    """A new version of the answer; earlier ones stay visible. `reason`: wherever it is not simply yes.

    `department`: where none is said, the one that was asked. Raises ValidationError by field.
    """
    answered = locked(recommendation)
    if answered.state not in (RecommendationState.HANDED_OVER, RecommendationState.ANSWERED):
        raise ValidationError(gettext("Only what was handed over can be answered."))
    _check(verdict, text, reason, due)
    last = answered.answers.aggregate(last=Max("version"))["last"] or 0
    now = timezone.now()
    answer = Answer.objects.create(
        public_id=new_public_id(),
        recommendation=answered,
        version=last + 1,
        verdict=verdict,
        language=require_language(language),
        text=text.strip()[:6000],
        reason=reason.strip()[:3000] if verdict != Verdict.ACCEPTED else "",
        department=department.strip()[:160] or answered.department,
        owner=owner,
        due=None if verdict == Verdict.REJECTED else due,
        given_by=by,
        given_at=now,
    )
    answered.state, answered.answered_at = RecommendationState.ANSWERED, answered.answered_at or now
    answered.save()
    noted(
        answered,
        by,
        "codesign.answered",
        details={"verdict": str(verdict), "version": answer.version},
        event="codesign.answer",
    )
    following.tell(answered.process, following.ANSWERED, answer.public_id, by=by)
    return answer


@transaction.atomic
def add_measure(
    *,
    by: User | None,
    recommendation: Recommendation,
    title: str,
    who: str,
    due: dt.date,
    language: str,
    owner: User | None = None,
) -> Measure:
    """Raises ValidationError by field; nothing is promised before there is an answer, or after a plain no."""
    promised = locked(recommendation)
    answer = promised.answers.first()
    if promised.state != RecommendationState.ANSWERED or answer is None:
        raise ValidationError(gettext("Measures follow the answer. Answer the recommendation first."))
    if answer.verdict == Verdict.REJECTED:
        raise ValidationError(gettext("The recommendation was rejected. Answer it anew first."))
    measure = Measure(public_id=new_public_id(), recommendation=promised, added_at=timezone.now())
    _say(measure, title, who, due, language, owner)
    step = _step(measure, by, today_in(promised.process.hub), MeasureState.PLANNED, "", measure.language)
    noted(
        promised,
        by,
        "codesign.measure_added",
        details={"measure": measure.public_id},
        event="codesign.measure",
    )
    following.tell(promised.process, following.MEASURE, step.public_id, by=by)
    return measure


@transaction.atomic
def change_measure(
    *,
    by: User | None,
    measure: Measure,
    title: str,
    who: str,
    due: dt.date,
    language: str,
    owner: User | None = None,
) -> Measure:
    """Raises ValidationError by field. A later day is kept in the record beside the one that was promised."""
    changed = _locked(measure)
    if not changed.is_open:
        raise ValidationError(gettext("This measure has ended."))
    before, texts = changed.due, changed.source_texts()
    changed.reminded_at = changed.reminded_at if due == before else None
    _say(changed, title, who, due, language, owner)
    if source_changed(changed, texts):
        changed.save()
    noted(
        changed.recommendation,
        by,
        "codesign.measure_changed",
        details={
            "measure": changed.public_id,
            "until": due.isoformat(),
            "before": before.isoformat(),
        },
    )
    return changed


@transaction.atomic
def note_step(
    *, by: User | None, measure: Measure, state: MeasureState, on: dt.date, language: str, text: str = ""
) -> MeasureStep:
    """What happened on a day, and where the measure stands since. Ends it with `DONE` or `GIVEN_UP` (with `text` as the
    reason). Who asked to be told is told. Raises ValidationError by field."""
    moved = _locked(measure)
    if not moved.is_open:
        raise ValidationError(gettext("This measure has ended."))
    last = moved.steps.exclude(state=MeasureState.PLANNED).aggregate(last=Max("on"))["last"]
    wrong = {}
    if on > today_in(moved.recommendation.process.hub):
        wrong["on"] = gettext("This day is still to come.")
    elif last and on < last:
        wrong["on"] = gettext("The step before was on a later day.")
    if state == MeasureState.GIVEN_UP and not text.strip():
        wrong["text"] = gettext("Say why it is given up.")
    if wrong:
        raise ValidationError(wrong)
    moved.state = state
    if state in ENDS:
        moved.ended_on, moved.reminded_at = on, None
        moved.reason = text.strip()[:600] if state == MeasureState.GIVEN_UP else ""
    moved.save()
    step = _step(moved, by, on, state, text, require_language(language))
    noted(
        moved.recommendation,
        by,
        "codesign.measure_moved",
        details={"measure": moved.public_id, "state": str(state)},
        event="codesign.measure",
    )
    following.tell(moved.recommendation.process, following.MEASURE, step.public_id, by=by)
    return step


@transaction.atomic
def mark_seen(*, user: User, recommendation: Recommendation) -> None:
    """A member of the administration has read the recommendation: the receipt for the community."""
    seen, new = Sighting.objects.get_or_create(
        recommendation=recommendation,
        answer=None,
        side=Side.OFFICE,
        who=f"member {user.pk}",
        defaults={"user": user},
    )
    if new:
        noted(seen.recommendation, user, "codesign.recommendation_seen")


def _check(verdict: Verdict, text: str, reason: str, due: dt.date | None) -> None:
    wrong: dict[str, str] = {}
    if verdict != Verdict.ACCEPTED and not reason.strip():
        wrong["reason"] = gettext("Give the reason: people took the trouble to recommend it.")
    if verdict != Verdict.REJECTED and due is None:
        wrong["due"] = gettext("Say until when it will be done.")
    if verdict != Verdict.REJECTED and not text.strip():
        wrong["text"] = gettext("Say what will be done.")
    if wrong:
        raise ValidationError(wrong)


def _say(measure: Measure, title: str, who: str, due: dt.date, language: str, owner: User | None) -> None:
    wrong: dict[str, Any] = {}
    if not title.strip():
        wrong["title"] = gettext("Say what is done.")
    if not who.strip():
        wrong["who"] = gettext("Say who does it.")
    if wrong:
        raise ValidationError(wrong)
    measure.title, measure.who = title.strip()[:300], who.strip()[:160]
    measure.due, measure.owner, measure.language = due, owner, require_language(language)
    measure.save()


def _step(
    measure: Measure, by: User | None, on: dt.date, state: MeasureState, text: str, language: str
) -> MeasureStep:
    return MeasureStep.objects.create(
        public_id=new_public_id(),
        measure=measure,
        on=on,
        state=state,
        text=text.strip()[:600],
        language=language,
        noted_by=by,
    )


def _locked(measure: Measure) -> Measure:
    rows = Measure.objects.select_for_update(of=("self",)).select_related("recommendation__process__hub")
    return rows.get(pk=measure.pk)
