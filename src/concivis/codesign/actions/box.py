"""The anonymous box: put in, read, answered, taken up or set aside; what was spoken is forgotten after a while."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.codesign import codes
from concivis.codesign.actions import insights
from concivis.codesign.enums import Need
from concivis.codesign.models import BoxInput, BoxMessage, Insight, Process
from concivis.codesign.outcomes import InputState, SetAside
from concivis.hubs import record
from concivis.hubs.models import today_in
from concivis.shell import sounds
from concivis.shell.content import require_language
from concivis.shell.ids import new_public_id
from concivis.vocabulary.models import Term

AUDIO_DAYS = 90  # a recording is a voice, and a voice is a person
LONGEST = 4000
MOST_MESSAGES = 50  # of one input
PURPOSE = "box"


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody puts in: a text, a recording, or both. `language`: BCP 47, "" where they did not say."""

    text: str = ""
    language: str = ""
    theme: Term | None = None
    audio: bytes = b""


@transaction.atomic
def put_in(*, process: Process, said: Said) -> str:
    """The receipt code, which only the sender has from now on. Raises ValidationError by field."""
    if process.is_over or not process.is_public:
        raise ValidationError(gettext("This box is closed."))
    if not said.text.strip() and not said.audio:
        raise ValidationError({"text": gettext("Write something, or say it: a recording is welcome.")})
    code, today = codes.new(codes.RECEIPT), today_in(process.hub)
    received = BoxInput(
        public_id=new_public_id(),
        process=process,
        code_hash=codes.hashed(code, PURPOSE),
        text=said.text.strip()[:LONGEST],
        language=require_language(said.language) if said.language else "",
        theme=said.theme,
        received_on=today,
    )
    if said.audio:
        _keep_audio(received, said.audio)
    received.save()
    _note(received, None, "box.received")
    return code


def find(code: str) -> BoxInput | None:
    """What the holder of a code put in. One query by the code's hash."""
    if len(codes.plain(code)) != codes.RECEIPT:
        return None
    rows = BoxInput.objects.select_related("process__hub", "theme")
    return rows.filter(code_hash=codes.hashed(code, PURPOSE)).first()


@transaction.atomic
def write_again(*, received: BoxInput, text: str) -> None:
    """By the sender, who has the code; the office reads it. What was set aside waits again."""
    _add_message(received, None, text, received.language)
    aside = BoxInput.objects.filter(pk=received.pk, state=InputState.SET_ASIDE)
    aside.update(state=InputState.NEW, reason="", handled_on=None)
    _note(received, None, "box.written_again")


@transaction.atomic
def mark_read(*, received: BoxInput, from_office: bool) -> None:
    """The messages of one side were seen by the other one."""
    BoxMessage.objects.filter(input=received, from_office=from_office, is_read=False).update(is_read=True)


@transaction.atomic
def answer(*, by: User, received: BoxInput, text: str, language: str) -> None:
    """The sender reads it with the code. Raises ValidationError by field."""
    _add_message(received, by, text, require_language(language))
    mark_read(received=received, from_office=False)
    _note(received, by, "box.answered")


@transaction.atomic
def take_up(
    *,
    by: User,
    received: BoxInput,
    text: str,
    language: str,
    need: Need | None = None,
    terms: tuple[Term, ...] = (),
) -> Insight:
    """It becomes an insight of the process, in the office's words: without what tells of a person.

    Raises ValidationError by field.
    """
    taken = _locked(received)
    if taken.state == InputState.TAKEN:
        raise ValidationError(gettext("This is an insight already."))
    facts = insights.InsightFacts(text=text, language=language, process=taken.process, need=need, terms=terms)
    taken.insight = insights.record_insight(by=by, hub=taken.process.hub, facts=facts)
    taken.state, taken.reason = InputState.TAKEN, ""
    _handled(taken, by)
    _note(taken, by, "box.taken_up")
    return taken.insight


@transaction.atomic
def set_aside(*, by: User, received: BoxInput, reason: SetAside) -> None:
    """The sender reads the words of the reason, with the code."""
    aside = _locked(received)
    if aside.state == InputState.TAKEN:
        raise ValidationError(gettext("This is an insight already."))
    aside.state, aside.reason = InputState.SET_ASIDE, reason
    _handled(aside, by)
    _note(aside, by, "box.set_aside")


def forget_audio() -> int:
    """The job: recordings whose time is over are deleted; how many."""
    due = BoxInput.objects.exclude(audio="").filter(audio_forgotten_on__lte=timezone.localdate())
    return sum(_forget(received) for received in due.select_related("process__hub").order_by("pk"))


@transaction.atomic
def _forget(received: BoxInput) -> bool:
    storage, name = received.audio.storage, str(received.audio.name)
    gone = BoxInput.objects.filter(pk=received.pk).exclude(audio="").update(audio="", audio_type="")
    if gone:
        _note(received, None, "box.recording_forgotten")
        transaction.on_commit(partial(storage.delete, name))
    return bool(gone)


def _keep_audio(received: BoxInput, content: bytes) -> None:
    try:
        media_type = sounds.examine(content)
    except ValidationError as error:
        raise ValidationError({"audio": error.messages}) from error
    received.audio_type = media_type
    received.audio_forgotten_on = received.received_on + timedelta(days=AUDIO_DAYS)
    received.audio.save(sounds.random_name(media_type), ContentFile(content), save=False)


def _add_message(received: BoxInput, by: User | None, text: str, language: str) -> None:
    written = _locked(received)
    if not text.strip():
        raise ValidationError({"text": gettext("Please write something here.")})
    if written.messages.count() >= MOST_MESSAGES:
        raise ValidationError(gettext("This conversation is very long. Please begin a new one."))
    BoxMessage.objects.create(
        input=written,
        from_office=by is not None,
        text=text.strip()[:LONGEST],
        language=language,
        written_on=today_in(written.process.hub),
        written_by=by,
    )


def _locked(received: BoxInput) -> BoxInput:
    rows = BoxInput.objects.select_for_update(of=("self",)).select_related("process__hub")
    return rows.get(pk=received.pk)


def _handled(received: BoxInput, by: User) -> None:
    received.handled_by, received.handled_on = by, today_in(received.process.hub)
    received.save()
    mark_read(received=received, from_office=False)


def _note(received: BoxInput, by: User | None, action: str) -> None:
    """The record keeps that something came and what was done, nothing of what it said."""
    process = received.process
    record.write(hub=process.hub, by=by, action=action, kind="input", object_id=received.public_id)
