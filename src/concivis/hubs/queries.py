"""Reads of hubs that several views share."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from concivis.accounts.models import User
from concivis.accounts.queries import confirmed_addresses
from concivis.hubs import policies
from concivis.hubs.models import Hub, Invitation, Membership, RecordLine
from concivis.hubs.permissions import Permission


def hub_for(user: User | AnonymousUser, slug: str, permission: Permission) -> Hub:
    """The hub at `slug`, its place and country fetched, for a member who may do `permission` there.

    Raises `Http404` for who is no member (whether the hub exists or not), `PermissionDenied` for members
    without the permission. Two queries, the roles' one only once in a request.
    """
    hub = Hub.objects.select_related("place__country").filter(slug=slug).first()
    if hub is None or not policies.permissions_of(user, hub):
        raise Http404
    policies.require(user, permission, hub)
    return hub


def hubs_of(user: User | AnonymousUser) -> QuerySet[Hub]:
    """The hubs `user` is a member of, by name."""
    return Hub.objects.select_related("place__country").filter(pk__in=policies.roles_of(user))


def public_hubs(text: str = "") -> QuerySet[Hub]:
    """Published hubs by name, places and countries fetched; only those whose name or city contains `text`."""
    hubs = Hub.objects.select_related("place__country", "place__region").filter(is_published=True)
    if text:
        hubs = hubs.filter(Q(name__icontains=text) | Q(place__name__icontains=text) | Q(slug__icontains=text))
    return hubs


def visible_hub(user: User | AnonymousUser, slug: str) -> Hub:
    """The hub at `slug` if it is public or `user` a member; else raises `Http404`. At most two queries."""
    hub = Hub.objects.select_related("place__country").filter(slug=slug).first()
    if hub is None or not (hub.is_published or policies.may(user, Permission.VIEW_OFFICE, hub)):
        raise Http404
    return hub


def members_of(hub: Hub) -> QuerySet[Membership]:
    """The hub's memberships with their users, longest first."""
    return Membership.objects.filter(hub=hub).select_related("user").order_by("since", "pk")


def open_invitations(hub: Hub) -> QuerySet[Invitation]:
    """Invitations neither accepted nor withdrawn, expired ones among them, newest first."""
    return Invitation.objects.filter(hub=hub, accepted_at=None, withdrawn_at=None).select_related(
        "invited_by"
    )


def invitations_waiting(user: User, now: datetime | None = None) -> QuerySet[Invitation]:
    """What `user` can still accept: sent to a mail address the user has confirmed, and not expired."""
    return Invitation.objects.filter(
        email__in=confirmed_addresses(user),
        accepted_at=None,
        withdrawn_at=None,
        expires_at__gt=now or timezone.now(),
    ).select_related("hub__place__country", "invited_by")


def record_of(hub: Hub | None) -> QuerySet[RecordLine]:
    """The record's lines, newest first."""
    return RecordLine.objects.filter(chain__hub=hub).order_by("-number")


def names_of_actors(lines: list[RecordLine]) -> dict[int, str]:
    """{a user's number: the name colleagues see} for the actors of `lines` still here. One query."""
    numbers = {line.actor for line in lines if line.actor is not None}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=numbers)}
