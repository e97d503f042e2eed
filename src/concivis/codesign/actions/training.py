"""The parts of the connectors' training, and who has done which."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.codesign.actions.noting import locked, noted, require_text
from concivis.codesign.models import Connector, TrainingDone, TrainingPart
from concivis.hubs import record
from concivis.hubs.models import Hub, today_in
from concivis.shell import content

MOST_PARTS = 40
MOST_HOURS = Decimal(200)


@transaction.atomic
def add_part(
    *, by: User | None, hub: Hub, title: str, language: str, hours: Decimal | None = None
) -> TrainingPart:
    """At the end of the training. Raises ValidationError by field."""
    if TrainingPart.objects.filter(hub=hub, retired_at=None).count() >= MOST_PARTS:
        raise ValidationError(gettext("There are too many parts already."))
    last = TrainingPart.objects.filter(hub=hub).aggregate(last=Max("position"))["last"]
    part = TrainingPart(hub=hub, position=0 if last is None else last + 1)
    _write(part, title, language, hours)
    _note(part, by, "training.part_added")
    return part


@transaction.atomic
def change_part(
    *, by: User | None, part: TrainingPart, title: str, language: str, hours: Decimal | None = None
) -> TrainingPart:
    changed = TrainingPart.objects.select_for_update().get(pk=part.pk)
    _write(changed, title, language, hours)
    _note(changed, by, "training.part_changed")
    return changed


@transaction.atomic
def retire_part(*, by: User | None, part: TrainingPart) -> None:
    """It is not offered any more; who has done it has done it."""
    retired = TrainingPart.objects.select_for_update().get(pk=part.pk)
    retired.retired_at = retired.retired_at or timezone.now()
    retired.save()
    _note(retired, by, "training.part_retired")


@transaction.atomic
def note_done(*, by: User | None, connector: Connector, part: TrainingPart, done_on: dt.date) -> TrainingDone:
    """Raises ValidationError by field: for a day to come, and for a part of another office."""
    of = locked(connector)
    if part.hub_id != of.hub_id:
        raise ValidationError({"part": gettext("This part is not among your training.")})
    if done_on > today_in(of.hub):
        raise ValidationError({"done_on": gettext("This day is still to come.")})
    done, _made = TrainingDone.objects.update_or_create(
        connector=of, part=part, defaults={"done_on": done_on}
    )
    noted(of, by, "training.done")
    return done


@transaction.atomic
def take_back_done(*, by: User | None, connector: Connector, part: TrainingPart) -> None:
    of = locked(connector)
    if of.training.filter(part=part).delete()[0]:
        noted(of, by, "training.taken_back")


def _write(part: TrainingPart, title: str, language: str, hours: Decimal | None) -> None:
    part.title = require_text("title", title, 160)
    part.language = content.require_language(language)
    if hours is not None and not 0 < hours <= MOST_HOURS:
        raise ValidationError({"hours": gettext("Write how many hours it takes, such as 2.5.")})
    part.hours = hours
    part.save()


def _note(part: TrainingPart, by: User | None, action: str) -> None:
    record.write(hub=part.hub, by=by, action=action, kind="training", object_id=str(part.pk))
