"""Who may do what in a hub. Deny by default: only members may do anything; a superuser is not one."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from concivis.accounts.models import User
from concivis.hubs.models import Hub, Membership
from concivis.hubs.permissions import Permission
from concivis.hubs.roles import ROLES

NOTHING: frozenset[Permission] = frozenset()
CACHE = "_roles_in_hubs"


def may(user: User | AnonymousUser, permission: Permission, hub: Hub) -> bool:
    return permission in permissions_of(user, hub)


def require(user: User | AnonymousUser, permission: Permission, hub: Hub) -> None:
    """Raises `PermissionDenied` unless `user` may do this in `hub`."""
    if not may(user, permission, hub):
        raise PermissionDenied(f"{permission} in {hub.slug}")


def permissions_of(user: User | AnonymousUser, hub: Hub) -> frozenset[Permission]:
    """What `user` may do in `hub`. One query in a request: it fetches all of the user's roles."""
    role = ROLES.get(roles_of(user).get(hub.pk, ""))
    return role.permissions if role else NOTHING


def roles_of(user: User | AnonymousUser) -> dict[int, str]:
    """{the hub's id: the role's code}, kept on the user object, that is, for one request."""
    if not isinstance(user, User) or not user.is_active:
        return {}
    roles: dict[int, str] | None = getattr(user, CACHE, None)
    if roles is None:
        roles = dict(Membership.objects.filter(user=user).values_list("hub_id", "role"))
        setattr(user, CACHE, roles)
    return roles


def forget(user: User) -> None:
    """The roles of `user` have changed: ask the database again."""
    if hasattr(user, CACHE):
        delattr(user, CACHE)
