"""Both directions: who contributed is told what becomes of it, and the administration is asked and reminded."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from concivis.accounts.models import User
from concivis.codesign.enums import ConnectorState
from concivis.codesign.models import (
    Connector,
    Measure,
    Process,
    Reader,
    Recommendation,
    Sighting,
)
from concivis.codesign.outcomes import OPEN_MEASURES, RecommendationState, Side
from concivis.hubs import letters, record
from concivis.hubs.models import today_in
from concivis.mailings.actions import Recipient, open_mailing

# kinds of mailings; each object is told of once
HANDED_OVER, ANSWERED, MEASURE = "codesign.asked", "codesign.answer", "codesign.measure"
SALT, CONFIRM_SALT = "codesign.reader", "codesign.reader.confirm"
CONFIRM_DAYS = 7
ASKED_AGAIN_AFTER = timedelta(minutes=10)  # a form must not become a way to fill somebody's mailbox
REMIND_AGAIN_AFTER = timedelta(days=28)


# --- who is told ---------------------------------------------------------------------------------------------


def invite_connectors(process: Process) -> None:
    """Connectors who worked on the process are told from now on what becomes of it; who has left stays away.

    Inside the caller's transaction. Everybody else asks for it themselves.
    """
    worked = Q(insights__process=process) | Q(sessions__process=process)
    working = [ConnectorState.ACTIVE, ConnectorState.RESTING]
    found = Connector.objects.filter(worked, hub=process.hub_id, state__in=working).exclude(email="")
    rows = [
        Reader(
            public_id=secrets.token_hex(8),
            process=process,
            connector=each,
            language=each.language,
            confirmed_at=timezone.now(),
        )
        for each in found.distinct().order_by("pk")
    ]
    Reader.objects.bulk_create(rows, ignore_conflicts=True)


def readers_of(process: Process) -> QuerySet[Reader]:
    """Those who are told: confirmed, and not left."""
    rows = Reader.objects.filter(process=process, confirmed_at__isnull=False, left_at=None)
    return rows.exclude(connector__email="").select_related("connector")


@transaction.atomic
def ask_to_be_told(*, process: Process, email: str, language: str) -> None:
    """Mails a link that confirms. Says to nobody whether the address is known; within ten minutes one letter only."""
    address = email.strip().lower()
    rows = Reader.objects.select_for_update()
    reader = rows.filter(process=process, email=address).first()
    if reader and reader.asked_at > timezone.now() - ASKED_AGAIN_AFTER:
        return
    if reader is None:
        reader = Reader(public_id=secrets.token_hex(8), process=process, email=address)
    reader.language = language
    reader.save()
    Reader.objects.filter(pk=reader.pk).update(asked_at=timezone.now())
    key = signing.dumps(reader.public_id, salt=CONFIRM_SALT)
    letters.send(
        to=address,
        language=language,
        template="codesign/letters/confirm.txt",
        context={
            "process": process,
            "hub": process.hub,
            "link": lambda: _absolute("codesign:reader_confirm", key),
            "days": CONFIRM_DAYS,
        },
        called=f"Confirmation of reader {reader.pk}",
    )


@transaction.atomic
def confirm(*, key: str) -> Reader | None:
    """From now on they are told. None for a link that is too old, or not ours."""
    try:
        public_id = signing.loads(key, salt=CONFIRM_SALT, max_age=timedelta(days=CONFIRM_DAYS))
    except signing.BadSignature:
        return None
    reader = Reader.objects.select_related("process__hub").filter(public_id=str(public_id)).first()
    if reader and reader.confirmed_at is None:
        reader.confirmed_at = timezone.now()
        reader.save(update_fields=["confirmed_at"])
        _note(reader, "codesign.reader_confirmed")
    return reader


def waits_for(key: str) -> Reader | None:
    """Whom a mailed link would confirm; changes nothing."""
    try:
        public_id = signing.loads(key, salt=CONFIRM_SALT, max_age=timedelta(days=CONFIRM_DAYS))
    except signing.BadSignature:
        return None
    return Reader.objects.select_related("process__hub").filter(public_id=str(public_id)).first()


@transaction.atomic
def leave(*, reader: Reader) -> None:
    """No more letters. An address that stood here is forgotten; a connector's row remembers that they left."""
    _note(reader, "codesign.reader_left")
    if reader.connector_id:
        Reader.objects.filter(pk=reader.pk).update(left_at=timezone.now())
    else:
        reader.delete()


def forget_unconfirmed() -> int:
    """Addresses that nobody confirmed are not kept."""
    asked = timezone.now() - timedelta(days=CONFIRM_DAYS)
    gone, _each = Reader.objects.filter(confirmed_at=None, asked_at__lt=asked).delete()
    return gone


def key_of(reader: Reader) -> str:
    """What the links of a reader's letters carry: signed, so that nothing needs to be kept."""
    return signing.dumps(reader.public_id, salt=SALT)


def find(key: str) -> Reader | None:
    """Whose page a mailed key opens; None for one that we did not make, or who has left."""
    try:
        public_id = signing.loads(key, salt=SALT)
    except signing.BadSignature:
        return None
    rows = Reader.objects.select_related("process__hub", "connector")
    return rows.filter(public_id=str(public_id), left_at=None, confirmed_at__isnull=False).first()


# --- letters to them -------------------------------------------------------------------------------------------


def tell(process: Process, kind: str, object_id: str, *, by: User | None) -> None:
    """A letter to all readers about one thing, each address once; `reader_letters` writes it when it leaves."""
    if not process.is_public:
        return
    recipients = [
        Recipient(reader.address, reader.language, reader.public_id)
        for reader in readers_of(process)
        if reader.address
    ]
    if recipients:
        open_mailing(by=by, hub=process.hub, kind=kind, object_id=object_id, recipients=recipients)


@transaction.atomic
def acknowledge(*, reader: Reader, recommendation: Recommendation) -> None:
    """The reader has read the latest answer: the receipt for the administration."""
    answer = recommendation.answers.first()
    who = f"reader {reader.public_id}"
    Sighting.objects.get_or_create(recommendation=recommendation, answer=answer, side=Side.COMMUNITY, who=who)


def seen_by(reader: Reader) -> set[int]:
    """The ids of the answers that the reader has acknowledged. One query."""
    rows = Sighting.objects.filter(
        side=Side.COMMUNITY, who=f"reader {reader.public_id}", answer__isnull=False
    )
    return set(rows.values_list("answer", flat=True))


# --- the administration ----------------------------------------------------------------------------------------


def ask_owner(recommendation: Recommendation, *, by: User | None) -> None:
    """Mails who is to answer, unless they handed it over themselves. Inside the caller's transaction."""
    if recommendation.owner and recommendation.owner != by:
        _mail_owner(
            recommendation.owner,
            recommendation,
            "codesign/letters/owner_asked.txt",
            called="Asking for an answer",
        )


def remind() -> int:
    """The job: who owes an answer or a measure that is late is mailed, every four weeks; how many letters."""
    before = timezone.now() - REMIND_AGAIN_AFTER
    again = Q(reminded_at=None) | Q(reminded_at__lt=before)
    sent = 0
    waiting = Recommendation.objects.filter(again, state=RecommendationState.HANDED_OVER, owner__isnull=False)
    for each in waiting.select_related("process__hub", "owner").order_by("pk"):
        sent += _remind_of_answer(each)
    open_ones = Measure.objects.filter(again, state__in=OPEN_MEASURES, owner__isnull=False)
    for measure in open_ones.select_related("recommendation__process__hub", "owner").order_by("pk"):
        sent += _remind_of_measure(measure)
    return sent


@transaction.atomic
def _remind_of_answer(recommendation: Recommendation) -> bool:
    due, hub = recommendation.answer_due, recommendation.process.hub
    if due is None or due >= today_in(hub) or not _claim(recommendation):
        return False
    assert recommendation.owner is not None
    _mail_owner(
        recommendation.owner,
        recommendation,
        "codesign/letters/answer_late.txt",
        called="Reminder of an answer",
    )
    return True


@transaction.atomic
def _remind_of_measure(measure: Measure) -> bool:
    if measure.due >= today_in(measure.recommendation.process.hub) or not _claim(measure):
        return False
    assert measure.owner is not None
    _mail_owner(
        measure.owner,
        measure.recommendation,
        "codesign/letters/measure_late.txt",
        called="Reminder of a measure",
        measure=measure,
    )
    return True


def _claim(row: Recommendation | Measure) -> bool:
    """Whether this process reminds: the stamp is set once, with the letter, so that nobody gets two."""
    same = type(row)._default_manager.filter(pk=row.pk, reminded_at=row.reminded_at)
    return same.update(reminded_at=timezone.now()) == 1


def _mail_owner(
    owner: User, recommendation: Recommendation, template: str, *, called: str, measure: Measure | None = None
) -> None:
    process = recommendation.process
    letters.send(
        to=owner.email,
        language=owner.language or letters.interface_language(process.hub.language),
        template=template,
        context={
            "recommendation": recommendation,
            "process": process,
            "hub": process.hub,
            "measure": measure,
            "link": lambda: (
                settings.BASE_URL
                + reverse(
                    "codesign:office_recommendation",
                    args=[process.hub.slug, process.public_id, recommendation.public_id],
                )
            ),
        },
        called=f"{called} {recommendation.public_id}",
    )


def _absolute(name: str, key: str) -> str:
    return settings.BASE_URL + reverse(name, args=[key])


def _note(reader: Reader, action: str) -> None:
    """Without a trace of who: the record is for ever."""
    process = reader.process
    record.write(hub=process.hub, by=None, action=action, kind="process", object_id=process.public_id)
