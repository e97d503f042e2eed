"""Every change of a hub and of who works in it. A broken rule raises `ValidationError` with a sentence."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.formats import localize
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.accounts.queries import has_confirmed
from concivis.hubs import colours, letters, policies, record
from concivis.hubs.hooks import hub_changed
from concivis.hubs.models import Hub, Invitation, Membership, RecordLine
from concivis.hubs.roles import COORDINATOR, ROLES
from concivis.places.models import Place
from concivis.shell import keys

INVITATION_DAYS = 14
INVITATIONS_A_DAY = 50  # of one person, over all their hubs
ID_LETTERS = "0123456789abcdefghijkmnpqrstuvwxyz"  # without l and o, which are read as 1 and 0
TOLD_IN_FULL = ("name", "language", "colour", "timezone", "website")  # the record tells old and new
TOLD_BY_NAME = ("about", "contact_email", "crest")  # long, or personal: the record tells that it changed


# --- the hub -----------------------------------------------------------------------------------------------


@transaction.atomic
def create_hub(
    *,
    by: User | None,
    place: Place,
    name: str,
    slug: str,
    language: str,
    crest: ContentFile[bytes] | None = None,
    **details: Any,
) -> Hub:
    """A hub, not public yet, with `by` as its first coordinator (None: the demo's, without members).

    `details`: about, colour, website, contact_email, timezone, is_example. `crest`: from `crests.redraw`.
    """
    hub = Hub(place=place, name=name, slug=slug, language=language, **details)
    hub.public_id = "h" + get_random_string(10, ID_LETTERS)
    hub.timezone = details.get("timezone") or place.timezone or "UTC"
    _check(hub)
    hub.save()
    if crest:
        hub.crest.save(str(crest.name), crest)
    record.write(
        hub=hub,
        by=by,
        action="hub.created",
        kind="hub",
        object_id=hub.public_id,
        details={"name": hub.name, "address": hub.slug, "city": place.public_id},
    )
    if by:
        _join(hub, by, COORDINATOR.code, by=by)
    hub_changed(hub)
    return hub


@transaction.atomic
def update_hub(*, by: User | None, hub: Hub, changes: Mapping[str, Any]) -> Hub:
    """Set fields of `TOLD_IN_FULL` and `TOLD_BY_NAME`; a crest of "" takes it away."""
    unknown = set(changes) - {*TOLD_IN_FULL, *TOLD_BY_NAME}
    if unknown:
        raise TypeError(f"A hub's {', '.join(sorted(unknown))} cannot be changed.")
    hub = Hub.objects.select_for_update(of=("self",)).select_related("place").get(pk=hub.pk)
    told = {field: [getattr(hub, field), changes[field]] for field in TOLD_IN_FULL if field in changes}
    told = {field: values for field, values in told.items() if values[0] != values[1]}
    named = [field for field in TOLD_BY_NAME if field in changes and getattr(hub, field) != changes[field]]
    if not (told or named):
        return hub
    for field in {*told, *named} - {"crest"}:
        setattr(hub, field, changes[field])
    if "crest" in named:
        _exchange_crest(hub, changes["crest"])
    _check(hub)
    hub.save()
    details = {"changes": told, "fields": sorted({*told, *named})}
    record.write(hub=hub, by=by, action="hub.changed", kind="hub", object_id=hub.public_id, details=details)
    hub_changed(hub)
    return hub


def publish_hub(*, by: User | None, hub: Hub) -> Hub:
    return _set_public(by=by, hub=hub, public=True)


def unpublish_hub(*, by: User | None, hub: Hub) -> Hub:
    return _set_public(by=by, hub=hub, public=False)


@transaction.atomic
def _set_public(*, by: User | None, hub: Hub, public: bool) -> Hub:
    hub = Hub.objects.select_for_update(of=("self",)).select_related("place").get(pk=hub.pk)
    if hub.is_published == public:
        return hub
    hub.is_published = public
    hub.save(update_fields=["is_published"])
    action = "hub.published" if public else "hub.unpublished"
    record.write(hub=hub, by=by, action=action, kind="hub", object_id=hub.public_id)
    hub_changed(hub)
    return hub


def _check(hub: Hub) -> None:
    """Raises `ValidationError` by field: what the columns ask for, and a colour on which one can read."""
    hub.full_clean(exclude=["place", "crest"])
    if not colours.readable_on_white(hub.colour):
        raise ValidationError({"colour": unreadable(hub.colour)})


def unreadable(colour: str) -> str:
    ratio = colours.contrast(colour, colours.WHITE)
    text = _(
        "White text on this colour is hard to read (contrast {ratio}, at least 4.5 is needed). "
        "Choose a darker one."
    )
    return text.format(ratio=localize(round(ratio, 1)))


def _exchange_crest(hub: Hub, crest: ContentFile[bytes] | str) -> None:
    old, storage = hub.crest.name, hub.crest.storage
    if crest and not isinstance(crest, str):
        hub.crest.save(str(crest.name), crest, save=False)
    else:
        hub.crest = ""
    if old:
        transaction.on_commit(lambda: storage.delete(old))


# --- members -----------------------------------------------------------------------------------------------


def _join(hub: Hub, user: User, role: str, *, by: User) -> Membership:
    membership = Membership.objects.create(hub=hub, user=user, role=role)
    policies.forget(user)
    _record_member(membership, by=by, action="member.joined", details={"role": role})
    return membership


@transaction.atomic
def change_role(*, by: User, membership: Membership, role: str) -> Membership:
    """Raises `ValidationError` where the hub would lose its last coordinator."""
    membership = _locked(membership)
    before = membership.role
    if role not in ROLES:
        raise ValidationError({"role": _("There is no such role.")})
    if role == before:
        return membership
    _keep_a_coordinator(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    policies.forget(membership.user)
    _record_member(membership, by=by, action="member.role_changed", details={"from": before, "to": role})
    return membership


@transaction.atomic
def remove_member(*, by: User, membership: Membership) -> None:
    """Raises `ValidationError` where the hub would lose its last coordinator. Leaving is removing oneself."""
    membership = _locked(membership)
    _keep_a_coordinator(membership)
    action = "member.left" if by == membership.user else "member.removed"
    _record_member(membership, by=by, action=action, details={"role": membership.role})
    policies.forget(membership.user)
    membership.delete()


def leave(*, by: User, hub: Hub) -> None:
    """Raises `ValidationError` where the hub would lose its last coordinator."""
    remove_member(by=by, membership=Membership.objects.get(hub=hub, user=by))


def _locked(membership: Membership) -> Membership:
    """The membership as it is now; whoever changes a member of this hub at the same time waits."""
    Hub.objects.select_for_update().get(pk=membership.hub_id)
    return Membership.objects.select_related("hub", "user").get(pk=membership.pk)


def _keep_a_coordinator(membership: Membership) -> None:
    if membership.role != COORDINATOR.code:
        return
    others = Membership.objects.filter(hub=membership.hub, role=COORDINATOR.code).exclude(pk=membership.pk)
    if not others.exists():
        text = _("{hub} would be left without a coordinator. Make somebody else coordinator first.")
        raise ValidationError(text.format(hub=membership.hub.name))


def _record_member(membership: Membership, *, by: User, action: str, details: dict[str, Any]) -> None:
    record.write(
        hub=membership.hub,
        by=by,
        action=action,
        kind="member",
        object_id=str(membership.user_id),
        details=details,
    )


# --- invitations -------------------------------------------------------------------------------------------


@transaction.atomic
def invite(*, by: User | None, hub: Hub, email: str, role: str) -> tuple[Invitation, str]:
    """(the invitation, its key); mails the key once committed. `by` None: the operator, at the command line.

    Raises `ValidationError` by field.
    """
    email = email.strip().lower()
    _check_invitable(hub, email, role)
    if by:
        _check_not_too_many(by)
    key = keys.new()
    invitation = Invitation.objects.create(
        hub=hub, email=email, role=role, key_hash=keys.hashed(key), invited_by=by, expires_at=_expiry()
    )
    _record_invitation(invitation, by=by, action="invitation.sent", details={"role": role})
    letters.send_invitation(invitation, key)
    return invitation, key


@transaction.atomic
def resend_invitation(*, by: User, invitation: Invitation) -> tuple[Invitation, str]:
    """A new key for another fourteen days; the old one opens nothing any more."""
    invitation = _open(invitation)
    _check_not_too_many(by)
    key = keys.new()
    invitation.key_hash, invitation.expires_at = keys.hashed(key), _expiry()
    invitation.save(update_fields=["key_hash", "expires_at"])
    _record_invitation(invitation, by=by, action="invitation.resent", details={"role": invitation.role})
    letters.send_invitation(invitation, key)
    return invitation, key


@transaction.atomic
def withdraw_invitation(*, by: User, invitation: Invitation) -> Invitation:
    invitation = _open(invitation)
    invitation.withdrawn_at, invitation.email = timezone.now(), ""
    invitation.save(update_fields=["withdrawn_at", "email"])
    _record_invitation(invitation, by=by, action="invitation.withdrawn", details={"role": invitation.role})
    return invitation


@transaction.atomic
def accept_invitation(*, by: User, invitation: Invitation) -> Membership:
    """Raises `ValidationError` where it was used, withdrawn, has expired or is for somebody else."""
    invitation = _locked_invitation(invitation)
    refusal = why_not(invitation, by)
    if refusal:
        raise ValidationError(refusal)
    invitation.accepted_at, invitation.email = timezone.now(), ""  # the address has done its work
    invitation.save(update_fields=["accepted_at", "email"])
    _record_invitation(invitation, by=by, action="invitation.accepted", details={"role": invitation.role})
    return _join(invitation.hub, by, invitation.role, by=by)


def why_not(invitation: Invitation, user: User | None, now: datetime | None = None) -> str:
    """Why `user` (None: not known yet) cannot accept this invitation, in a sentence; "" if they can."""
    if invitation.accepted_at:
        return _("This invitation has been used already.")
    if invitation.withdrawn_at:
        return _("This invitation was withdrawn. Ask the office for a new one.")
    if invitation.expires_at <= (now or timezone.now()):
        return _("This invitation has expired. Ask the office to send it again.")
    if user is None:
        return ""
    if not has_confirmed(user, invitation.email):
        return _(
            "This invitation went to another mail address than the ones you have confirmed here. "
            "Sign in with the account of that address, or add the address to your account and confirm it."
        )
    if Membership.objects.filter(hub=invitation.hub, user=user).exists():
        return _("You are a member of this office already.")
    return ""


def _check_invitable(hub: Hub, email: str, role: str) -> None:
    if role not in ROLES:
        raise ValidationError({"role": _("There is no such role.")})
    Hub.objects.select_for_update().get(pk=hub.pk)  # two invitations of one person at once: the second waits
    if Membership.objects.filter(hub=hub, user__emailaddress__email=email).exists():
        raise ValidationError({"email": _("This person is a member already.")})
    if Invitation.objects.filter(hub=hub, email=email, accepted_at=None, withdrawn_at=None).exists():
        raise ValidationError({"email": _("This person is invited already; send the invitation again.")})


def _check_not_too_many(by: User) -> None:
    """Anybody may open an office, which must not become a way to write to strangers."""
    sent = RecordLine.objects.filter(
        actor=by.pk,
        action__in=("invitation.sent", "invitation.resent"),
        at__gt=timezone.now() - timedelta(days=1),
    )
    if sent.count() >= INVITATIONS_A_DAY:
        text = _("You have sent {count} invitations within a day. Send the next ones tomorrow.")
        raise ValidationError(text.format(count=INVITATIONS_A_DAY))


def _locked_invitation(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_for_update(of=("self",)).select_related("hub").get(pk=invitation.pk)


def _open(invitation: Invitation) -> Invitation:
    invitation = _locked_invitation(invitation)
    if invitation.accepted_at:
        raise ValidationError(_("This invitation has been used already."))
    if invitation.withdrawn_at:
        raise ValidationError(_("This invitation was withdrawn already."))
    return invitation


def _expiry() -> datetime:
    return timezone.now() + timedelta(days=INVITATION_DAYS)


def _record_invitation(
    invitation: Invitation, *, by: User | None, action: str, details: dict[str, Any]
) -> None:
    record.write(
        hub=invitation.hub,
        by=by,
        action=action,
        kind="invitation",
        object_id=str(invitation.pk),
        details=details,
    )
