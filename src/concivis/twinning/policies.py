"""Who may act for which side of a partnership. Deny by default."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from concivis.accounts.models import User
from concivis.hubs import policies
from concivis.hubs.models import Hub
from concivis.hubs.permissions import Permission
from concivis.twinning.models import Partnership, Side, SideKey

KEEP = Permission.EDIT_PARTNERSHIPS


@dataclass(frozen=True)
class Acting:
    """Who acts for a side: a person with an account, or the holder of a mailed key (`named`: name and office)."""

    side: Side
    by: User | None
    named: str = ""
    key: SideKey | None = None


def may_keep(user: User | AnonymousUser, partnership: Partnership) -> bool:
    """Whether `user` may change what the keeper of the partnership wrote."""
    return partnership.hub is not None and policies.may(user, KEEP, partnership.hub)


def acting_for(user: User | AnonymousUser, side: Side) -> Acting | None:
    """`user` acting for `side`, or None.

    Two ways: an editor of an office that `answers_for` the side; a person whom the keeper named as acting for the
    side, while a member of the keeper's hub.
    """
    if not isinstance(user, User):
        return None
    return Acting(side, user) if _may_act(user, side) else None


def answers_for(hub: Hub, side: Side) -> bool:
    """Whether the office of `hub` speaks for this side, which must be that of its own city.

    The keeper does for its own, and another office where the keeper trusts it: anybody may open an office for any
    city, so that it stands for the city is not enough. Where nobody keeps a public tie, each office of the city does.
    """
    if hub.place_id != side.place_id:
        return False
    if side.partnership.hub_id is None:
        return side.partnership.is_published
    return hub.pk in (side.partnership.hub_id, side.office_id)


def require_acting(user: User | AnonymousUser, side: Side) -> Acting:
    """Raises `PermissionDenied` unless `user` may act for `side`."""
    acting = acting_for(user, side)
    if acting is None:
        raise PermissionDenied(f"acting for side {side.pk}")
    return acting


def _may_act(user: User, side: Side) -> bool:
    partnership = side.partnership
    for hub in Hub.objects.filter(place=side.place_id, pk__in=policies.roles_of(user)):
        if policies.may(user, KEEP, hub) and answers_for(hub, side):
            return True
    named = partnership.hub is not None and policies.may(user, Permission.EDIT_OWN_SIDE, partnership.hub)
    return named and side.actors.filter(pk=user.pk).exists()
