"""The log of what the partners did together."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs import record
from concivis.hubs.models import today_in
from concivis.shell.dates import Precision
from concivis.shell.ids import new_public_id
from concivis.twinning import cards
from concivis.twinning.actions.partnerships import refresh_dates
from concivis.twinning.actions.snapshots import want_figures
from concivis.twinning.drafts import ActivityDraft, Counted
from concivis.twinning.models import Activity, Participation, Partnership


@transaction.atomic
def record_activity(*, by: User | None, partnership: Partnership, activity: ActivityDraft) -> Activity:
    """Adds an activity that took place; it may wake a dormant partnership.

    Raises ValidationError with a sentence: for a day to come, an end before the beginning, more young people than
    people, a side of another partnership.
    """
    locked = _locked(partnership)
    made = Activity(partnership=locked, public_id=new_public_id(), added_by=by)
    _write(made, activity)
    _recorded(made, by, "activity.recorded")
    return made


@transaction.atomic
def change_activity(*, by: User | None, activity: Activity, draft: ActivityDraft) -> Activity:
    """Writes `draft` over it, except the source. Raises ValidationError as `record_activity`."""
    changed = Activity.objects.get(pk=activity.pk)
    changed.partnership = _locked(activity.partnership)
    _write(changed, draft)
    _recorded(changed, by, "activity.changed")
    return changed


@transaction.atomic
def remove_activity(*, by: User | None, activity: Activity) -> None:
    """Takes it out of the log. A partnership that lived by it alone may fall asleep."""
    gone = Activity.objects.get(pk=activity.pk)
    gone.partnership = _locked(activity.partnership)
    gone.delete()
    _recorded(gone, by, "activity.removed")


def _locked(partnership: Partnership) -> Partnership:
    return Partnership.objects.select_for_update(of=("self",)).select_related("hub").get(pk=partnership.pk)


def _write(activity: Activity, draft: ActivityDraft) -> None:
    _check(activity.partnership, draft)
    for name in ("kind", "title", "until", "where", "note", "language", "url", "is_public"):
        setattr(activity, name, getattr(draft, name))
    activity.date, activity.precision = draft.when.first, Precision(draft.when.precision)
    activity.source = draft.source or activity.source
    activity.save()
    activity.participations.all().delete()
    Participation.objects.bulk_create(
        Participation(
            activity=activity, side_id=side, people=people, young_people=young, organisations=organisations
        )
        for side, (people, young, organisations) in draft.participations.items()
        if (people, young, organisations) != (None, None, None)
    )


def _check(partnership: Partnership, draft: ActivityDraft) -> None:
    if not draft.title.strip():
        raise ValidationError({"title": gettext("Say in a few words what it was.")})
    today = today_in(partnership.hub) if partnership.hub else timezone.localdate()
    if draft.when.first > today:
        raise ValidationError(
            {"date": gettext("This day is still to come. What is planned stands in the plan.")}
        )
    if draft.until:
        _check_end(draft.when.first, draft.until, today)
    sides = set(partnership.sides.values_list("pk", flat=True))
    if not sides.issuperset(draft.participations):
        raise ValidationError(gettext("Only the sides of this partnership can take part."))
    for counted in draft.participations.values():
        _check_numbers(counted)


def _check_end(first: dt.date, until: dt.date, today: dt.date) -> None:
    if until < first:
        raise ValidationError({"until": gettext("It ends before it begins.")})
    if until > today:
        raise ValidationError({"until": gettext("It is not over yet. Write it down when it is.")})


def _check_numbers(counted: Counted) -> None:
    people, young, _ = counted
    if people is not None and young is not None and young > people:
        raise ValidationError(gettext("There cannot be more young people than people."))


def _recorded(activity: Activity, by: User | None, action: str) -> None:
    partnership = activity.partnership
    refresh_dates(partnership)
    cards.refresh([partnership.pk])
    record.write(
        hub=partnership.hub,
        by=by,
        action=action,
        kind=cards.KIND,
        object_id=partnership.public_id,
        details={"activity": activity.public_id, "date": activity.when.iso},
    )
    want_figures()
