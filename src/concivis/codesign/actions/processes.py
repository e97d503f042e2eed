"""A process: begun from a course, written, shown, ended."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.codesign.actions.noting import locked, noted, require_text, require_within
from concivis.codesign.courses import COURSES
from concivis.codesign.enums import ProcessState
from concivis.codesign.models import Phase, Process, ProcessText
from concivis.hubs.models import Hub
from concivis.shell import content
from concivis.shell.content import Origin
from concivis.shell.ids import new_public_id
from concivis.vocabulary.models import Term

LONGEST = {"title": 200, "summary": 600, "scope": 4000, "goals": 2000}
MOST_TERMS, MOST_LANGUAGES = 30, 30


@dataclass(frozen=True)
class ProcessFacts:
    """What is said of a process. `language`: BCP 47, of the texts."""

    title: str
    language: str
    summary: str = ""
    scope: str = ""
    goals: str = ""
    starts: dt.date | None = None
    ends: dt.date | None = None
    terms: Sequence[Term] = ()


def facts_of(process: Process) -> ProcessFacts:
    """As it stands; `dataclasses.replace` changes one thing. One query."""
    return ProcessFacts(
        **process.source_texts(),
        language=process.language,
        starts=process.starts,
        ends=process.ends,
        terms=list(process.terms.all()),
    )


@transaction.atomic
def begin_process(
    *, by: User | None, hub: Hub, facts: ProcessFacts, course: str = "", is_example: bool = False
) -> Process:
    """In preparation, with the phases of the course, one after the other from its first day, where that is known.

    Raises ValidationError by field of the facts, and by `course`.
    """
    if course and course not in COURSES:
        raise ValidationError({"course": gettext("There is no such template.")})
    process = Process(public_id=new_public_id(), hub=hub, template=course, made_by=by, is_example=is_example)
    _write(process, facts)
    _lay_out(process, course)
    noted(process, by, "process.begun", {"course": course})
    return process


@transaction.atomic
def edit_process(*, by: User | None, process: Process, facts: ProcessFacts, revision: int) -> Process:
    """Raises `EditConflict` unless `revision` stands, ValidationError by field."""
    edited = locked(process, revision)
    before = edited.source_texts(), edited.language
    _write(edited, facts, before=before)
    noted(edited, by, "process.edited")
    return edited


@transaction.atomic
def start(*, by: User | None, process: Process) -> Process:
    """From preparation, or once more after it was finished or cancelled."""
    started = locked(process)
    if started.state == ProcessState.RUNNING:
        raise ValidationError(gettext("It is running already."))
    again = started.is_over
    started.state, started.cancelled_because, started.finished_at = ProcessState.RUNNING, "", None
    started.save()
    noted(started, by, "process.started_again" if again else "process.started")
    return started


@transaction.atomic
def finish(*, by: User | None, process: Process) -> Process:
    finished = locked(process)
    if finished.state != ProcessState.RUNNING:
        raise ValidationError(gettext("Only a process that is running can be finished."))
    finished.state, finished.finished_at = ProcessState.FINISHED, timezone.now()
    finished.save()
    noted(finished, by, "process.finished")
    return finished


@transaction.atomic
def cancel(*, by: User | None, process: Process, because: str) -> Process:
    """`because` is public where the process is."""
    cancelled = locked(process)
    if cancelled.is_over:
        raise ValidationError(gettext("It has ended already."))
    cancelled.cancelled_because = require_text("because", because, 500)
    cancelled.state, cancelled.finished_at = ProcessState.CANCELLED, timezone.now()
    cancelled.save()
    noted(cancelled, by, "process.cancelled")
    return cancelled


@transaction.atomic
def publish(*, by: User | None, process: Process) -> Process:
    shown = locked(process)
    if shown.state == ProcessState.DRAFT:
        raise ValidationError(gettext("Start it first: what is still in preparation is not shown."))
    if not shown.summary:
        raise ValidationError(gettext("Write two or three sentences about it first: they stand on its page."))
    shown.is_published, shown.published_at = True, shown.published_at or timezone.now()
    shown.save()
    noted(shown, by, "process.published")
    return shown


@transaction.atomic
def hide(*, by: User | None, process: Process) -> Process:
    hidden = locked(process)
    hidden.is_published = False
    hidden.save()
    noted(hidden, by, "process.hidden")
    return hidden


@transaction.atomic
def delete_process(*, by: User | None, process: Process) -> None:
    """One in preparation in which nothing has happened yet."""
    gone = locked(process)
    if gone.state != ProcessState.DRAFT or gone.sessions.exists() or gone.insights.exists():
        raise ValidationError(
            gettext("Only a process in preparation without sessions and insights can be deleted; cancel it.")
        )
    noted(gone, by, "process.deleted")
    gone.delete()


# --- translations ------------------------------------------------------------------------------------------


@transaction.atomic
def translate_process(
    *,
    by: User | None,
    process: Process,
    language: str,
    title: str,
    summary: str = "",
    scope: str = "",
    goals: str = "",
    origin: Origin = Origin.HUMAN,
) -> ProcessText:
    """The process in another language, of its source as it stands now. Raises ValidationError by field."""
    of = locked(process)
    language = require_other_language(of, language)
    said = {"summary": summary, "scope": scope, "goals": goals}
    texts = {name: require_within(name, text, LONGEST[name]) for name, text in said.items()}
    row, _made = ProcessText.objects.update_or_create(
        of=of,
        language=language,
        defaults={
            "title": require_text("title", title, LONGEST["title"]),
            **texts,
            "origin": origin,
            "of_revision": of.text_revision,
        },
    )
    noted(of, by, "process.translated", {"language": language})
    return row


@transaction.atomic
def remove_translation(*, by: User | None, process: Process, language: str) -> None:
    of = locked(process)
    if of.translations.filter(language=language).delete()[0]:
        noted(of, by, "process.translation_removed", {"language": language})


def require_other_language(of: content.SourceText, language: str) -> str:
    """The tag in its usual writing. Raises ValidationError for that of the original, and for too many."""
    written = content.require_language(language)
    if written == of.language:
        raise ValidationError({"language": gettext("The original is written in this language.")})
    others = of.translations.exclude(language=written).count()  # type: ignore[attr-defined]
    if others >= MOST_LANGUAGES:
        raise ValidationError({"language": gettext("There are too many translations already.")})
    return written


# --- how it is written -------------------------------------------------------------------------------------


def _write(process: Process, facts: ProcessFacts, before: tuple[dict[str, str], str] | None = None) -> None:
    process.title = require_text("title", facts.title, LONGEST["title"])
    for name in ("summary", "scope", "goals"):
        setattr(process, name, require_within(name, getattr(facts, name), LONGEST[name]))
    process.language = content.require_language(facts.language)
    if facts.starts and facts.ends and facts.ends < facts.starts:
        raise ValidationError({"ends": gettext("It ends before it begins.")})
    process.starts, process.ends = facts.starts, facts.ends
    if len(facts.terms) > MOST_TERMS:
        raise ValidationError({"terms": gettext("At most %(most)s can be kept here.") % {"most": MOST_TERMS}})
    if before and (before[1] != process.language or content.source_changed(process, before[0])):
        process.translations.filter(language=process.language).delete()
    process.save()
    process.terms.set(facts.terms)


def _lay_out(process: Process, course: str) -> None:
    day, rows = process.starts, []
    for position, part in enumerate(COURSES[course].parts if course else ()):
        last = day + dt.timedelta(weeks=part.weeks, days=-1) if day else None
        rows.append(Phase(process=process, position=position, code=part.code, starts=day, ends=last))
        day = last + dt.timedelta(days=1) if last else None
    Phase.objects.bulk_create(rows)
