"""What was heard: insights and notes, in any language, with translations. Neither may name a person."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.codesign.actions.noting import as_connector, locked, noted, require_text
from concivis.codesign.actions.processes import require_other_language
from concivis.codesign.enums import InsightState, Need
from concivis.codesign.models import (
    Connector,
    Insight,
    InsightText,
    Note,
    NoteText,
    Process,
    Session,
)
from concivis.hubs.models import Hub
from concivis.shell import content
from concivis.shell.content import Origin
from concivis.shell.ids import new_public_id
from concivis.vocabulary.models import Term

LONGEST, LONGEST_NOTE = 1500, 20_000
MOST_TERMS, MOST_NOTES = 10, 100
# what leads to one person: a mail address, a telephone number
MAIL_ADDRESS = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+\.[^\W\d_]{2,}")
TELEPHONE = re.compile(r"(?<!\d)\+?\d(?:[\s/().-]{0,2}\d){7,}(?!\d)")


@dataclass(frozen=True)
class InsightFacts:
    """`language`: BCP 47, of the text. `session`: where it was heard, if anywhere; it decides the process."""

    text: str
    language: str
    process: Process | None = None
    session: Session | None = None
    need: Need | None = None
    terms: Sequence[Term] = ()


def facts_of(insight: Insight) -> InsightFacts:
    """As it stands; `dataclasses.replace` changes one thing. One query, without process and session."""
    return InsightFacts(
        text=insight.text,
        language=insight.language,
        process=insight.process,
        session=insight.session,
        need=Need(insight.need) if insight.need else None,
        terms=list(insight.terms.all()),
    )


@transaction.atomic
def record_insight(
    *, by: User | None, hub: Hub, facts: InsightFacts, connector: Connector | None = None
) -> Insight:
    """`connector`: who heard it; kept inside, never shown. Raises ValidationError by field."""
    insight = Insight(public_id=new_public_id(), hub=hub, by=by, connector=connector)
    _write(insight, facts)
    noted(insight, by, "insight.recorded", as_connector(connector))
    return insight


@transaction.atomic
def change_insight(
    *,
    by: User | None,
    insight: Insight,
    facts: InsightFacts,
    revision: int,
    connector: Connector | None = None,
) -> Insight:
    """Raises `EditConflict` unless `revision` stands, ValidationError by field. In a cluster it keeps its process."""
    changed = locked(insight, revision)
    before = changed.process_id
    _write(changed, facts)
    if changed.state == InsightState.CLUSTERED and changed.process_id != before:
        raise ValidationError({"process": gettext("Take it out of its cluster first.")})
    noted(changed, by, "insight.changed", as_connector(connector))
    return changed


@transaction.atomic
def set_aside(*, by: User | None, insight: Insight, because: str) -> Insight:
    """Who wrote it reads the reason. One in a cluster is taken out of it first."""
    aside = locked(insight)
    if aside.state == InsightState.CLUSTERED:
        raise ValidationError(gettext("Take it out of its cluster first."))
    aside.aside_because = require_text("because", because, 300)
    aside.state = InsightState.ASIDE
    aside.save()
    noted(aside, by, "insight.set_aside")
    return aside


@transaction.atomic
def take_back_in(*, by: User | None, insight: Insight) -> Insight:
    back = locked(insight)
    if back.state != InsightState.ASIDE:
        raise ValidationError(gettext("It is not set aside."))
    back.state, back.aside_because = InsightState.NEW, ""
    back.save()
    noted(back, by, "insight.taken_back_in")
    return back


@transaction.atomic
def delete_insight(*, by: User | None, insight: Insight, connector: Connector | None = None) -> None:
    """For what should never have been written: it named somebody. Not from within a cluster."""
    gone = locked(insight)
    if gone.state == InsightState.CLUSTERED:
        raise ValidationError(gettext("Take it out of its cluster first."))
    noted(gone, by, "insight.deleted", as_connector(connector))
    gone.delete()


@transaction.atomic
def translate_insight(
    *, by: User | None, insight: Insight, language: str, text: str, origin: Origin = Origin.HUMAN
) -> InsightText:
    of = locked(insight)
    language = require_other_language(of, language)
    row, _made = InsightText.objects.update_or_create(
        of=of,
        language=language,
        defaults={
            "text": require_nobody("text", require_text("text", text, LONGEST)),
            "origin": origin,
            "of_revision": of.text_revision,
        },
    )
    noted(of, by, "insight.translated", {"language": language})
    return row


# --- notes -------------------------------------------------------------------------------------------------


@transaction.atomic
def write_note(
    *, by: User | None, session: Session, text: str, language: str, connector: Connector | None = None
) -> Note:
    of = locked(session)
    if of.notes.count() >= MOST_NOTES:
        raise ValidationError(gettext("There are too many notes already."))
    note = Note.objects.create(
        session=of,
        by=by,
        connector=connector,
        text=require_text("text", text, LONGEST_NOTE),
        language=content.require_language(language),
    )
    noted(of, by, "note.written", as_connector(connector))
    return note


@transaction.atomic
def change_note(
    *, by: User | None, note: Note, text: str, language: str, connector: Connector | None = None
) -> Note:
    of = locked(note.session)
    changed = of.notes.select_for_update().get(pk=note.pk)
    before = changed.source_texts()
    changed.text, changed.language = (
        require_text("text", text, LONGEST_NOTE),
        content.require_language(language),
    )
    content.source_changed(changed, before)
    changed.translations.filter(language=changed.language).delete()
    changed.save()
    noted(of, by, "note.changed", as_connector(connector))
    return changed


@transaction.atomic
def translate_note(
    *, by: User | None, note: Note, language: str, text: str, origin: Origin = Origin.HUMAN
) -> NoteText:
    of = locked(note.session)
    source = of.notes.get(pk=note.pk)
    language = require_other_language(source, language)
    row, _made = NoteText.objects.update_or_create(
        of=source,
        language=language,
        defaults={
            "text": require_text("text", text, LONGEST_NOTE),
            "origin": origin,
            "of_revision": source.text_revision,
        },
    )
    noted(of, by, "note.translated", {"language": language})
    return row


@transaction.atomic
def delete_note(*, by: User | None, note: Note, connector: Connector | None = None) -> None:
    of = locked(note.session)
    if of.notes.filter(pk=note.pk).delete()[0]:
        noted(of, by, "note.deleted", as_connector(connector))


# --- how it is written -------------------------------------------------------------------------------------


def require_nobody(field: str, text: str) -> str:
    """Raises ValidationError for a text with a mail address or a telephone number: it leads to one person."""
    if MAIL_ADDRESS.search(text) or TELEPHONE.search(text):
        raise ValidationError(
            {
                field: gettext(
                    "There is a mail address or a telephone number in it. Insights name nobody: take it out, please."
                )
            }
        )
    return text


def _write(insight: Insight, facts: InsightFacts) -> None:
    before = insight.source_texts()
    insight.text = require_nobody("text", require_text("text", facts.text, LONGEST))
    insight.language = content.require_language(facts.language)
    insight.need = facts.need or ""
    insight.session = facts.session
    insight.process = facts.session.process if facts.session else facts.process
    if insight.process and insight.process.hub_id != insight.hub_id:
        raise ValidationError({"process": gettext("This process is of another office.")})
    if len(facts.terms) > MOST_TERMS:
        raise ValidationError(
            {"themes": gettext("At most %(most)s can be kept here.") % {"most": MOST_TERMS}}
        )
    if not insight._state.adding:
        content.source_changed(insight, before)
        insight.translations.filter(language=insight.language).delete()
    insight.save()
    insight.terms.set(facts.terms)
