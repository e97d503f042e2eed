"""The phases of a process: their order, their dates, and the process's own."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.codesign.actions.noting import locked, noted, require_text, require_within
from concivis.codesign.models import Phase, Process

MOST_PHASES = 20


@transaction.atomic
def add_phase(
    *,
    by: User | None,
    process: Process,
    name: str,
    aim: str = "",
    starts: dt.date | None = None,
    ends: dt.date | None = None,
) -> Phase:
    """One of the process's own, in its language, at the end. Raises ValidationError by field."""
    of = locked(process)
    if of.phases.count() >= MOST_PHASES:
        raise ValidationError(gettext("There are too many phases already."))
    last = of.phases.aggregate(last=Max("position"))["last"]
    phase = Phase(process=of, position=0 if last is None else last + 1)
    phase.name = require_text("name", name, 120)
    _write(phase, aim, starts, ends)
    noted(of, by, "phase.added")
    return phase


@transaction.atomic
def change_phase(
    *,
    by: User | None,
    phase: Phase,
    name: str = "",
    aim: str = "",
    starts: dt.date | None = None,
    ends: dt.date | None = None,
) -> Phase:
    """`name` is taken for the process's own phases; those of a template keep theirs."""
    of = locked(phase.process)
    changed = of.phases.get(pk=phase.pk)
    if not changed.code:
        changed.name = require_text("name", name, 120)
    _write(changed, aim, starts, ends)
    noted(of, by, "phase.changed")
    return changed


@transaction.atomic
def name_phase(*, by: User | None, phase: Phase, language: str, name: str) -> Phase:
    """The process's own phase in another language; an empty name takes it away."""
    of = locked(phase.process)
    named = of.phases.get(pk=phase.pk)
    if named.code:
        raise ValidationError(gettext("The phases of the template are translated already."))
    stripped = require_within("name", name, 120)
    named.names = {key: text for key, text in named.names.items() if key != language}
    if stripped:
        named.names[language] = stripped
    named.save()
    noted(of, by, "phase.changed")
    return named


@transaction.atomic
def move_phase(*, by: User | None, phase: Phase, up: bool) -> None:
    """Changes places with the one before, or the one after; at the edge nothing happens."""
    of = locked(phase.process)
    rows = list(of.phases.all())
    here = next(n for n, row in enumerate(rows) if row.pk == phase.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    _renumber(of, rows)
    noted(of, by, "phase.moved")


@transaction.atomic
def remove_phase(*, by: User | None, phase: Phase) -> None:
    """Its sessions stay with the process."""
    of = locked(phase.process)
    of.phases.filter(pk=phase.pk).delete()
    _renumber(of, list(of.phases.all()))
    noted(of, by, "phase.removed")


def _renumber(process: Process, rows: list[Phase]) -> None:
    """Out of the way first, as no two may have one position even for a moment."""
    process.phases.update(position=F("position") + 1000)
    for position, row in enumerate(rows):
        Phase.objects.filter(pk=row.pk).update(position=position)


def _write(phase: Phase, aim: str, starts: dt.date | None, ends: dt.date | None) -> None:
    if starts and ends and ends < starts:
        raise ValidationError({"ends": gettext("It ends before it begins.")})
    phase.aim = require_within("aim", aim, 1000)
    phase.starts, phase.ends = starts, ends
    phase.save()
