"""The signatures are handed over: a package for who receives them, the receipt, the day an answer is due."""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs import letters
from concivis.hubs.models import today_in
from concivis.proposals.actions.noting import happened, locked, noted
from concivis.proposals.enums import Event, State
from concivis.proposals.models import Handover, Proposal
from concivis.shell import keys
from concivis.shell.ids import new_public_id

DAYS = 30  # for which a package can be opened
REMIND_BEFORE = timedelta(days=7)


@transaction.atomic
def make_package(
    *, by: User | None, proposal: Proposal, recipient: str, email: str, language: str
) -> Handover:
    """Mails a link with which who receives the signatures opens them. Only after collecting has ended: what is handed
    over is whole. Raises ValidationError by field."""
    found = locked(proposal)
    if found.state != State.CLOSED:
        raise ValidationError(gettext("Signatures are handed over after collecting has ended, and once."))
    if not recipient.strip():
        raise ValidationError({"recipient": gettext("Say who gets it.")})
    try:
        validate_email(email)
    except ValidationError as error:
        raise ValidationError({"email": error.messages}) from error
    key = keys.new()
    made = Handover.objects.create(
        public_id=new_public_id(), proposal=found, key_hash=keys.hashed(key), recipient=recipient.strip()[:200],
        email=email.strip().lower(), language=letters.interface_language(language), made_by=by,
        expires_at=timezone.now() + timedelta(days=DAYS),
    )  # fmt: skip
    noted(found, by, "proposal.package_made", {"package": made.public_id})
    _mail(made, key)
    return made


@transaction.atomic
def send_again(*, by: User | None, package: Handover) -> Handover:
    """A new link; the old one opens nothing any more."""
    found = locked(package.proposal)
    row = Handover.objects.select_for_update().get(pk=package.pk)
    if row.received_at is not None or row.withdrawn_at is not None or not row.email:
        raise ValidationError(gettext("This package is locked."))
    key = keys.new()
    row.key_hash, row.expires_at = keys.hashed(key), timezone.now() + timedelta(days=DAYS)
    row.save(update_fields=["key_hash", "expires_at"])
    row.proposal = found
    noted(found, by, "proposal.package_sent_again", {"package": row.public_id})
    _mail(row, key)
    return row


@transaction.atomic
def withdraw_package(*, by: User | None, package: Handover) -> Handover:
    """Its link opens nothing any more."""
    found = locked(package.proposal)
    row = Handover.objects.select_for_update().get(pk=package.pk)
    if row.received_at is not None:
        raise ValidationError(gettext("This package was received already."))
    if row.withdrawn_at is None:
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        noted(found, by, "proposal.package_withdrawn", {"package": row.public_id})
    return row


def find_package(key: str) -> Handover | None:
    """The package of a key, locked or not. One query."""
    if len(key) > keys.LONGEST:
        return None
    found = Handover.objects.select_related("proposal__hub", "proposal__rules")
    return found.filter(key_hash=keys.hashed(key)).first()


@transaction.atomic
def open_package(*, package: Handover) -> Handover:
    """Counts an opening and writes it into the record. Raises ValidationError for a locked one."""
    found = locked(package.proposal)
    row = Handover.objects.select_for_update().get(pk=package.pk)
    if row.is_locked:
        raise ValidationError(gettext("This package can no longer be opened. Ask the office."))
    Handover.objects.filter(pk=row.pk).update(opened=F("opened") + 1)
    noted(found, None, "proposal.package_opened", {"package": row.public_id})
    row.proposal = found
    return row


def keep_manifest(*, package: Handover, manifest: dict[str, str]) -> None:
    """The sums of what was first fetched whole, to compare with what the authority holds."""
    Handover.objects.filter(pk=package.pk, manifest={}).update(manifest=manifest)


@transaction.atomic
def hand_over(*, by: User | None, proposal: Proposal, on: date, received_by: str) -> Proposal:
    """Received, on a day and by somebody. Its packages are locked, and the answer is due by the rule it was published
    under. Raises ValidationError by field."""
    found = locked(proposal)
    if found.state != State.CLOSED:
        raise ValidationError(gettext("Signatures are handed over after collecting has ended, and once."))
    if not received_by.strip():
        raise ValidationError({"received_by": gettext("Say who received it.")})
    if on > today_in(found.hub) or (found.closes_on and on < found.published_at.date()):  # type: ignore[union-attr]
        raise ValidationError({"on": gettext("This day has not come yet, or is before it was published.")})
    found.state, found.handed_over_on, found.received_by = State.HANDED_OVER, on, received_by.strip()[:200]
    found.answer_due_on = on + timedelta(days=found.rules.answer_days if found.rules else 60)
    found.save()
    waiting = found.handovers.filter(received_at=None, withdrawn_at=None)
    waiting.update(received_at=timezone.now(), received_by=found.received_by)
    happened(found, Event.HANDED_OVER, by, note=found.received_by, language=found.hub.language)
    noted(found, by, "proposal.handed_over", event="proposal.handed_over")
    return found


def remind_due() -> int:
    """Mails who received a package that the answer is due within a week, or was; once each. How many."""
    sent = 0
    rows = Handover.objects.filter(
        received_at__isnull=False, reminded_at=None, proposal__state=State.HANDED_OVER,
        proposal__answer_due_on__lte=timezone.now().date() + REMIND_BEFORE,
    ).exclude(email="")  # fmt: skip
    for pk in rows.values_list("pk", flat=True):
        sent += _remind(pk)
    return sent


@transaction.atomic
def _remind(pk: int) -> bool:
    row = Handover.objects.select_for_update().get(pk=pk)
    proposal = locked(row.proposal)
    if row.reminded_at is not None or proposal.state != State.HANDED_OVER:
        return False
    row.reminded_at = timezone.now()
    row.save(update_fields=["reminded_at"])
    noted(proposal, None, "proposal.answer_due_reminded")
    letters.send(
        to=row.email, language=row.language, template="proposals/letters/answer_due.txt",
        context={
            "proposal": proposal, "hub": proposal.hub,
            "link": lambda: settings.BASE_URL + proposal.get_absolute_url(),
        },
        called=f"Reminder of the answer to proposal {proposal.public_id}",
    )  # fmt: skip
    return True


def _mail(package: Handover, key: str) -> None:
    letters.send(
        to=package.email, language=package.language, template="proposals/letters/package.txt",
        context={
            "proposal": package.proposal, "hub": package.proposal.hub, "days": DAYS,
            "link": lambda: settings.BASE_URL + reverse("proposals:package", args=[key]),
        },
        called=f"Package {package.public_id}",
    )  # fmt: skip
