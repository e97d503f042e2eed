"""“This is us”: somebody asks to look after an entry; the office accepts or declines.

Who has an account asks signed in; who has none confirms the mail address first, and gets a key by mail once accepted.
Nothing that a claim says is public, and the office's record names nobody.
"""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.directory.actions.noting import noted
from concivis.directory.enums import ClaimState
from concivis.directory.models import Claim, Organisation, Steward
from concivis.hubs import letters
from concivis.hubs.permissions import Permission
from concivis.shell import keys
from concivis.shell.ids import new_public_id

KEY_DAYS = 365  # of a steward's key
CONFIRM_DAYS = 7  # then an unconfirmed claim is deleted
KEPT_DAYS = 365  # then a decided claim is deleted
OPEN_OF_AN_ORGANISATION = 10
A_DAY_OF_AN_ADDRESS = 5
WAITING = (ClaimState.UNCONFIRMED, ClaimState.OPEN)


@transaction.atomic
def claim_organisation(
    *, organisation: Organisation, name: str, email: str, language: str, message: str, user: User | None
) -> Claim | None:
    """Asks to look after the entry. With an account the office is told at once; else the address is confirmed first.

    Somebody who looks after it already gets a new key instead of a claim: None. Asking twice makes one claim.
    Raises ValidationError by field. Nobody learns from the answer who has asked before.
    """
    organisation = _claimable(organisation)
    email = _address(user.email if user else email)
    if not name.strip():
        raise ValidationError({"name": gettext("Write your name.")})
    steward = organisation.stewards.filter(email=email).first()
    if steward:
        _renew_key(steward)
        return None
    claim = organisation.claims.filter(email=email, state__in=WAITING).first()
    if claim is None:
        _require_not_too_many(organisation, email)
        claim = Claim(public_id=new_public_id(), organisation=organisation, email=email)
    elif claim.state == ClaimState.OPEN:
        return claim
    claim.user, claim.name, claim.language, claim.message = user, name.strip(), language, message.strip()
    claim.clean_fields(exclude=["organisation", "user", "decided_by"])
    if user:
        _opened(claim)
    else:
        key = keys.new()
        claim.key_hash = keys.hashed(key)
        claim.save()
        _mail_confirmation(claim, key)
    return claim


@transaction.atomic
def confirm_claim(*, claim: Claim) -> None:
    """Who holds the mailed key has the mail address. A second time changes nothing."""
    claim = _locked(claim)
    if claim.state == ClaimState.UNCONFIRMED:
        _opened(claim)


@transaction.atomic
def accept_claim(*, by: User, claim: Claim) -> Steward:
    """From now on that person looks after the entry, by account or by a key mailed now."""
    claim = _locked(claim)
    _require_waiting(claim)
    steward = Steward(
        organisation=claim.organisation,
        user=claim.user,
        name=claim.name,
        email=claim.email,
        language=claim.language,
    )
    key = "" if claim.user else _new_key(steward)
    steward.save()
    _decide(claim, ClaimState.ACCEPTED, by)
    _mail(claim, "directory/letters/claim_accepted.txt", link=_edit_link(steward, key), by_key=bool(key))
    noted(claim.organisation, by, "organisation.claim_accepted")
    return steward


@transaction.atomic
def decline_claim(*, by: User, claim: Claim, reason: str) -> None:
    """`reason` is mailed to whoever asked. Raises ValidationError without one."""
    claim = _locked(claim)
    _require_waiting(claim)
    if not reason.strip():
        raise ValidationError({"reason": gettext("Say why, in a sentence: it is mailed to whoever asked.")})
    claim.reason = reason.strip()
    _decide(claim, ClaimState.DECLINED, by)
    _mail(claim, "directory/letters/claim_declined.txt", reason=claim.reason)
    noted(claim.organisation, by, "organisation.claim_declined")


@transaction.atomic
def dismiss_steward(*, by: User | None, steward: Steward) -> None:
    """That person no longer looks after the entry; what was noted of them there is deleted."""
    organisation = steward.organisation
    steward.delete()
    noted(organisation, by, "organisation.steward_dismissed")


def forget_old_claims() -> int:
    """Deletes claims never confirmed, and decided ones after a year, with all they say of a person. How many."""
    now = timezone.now()
    old = Claim.objects.filter(
        state=ClaimState.UNCONFIRMED, asked_at__lt=now - timedelta(days=CONFIRM_DAYS)
    ) | Claim.objects.filter(decided_at__lt=now - timedelta(days=KEPT_DAYS))
    return old.delete()[0]


# --- what must be true -------------------------------------------------------------------------------------


def _claimable(organisation: Organisation) -> Organisation:
    found = Organisation.objects.select_for_update(of=("self",)).select_related("hub").get(pk=organisation.pk)
    if found.hub is None or found.merged_into_id:
        raise ValidationError(gettext("No office keeps this entry, so that nobody could decide."))
    return found


def _locked(claim: Claim) -> Claim:
    found = Claim.objects.select_for_update(of=("self",)).select_related("organisation__hub", "user")
    return found.get(pk=claim.pk)


def _require_waiting(claim: Claim) -> None:
    if claim.state != ClaimState.OPEN:
        raise ValidationError(gettext("This was decided already."))


def _address(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise ValidationError({"email": error.messages}) from error
    return email


def _require_not_too_many(organisation: Organisation, email: str) -> None:
    today = Claim.objects.filter(asked_at__gt=timezone.now() - timedelta(days=1), email=email).count()
    waiting = organisation.claims.filter(state__in=WAITING).count()
    if today >= A_DAY_OF_AN_ADDRESS or waiting >= OPEN_OF_AN_ORGANISATION:
        raise ValidationError(gettext("Too many have asked just now. Write to the office instead."))


# --- keys, decisions, letters ------------------------------------------------------------------------------


def _opened(claim: Claim) -> None:
    claim.state, claim.confirmed_at, claim.key_hash = ClaimState.OPEN, timezone.now(), None
    claim.save()
    hub = claim.organisation.hub
    noted(claim.organisation, claim.user, "organisation.claimed")
    if hub:
        letters.send_to_office(
            hub=hub,
            permission=Permission.EDIT_DIRECTORY,
            template="directory/letters/claim_waiting.txt",
            context={
                "organisation": claim.organisation.name,
                "link": lambda: settings.BASE_URL + reverse("directory:office_claims", args=[hub.slug]),
            },
            called=f"Claim {claim.pk}",
        )


def _decide(claim: Claim, state: ClaimState, by: User) -> None:
    claim.state, claim.decided_at, claim.decided_by = state, timezone.now(), by
    claim.save()


def _new_key(steward: Steward) -> str:
    key = keys.new()
    steward.key_hash = keys.hashed(key)
    steward.key_expires_at = timezone.now() + timedelta(days=KEY_DAYS)
    return key


def _renew_key(steward: Steward) -> None:
    """A new key to the address that was accepted; the old one opens nothing any more. With an account: a reminder."""
    key = "" if steward.user_id else _new_key(steward)
    steward.save()
    letters.send(
        to=steward.email,
        language=letters.interface_language(steward.language),
        template="directory/letters/steward_key.txt",
        context={"organisation": steward.organisation.name, "link": _edit_link(steward, key)},
        called=f"Key of steward {steward.pk}",
    )


def _edit_link(steward: Steward, key: str) -> object:
    def link() -> str:
        if key:
            return settings.BASE_URL + reverse("directory:steward", args=[key])
        return settings.BASE_URL + reverse("directory:own_edit", args=[steward.organisation.public_id])

    return link


def _mail_confirmation(claim: Claim, key: str) -> None:
    _mail(
        claim,
        "directory/letters/claim_confirm.txt",
        link=lambda: settings.BASE_URL + reverse("directory:claim_confirm", args=[key]),
    )


def _mail(claim: Claim, template: str, **context: object) -> None:
    hub = claim.organisation.hub
    letters.send(
        to=claim.email,
        language=letters.interface_language(claim.language),
        template=template,
        context={"organisation": claim.organisation.name, "hub": hub, **context},
        called=f"Claim {claim.pk}",
    )
