"""Removing what is kept of an asker: when its time is over, or when the asker wishes it.

The question, the answers and the figures stay, without the person: name, mail address and telephone are taken out of
the columns and, as far as a program can find them, out of the texts. At the asker's own wish all texts go, too.
"""

import re
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.desk.actions.asking import UNCONFIRMED_DAYS
from concivis.desk.actions.enquiries import close
from concivis.desk.actions.noting import locked, noted
from concivis.desk.actions.rules import rules_of
from concivis.desk.enums import Outcome
from concivis.desk.models import Attachment, Enquiry, MailUpload
from concivis.desk.models.enquiries import ASKER
from concivis.hubs import letters
from concivis.hubs.models import Hub, today_in
from concivis.shell.dates import months_later

UPLOAD_DAYS = 2  # a file of mails that nobody took in
MAIL_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
TELEPHONE = re.compile(
    r"(?<![\w/.-])(?!\d{1,2}[./]\d{1,2}[./]\d{2,4}(?!\d))(?:\+|0)\d(?:[ ()/.-]{0,2}\d){5,14}(?!\w)"
)
SHORTEST_NAME = 3  # a shorter part of a name would be found inside every text


@transaction.atomic
def forget(*, by: User | None, enquiry: Enquiry, at_their_wish: bool = False) -> Enquiry:
    """Nothing of the asker is kept from now on, and their links open nothing. A second time changes nothing."""
    found = locked(enquiry)
    if found.forgotten_at:
        return found
    if at_their_wish and found.is_open:
        found = close(by=by, enquiry=found, outcome=Outcome.WITHDRAWN)
    _empty_texts(found) if at_their_wish else _blank_texts(found)
    _drop_belongings(found)
    for name in ASKER:
        setattr(found, name, "")
    found.forgotten_at = timezone.now()
    found.save()
    noted(found, by, "enquiry.forgotten", event="enquiry.forgotten", at_their_wish=at_their_wish)
    return found


def forget_due() -> int:
    """The daily job: what is closed long enough ago, what nobody confirmed, mails that nobody took in. How many."""
    now = timezone.now()
    unconfirmed = Enquiry.objects.filter(
        is_confirmed=False, received_at__lt=now - timedelta(days=UNCONFIRMED_DAYS)
    )
    count = unconfirmed.count()
    unconfirmed.delete()
    for upload in MailUpload.objects.filter(at__lt=now - timedelta(days=UPLOAD_DAYS)):
        discard_upload(upload)
    for hub in Hub.objects.filter(enquiries__closed_at__isnull=False).distinct().order_by("pk"):
        for each in list(due_in(hub)):
            forget(by=None, enquiry=each)
            count += 1
    return count


def due_in(hub: Hub) -> Collection[Enquiry]:
    """The closed enquiries of which the time to keep the asker's data is over. Two queries."""
    until = months_later(today_in(hub), -rules_of(hub).keep_months)
    return Enquiry.objects.filter(hub=hub, forgotten_at=None, closed_at__date__lt=until)


@transaction.atomic
def discard_upload(upload: MailUpload) -> None:
    storage, name = upload.file.storage, str(upload.file.name)
    upload.delete()
    transaction.on_commit(lambda: storage.delete(name))


def blanked(text: str, person: Collection[str]) -> str:
    """`text` without mail addresses, telephone numbers and the texts in `person`."""
    text = MAIL_ADDRESS.sub(gettext("(mail address)"), text)
    text = TELEPHONE.sub(gettext("(telephone)"), text)
    for part in sorted(person, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", gettext("(name)"), text, flags=re.IGNORECASE)
    return text


def _blank_texts(enquiry: Enquiry) -> None:
    person = _parts_of_name(enquiry.asker_name) | ({enquiry.asker_phone} - {""})
    with translation.override(letters.interface_language(enquiry.hub.language)):
        enquiry.subject = blanked(enquiry.subject, person)[:200]
        enquiry.text = blanked(enquiry.text, person)
        for entry in enquiry.entries.all():
            entry.text = blanked(entry.text, person)
            entry.save(update_fields=["text"])
        for handover in enquiry.handovers.all():
            handover.words, handover.how = blanked(handover.words, person), ""
            handover.save(update_fields=["words", "how"])


def _empty_texts(enquiry: Enquiry) -> None:
    with translation.override(letters.interface_language(enquiry.hub.language)):
        enquiry.subject = gettext("Removed at the wish of who asked")
    enquiry.text = ""
    enquiry.entries.update(text="")
    enquiry.handovers.update(words="", how="")


def _drop_belongings(enquiry: Enquiry) -> None:
    enquiry.keys.all().delete()
    kept = list(Attachment.objects.filter(enquiry=enquiry))
    Attachment.objects.filter(enquiry=enquiry).delete()
    for each in kept:
        if each.file:
            storage, name = each.file.storage, str(each.file.name)
            transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))  # type: ignore[misc]


def _parts_of_name(name: str) -> set[str]:
    parts = {name, *re.split(r"[\s,]+", name)}
    return {part for part in parts if len(part) >= SHORTEST_NAME}
