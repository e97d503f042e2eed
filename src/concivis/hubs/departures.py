"""What happens here when a person deletes their account, or takes their data away."""

from typing import Any

from django.utils.translation import gettext as _

from concivis.accounts import hooks
from concivis.accounts.models import User
from concivis.accounts.people import Person
from concivis.hubs import actions
from concivis.hubs.models import ApiToken, Invitation, Membership, RecordLine, Webhook
from concivis.hubs.record import utc_text
from concivis.hubs.roles import COORDINATOR


def connect() -> None:
    hooks.obstacles_to_leaving.append(obstacles)
    hooks.before_leaving.append(leave_all)
    hooks.personal_data.append(personal_data)


def obstacles(user: User) -> list[str]:
    """A sentence for each hub whose last coordinator `user` is."""
    text = _("You are the last coordinator of {hub}. Make somebody else coordinator first.")
    return [text.format(hub=membership.hub.name) for membership in _memberships(user) if _is_last(membership)]


def leave_all(person: Person) -> None:
    """Ends the memberships, and the open invitations, which hold the mail address."""
    user = person.user
    assert user
    for invitation in _invitations(person):
        actions.withdraw_invitation(by=user, invitation=invitation)
    for membership in _memberships(user):
        actions.remove_member(by=user, membership=membership)


def personal_data(person: Person) -> dict[str, Any]:
    return {
        "invitations": [{"hub": each.hub.slug, "role": each.role} for each in _invitations(person)],
        **(_as_colleague(person.user) if person.user else {}),
    }


def _as_colleague(user: User) -> dict[str, Any]:
    lines = RecordLine.objects.filter(actor=user.pk).select_related("chain__hub").order_by("at")
    return {
        "hubs": [
            {"hub": each.hub.slug, "role": each.role, "since": utc_text(each.since)}
            for each in _memberships(user)
        ],
        "tokens": [
            {"hub": each.hub.slug, "name": each.name, "created_at": utc_text(each.created_at)}
            for each in ApiToken.objects.filter(created_by=user).select_related("hub")
        ],
        "webhooks": [
            {"hub": each.hub.slug, "address": each.url, "created_at": utc_text(each.created_at)}
            for each in Webhook.objects.filter(created_by=user).select_related("hub")
        ],
        "record": [
            {
                "hub": line.chain.hub.slug if line.chain.hub else None,
                "number": line.number,
                "at": utc_text(line.at),
                "action": line.action,
            }
            for line in lines.iterator(chunk_size=2000)
        ],
    }


def _memberships(user: User) -> list[Membership]:
    return list(Membership.objects.filter(user=user).select_related("hub", "user").order_by("hub__name"))


def _invitations(person: Person) -> list[Invitation]:
    """Open ones to any address the person has confirmed, expired ones among them."""
    found = Invitation.objects.filter(person.by_address("email"), accepted_at=None, withdrawn_at=None)
    return list(found.select_related("hub"))


def _is_last(membership: Membership) -> bool:
    coordinators = Membership.objects.filter(hub=membership.hub, role=COORDINATOR.code)
    return membership.role == COORDINATOR.code and not coordinators.exclude(pk=membership.pk).exists()
