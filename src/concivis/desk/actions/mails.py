"""Mail that arrives: a new enquiry, a message in one that is known, a duplicate, or refused with a reason."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import islice

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.desk.actions.asking import heard
from concivis.desk.actions.enquiries import received
from concivis.desk.actions.forgetting import discard_upload
from concivis.desk.actions.noting import noted
from concivis.desk.actions.rules import rules_of
from concivis.desk.enums import Channel, EntryKind, Refusal
from concivis.desk.mail import boxes, parsing
from concivis.desk.mail.parsing import Found, Mail
from concivis.desk.models import Attachment, Enquiry, Entry, MailTrace, MailUpload
from concivis.desk.posting import id_hash
from concivis.hubs import letters, record
from concivis.hubs.models import Hub, today_in
from concivis.shell import uploads
from concivis.shell.ids import new_public_id

MOST_FILES = 20  # of one mail


class Fate(StrEnum):
    NEW = "new"
    THREADED = "threaded"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a mail is. `key` stands for it among those seen; `enquiry`: to which it belongs, or which it became."""

    fate: Fate
    key: str
    mail: Mail | None = None
    enquiry: Enquiry | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True)
class Read:
    """A mail, or why it is none, with what stands for it."""

    key: str
    mail: Mail | None = None
    refusal: Refusal | None = None


def judge(hub: Hub, content: bytes) -> Verdict:
    """Changes nothing. Three queries at most."""
    return _judged(hub, _read(content), lambda key: MailTrace.objects.filter(hub=hub, id_hash=key).exists())


def _judged(hub: Hub, read: Read, is_known: Callable[[str], bool]) -> Verdict:
    """Two queries at most, for a mail that answers to something, and what `is_known` costs."""
    key, mail = read.key, read.mail
    if mail is None:
        return Verdict(fate=Fate.REFUSED, key=key, refusal=read.refusal)
    if is_known(key):
        return Verdict(fate=Fate.DUPLICATE, key=key, mail=mail)
    if mail.address in _own_addresses(hub):
        return Verdict(fate=Fate.REFUSED, key=key, mail=mail, refusal=Refusal.OWN)
    enquiry = _belongs_to(hub, mail)
    if enquiry is not None:
        return Verdict(fate=Fate.THREADED, key=key, mail=mail, enquiry=enquiry)
    if mail.is_automatic:
        return Verdict(fate=Fate.REFUSED, key=key, mail=mail, refusal=Refusal.AUTOMATIC)
    return Verdict(fate=Fate.NEW, key=key, mail=mail)


def _read(content: bytes) -> Read:
    try:
        mail = parsing.read(content)
    except parsing.Refused as refused:
        return Read(id_hash(refused.key), refusal=refused.refusal)
    return Read(id_hash(mail.message_id), mail)


@transaction.atomic
def take_in(*, hub: Hub, content: bytes, by: User | None = None) -> Verdict:
    """Does what `judge` says. A mail that is taken in twice is a duplicate the second time. Nobody is ever answered by
    itself, so no loop of letters can begin. `by`: who uploaded it; None: it was fetched, and the desk is told."""
    verdict = judge(hub, content)
    trace, is_new = MailTrace.objects.get_or_create(
        hub=hub, id_hash=verdict.key, defaults={"refusal": verdict.refusal or ""}
    )
    if not is_new:
        return Verdict(fate=Fate.DUPLICATE, key=verdict.key, mail=verdict.mail)
    if verdict.mail is None or verdict.fate == Fate.REFUSED:
        return verdict
    if verdict.enquiry is not None:
        enquiry = _threaded(verdict.enquiry, verdict.mail, tell=by is None)
    else:
        enquiry = _entered(hub, verdict.mail, by)
    trace.enquiry = enquiry
    trace.save(update_fields=["enquiry"])
    return Verdict(fate=verdict.fate, key=verdict.key, mail=verdict.mail, enquiry=enquiry)


# --- a file of mails ---------------------------------------------------------------------------------------


@transaction.atomic
def keep_upload(*, by: User, hub: Hub, upload: File[bytes]) -> MailUpload:
    """Kept for the preview. Raises ValidationError."""
    upload.seek(0)
    content = uploads.read(upload, settings.UPLOAD_BYTES)
    if not content.strip():
        raise ValidationError(gettext("The file is empty."))
    kept = MailUpload(hub=hub, public_id=new_public_id(), name=str(upload.name or "")[:200], by=by)
    kept.file.save(f"{kept.public_id}.mbox", ContentFile(content), save=False)
    try:
        kept.save()
    except Exception:
        kept.file.delete(save=False)  # a file without its row would never be found again
        raise
    return kept


def preview(upload: MailUpload) -> list[Verdict]:
    """What each of its mails would become. One query, and two for each that answers to something.

    Raises ValidationError for too many.
    """
    reads = [_read(content) for content in _mails(upload)]
    traces = MailTrace.objects.filter(hub=upload.hub, id_hash__in={read.key for read in reads})
    known = set(traces.values_list("id_hash", flat=True))
    found = []
    for read in reads:
        found.append(_judged(upload.hub, read, known.__contains__))
        known.add(read.key)
    return found


def take_in_upload(*, by: User, upload: MailUpload, numbers: Collection[int]) -> dict[Fate, int]:
    """Takes in the mails at these places of the file, each in a transaction of its own, and throws the file away."""
    wanted, counts = set(numbers), dict.fromkeys(Fate, 0)
    for number, content in enumerate(_mails(upload)):
        if number in wanted:
            counts[take_in(hub=upload.hub, content=content, by=by).fate] += 1
    with transaction.atomic():
        told = {"made": counts[Fate.NEW], "threaded": counts[Fate.THREADED]}
        record.write(
            hub=upload.hub,
            by=by,
            action="mails.taken_in",
            kind="mails",
            object_id=upload.public_id,
            details=told,
        )
        discard_upload(upload)
    return counts


def _mails(upload: MailUpload) -> list[bytes]:
    with upload.file.open("rb") as file:
        found = list(islice(boxes.mails_in(file.read()), boxes.MOST_MAILS + 1))
    if len(found) > boxes.MOST_MAILS:
        text = gettext("There are more than %(most)s mails in this file. Send it in parts.")
        raise ValidationError(text % {"most": boxes.MOST_MAILS})
    return found


# --- where it belongs --------------------------------------------------------------------------------------


def _own_addresses(hub: Hub) -> set[str]:
    from_address = settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].strip("> ").lower()
    return {hub.contact_email.lower(), from_address} - {""}


def _belongs_to(hub: Hub, mail: Mail) -> Enquiry | None:
    """By what it answers to, else by the mark; never to one of which nothing of the asker may be kept."""
    known = Enquiry.objects.filter(hub=hub, is_confirmed=True, forgotten_at=None)
    hashes = [id_hash(each) for each in mail.answers_to]
    traced = known.filter(mails__id_hash__in=hashes).order_by("-mails__at").first() if hashes else None
    if traced is not None or not mail.marks:
        return traced
    return known.filter(public_id__in=mail.marks).order_by("-received_at").first()


def _threaded(enquiry: Enquiry, mail: Mail, *, tell: bool) -> Enquiry:
    locked = Enquiry.objects.select_for_update(of=("self",)).select_related("hub").get(pk=enquiry.pk)
    entry = locked.entries.create(
        kind=EntryKind.MESSAGE,
        text=mail.text or mail.subject,
        at=mail.at or timezone.now(),
        is_automatic=mail.is_automatic,
        is_from_other=mail.address != locked.asker_email,
    )
    _keep_files(locked, entry, mail.files)
    if mail.is_automatic:
        noted(locked, None, "enquiry.message_came", automatic=True)
    else:
        heard(locked, entry, tell=tell)
    return locked


def _entered(hub: Hub, mail: Mail, by: User | None) -> Enquiry:
    enquiry = Enquiry.objects.create(
        public_id=new_public_id(),
        hub=hub,
        channel=Channel.MAIL,
        language=letters.interface_language(hub.language),
        subject=mail.subject or gettext("Without a subject"),
        text=mail.text,
        asker_name=mail.name,
        asker_email=mail.address,
        received_at=mail.at or timezone.now(),
        due_on=today_in(hub) + timedelta(days=rules_of(hub).answer_days),
        noted_by=by,
    )
    _keep_files(enquiry, None, mail.files)
    received(enquiry, by=by)
    return enquiry


def _keep_files(enquiry: Enquiry, entry: Entry | None, files: Collection[Found]) -> None:
    for number, found in enumerate(files):
        kept = Attachment(
            public_id=new_public_id(), enquiry=enquiry, entry=entry, name=found.name or gettext("file")
        )
        try:
            _store(kept, found, number)
        except ValidationError as error:
            kept.left = " ".join(error.messages)[:300]
        kept.save()


def _store(kept: Attachment, found: Found, number: int) -> None:
    """Raises ValidationError with the sentence why it is left."""
    if found.content is None:
        raise ValidationError(gettext("An attached mail is not kept. Have it forwarded by itself."))
    if found.is_within:
        raise ValidationError(gettext("A picture inside the text is not kept."))
    if number >= MOST_FILES:
        raise ValidationError(gettext("There are too many files; this one was not kept."))
    if len(found.content) > settings.UPLOAD_BYTES:
        raise ValidationError(uploads.too_large(settings.UPLOAD_BYTES))
    content = uploads.examine(found.content)
    kept.name = uploads.file_name(kept.name, content.media_type)
    kept.media_type, kept.size = content.media_type, len(content.content)
    kept.file.save(uploads.random_name(content.media_type), ContentFile(content.content), save=False)


@transaction.atomic
def note_refusal(*, hub: Hub, key: str, refusal: Refusal) -> None:
    """Of a mail that was not even loaded, so that the office sees that there was one."""
    MailTrace.objects.get_or_create(hub=hub, id_hash=id_hash(key), defaults={"refusal": refusal})
