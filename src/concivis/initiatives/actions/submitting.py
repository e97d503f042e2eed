"""A volunteer without an account registers an initiative: a form kept while it is filled, a mail, then the office."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from concivis.hubs import kept_forms, letters
from concivis.hubs.models import Hub
from concivis.hubs.permissions import Permission
from concivis.initiatives.actions.deleting import delete_initiative
from concivis.initiatives.actions.facts import InitiativeFacts, Owner
from concivis.initiatives.actions.noting import locked, noted
from concivis.initiatives.actions.owners import mail_owner
from concivis.initiatives.actions.writing import record_initiative
from concivis.initiatives.enums import Purpose, ReviewState
from concivis.initiatives.models import FormDraft, Initiative, OwnerKey
from concivis.initiatives.personal import NO_CONTACT, NO_OWNER

UNCONFIRMED_DAYS = 14
DECLINED_DAYS = 90  # so long the office knows who sent what it declined
UNCONFIRMED_AT_ONCE = 3  # of one mail address: nobody can have a stranger's mailbox filled


@transaction.atomic
def submit(*, hub: Hub, facts: InitiativeFacts, owner: Owner, draft: str = "") -> Initiative:
    """Keeps the entry and mails a link to confirm the address; the office sees it only then.

    `draft`: the key of the kept form, which is no longer needed. Raises ValidationError by field.
    """
    waiting = Initiative.objects.filter(owner_email=owner.email.strip().lower(), state=ReviewState.DRAFT)
    if waiting.count() >= UNCONFIRMED_AT_ONCE:
        raise ValidationError(
            {
                "owner_email": gettext(
                    "Some entries of this address still wait to be confirmed. Look into your mail."
                )
            }
        )
    initiative = record_initiative(by=None, hub=hub, facts=facts, owner=owner, state=ReviewState.DRAFT)
    kept_forms.drop_draft(FormDraft, hub, draft)
    mail_owner(
        initiative,
        "initiatives/letters/confirm.txt",
        called="Confirmation of initiative",
        purpose=Purpose.CONFIRM,
    )
    return initiative


@transaction.atomic
def confirm_mail(*, key: OwnerKey) -> Initiative:
    """The address is who it says: the office is told, and the owner gets the link to look after the entry.

    A second click changes nothing. Raises ValidationError for a key that opens nothing any more.
    """
    initiative = locked(key.initiative)
    if initiative.state != ReviewState.DRAFT:
        return initiative
    if not key.is_open:
        raise ValidationError(gettext("This link has expired. Please fill in the form again."))
    initiative.state, initiative.submitted_at = ReviewState.SUBMITTED, timezone.now()
    initiative.save()
    noted(initiative, None, "initiative.mail_confirmed")
    mail_owner(initiative, "initiatives/letters/received.txt", called="Receipt of initiative")
    tell_office(initiative, "initiatives/letters/submitted.txt")
    return initiative


def tell_office(initiative: Initiative, template: str) -> None:
    """Mails those who look after the register of its hub."""
    letters.send_to_office(
        hub=initiative.hub,
        permission=Permission.EDIT_INITIATIVES,
        template=template,
        context={
            "initiative": initiative,
            "hub": initiative.hub,
            "link": lambda: (
                settings.BASE_URL
                + reverse("initiatives:office_initiative", args=[initiative.hub.slug, initiative.public_id])
            ),
        },
        called=f"Notice of initiative {initiative.public_id}",
    )


def forget_unsent() -> int:
    """Deletes forms that nobody sent, entries whose mail address nobody confirmed, and who sent what was declined long
    ago. How many.
    """
    deleted = kept_forms.forget_old(FormDraft)
    old = timezone.now() - timedelta(days=UNCONFIRMED_DAYS)
    for initiative in Initiative.objects.filter(state=ReviewState.DRAFT, created_at__lt=old):
        delete_initiative(by=None, initiative=initiative)
        deleted += 1
    return deleted + forget_owners_of_declined()


def forget_owners_of_declined() -> int:
    """Who sent an entry has time to answer the office; then the entry stays as it was judged, without a person."""
    old = timezone.now() - timedelta(days=DECLINED_DAYS)
    declined = Initiative.objects.filter(state=ReviewState.DECLINED, reviewed_at__lt=old)
    with_person = declined.exclude(owner_email="", contact_email="", contact_name="", contact_phone="")
    return with_person.update(**NO_OWNER, **NO_CONTACT)
