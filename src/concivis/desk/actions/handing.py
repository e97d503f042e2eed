"""Handing an enquiry to another office here, or to any other address: only if the asker agrees."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.desk import posting
from concivis.desk.actions.enquiries import close, received
from concivis.desk.actions.noting import locked, noted, still_open
from concivis.desk.enums import Channel, Consent, EntryKind, Outcome
from concivis.desk.models import Enquiry, Handover
from concivis.desk.models.enquiries import ASKER
from concivis.hubs import letters
from concivis.hubs.models import Hub
from concivis.shell.ids import new_public_id


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Another hub, or a name with a mail address."""

    hub: Hub | None = None
    name: str = ""
    email: str = ""


@transaction.atomic
def ask_consent(*, by: User, enquiry: Enquiry, to: Recipient, words: str = "") -> Handover:
    """Mails the asker the question; with their yes the enquiry goes at once. Raises ValidationError."""
    found = _ready(enquiry, to)
    if not found.asker_email:
        raise ValidationError(
            gettext("No mail address of the asker is known. Ask them yourself, and note how they agreed.")
        )
    handover = _intended(found, by, to, words, consent=Consent.ASKED)
    noted(found, by, "enquiry.consent_asked")
    posting.to_asker(
        found, "desk/letters/consent.txt", called="Question of consent in enquiry", to_name=handover.to_name
    )
    return handover


@transaction.atomic
def hand_over(*, by: User, enquiry: Enquiry, to: Recipient, how: str, words: str = "") -> Handover:
    """The asker has agreed; `how` and when says the office. Raises ValidationError by field."""
    if not how.strip():
        raise ValidationError({"how": gettext("Say how and when the asker agreed.")})
    handover = _intended(_ready(enquiry, to), by, to, words, consent=Consent.GIVEN, how=how.strip())
    _go(handover, by)
    return handover


@transaction.atomic
def decide(*, handover: Handover, agrees: bool) -> Handover:
    """The asker's word. Raises ValidationError where nobody asks for it any more."""
    enquiry = locked(handover.enquiry)
    asked = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    if asked.consent != Consent.ASKED or not enquiry.is_open:
        raise ValidationError(gettext("Nobody asks for that any more."))
    asked.enquiry = enquiry
    asked.consent, asked.decided_at = Consent.GIVEN if agrees else Consent.REFUSED, timezone.now()
    asked.save(update_fields=["consent", "decided_at"])
    noted(enquiry, None, "enquiry.consent_given" if agrees else "enquiry.consent_refused")
    if agrees:
        _go(asked, None)
    else:
        posting.to_office(enquiry, "desk/letters/refused.txt", called="Notice of refusal in enquiry")
    return asked


@transaction.atomic
def stop(*, by: User, enquiry: Enquiry) -> None:
    """The office no longer intends it. Nothing happens where it does not ask."""
    found = locked(enquiry)
    stopped = found.handovers.filter(consent=Consent.ASKED)
    if stopped.update(consent=Consent.STOPPED, decided_at=timezone.now()):
        noted(found, by, "enquiry.handover_stopped")


def _ready(enquiry: Enquiry, to: Recipient) -> Enquiry:
    found = still_open(enquiry)
    if found.forgotten_at:
        raise ValidationError(gettext("Nothing of the asker is kept any more."))
    if to.hub is not None and to.hub.pk == found.hub_id:
        raise ValidationError({"hub": gettext("That is your own office.")})
    if to.hub is None and not (to.name and to.email):
        raise ValidationError({"name": gettext("Choose an office, or write a name and a mail address.")})
    if found.handovers.filter(consent=Consent.ASKED).exists():
        raise ValidationError(gettext("The asker was asked already and has not answered yet."))
    return found


def _intended(
    enquiry: Enquiry, by: User, to: Recipient, words: str, *, consent: Consent, how: str = ""
) -> Handover:
    return Handover.objects.create(
        enquiry=enquiry,
        to_hub=to.hub,
        to_name=to.hub.name if to.hub else to.name,
        to_email="" if to.hub else to.email,
        words=words,
        consent=consent,
        how=how,
        decided_at=None if consent == Consent.ASKED else timezone.now(),
        by=by,
    )


def _go(handover: Handover, by: User | None) -> None:
    """The enquiry leaves: a new one there, or a letter; here it is closed, and the asker told where it is."""
    enquiry = handover.enquiry
    if handover.to_hub is None and not handover.to_email:
        raise ValidationError(gettext("That office is not here any more."))
    handover.handed_at = timezone.now()
    if handover.to_hub is not None:
        handover.became = _entered(enquiry, handover.to_hub, handover.words)
    else:
        _mailed(handover)
    handover.save(update_fields=["handed_at", "became"])
    noted(enquiry, by, "enquiry.handed_over", to_office=handover.to_hub is not None)
    close(by=by, enquiry=enquiry, outcome=Outcome.PASSED_ON)
    if handover.became is not None:
        posting.to_asker(handover.became, "desk/letters/handed.txt", called="Notice of handover of enquiry")


def _entered(enquiry: Enquiry, hub: Hub, words: str) -> Enquiry:
    """The same question in the other office, with what both sides wrote; notes of this office stay here."""
    names = ("language", "subject", "text", "concerns_kind", "concerns_id", *ASKER)
    entered = Enquiry.objects.create(
        public_id=new_public_id(),
        hub=hub,
        channel=Channel.OFFICE,
        **{name: getattr(enquiry, name) for name in names},
    )
    for entry in enquiry.entries.exclude(kind=EntryKind.NOTE):
        entered.entries.create(
            kind=EntryKind.MESSAGE if entry.kind == EntryKind.MESSAGE else EntryKind.NOTE,
            text=entry.text if entry.kind == EntryKind.MESSAGE else f"{enquiry.hub.name}:\n{entry.text}",
            at=entry.at,
        )
    if words:
        entered.entries.create(kind=EntryKind.NOTE, text=f"{enquiry.hub.name}:\n{words}")
    received(entered)
    return entered


def _mailed(handover: Handover) -> None:
    enquiry = handover.enquiry
    letters.send(
        to=handover.to_email,
        language=letters.interface_language(enquiry.hub.language),
        template="desk/letters/handover.txt",
        context={
            "enquiry": enquiry,
            "hub": enquiry.hub,
            "handover": handover,
            "messages": list(enquiry.entries.exclude(kind=EntryKind.NOTE)),
        },
        called=f"Handover of enquiry {enquiry.public_id}",
        headers={"Reply-To": enquiry.asker_email or enquiry.hub.contact_email},
    )
