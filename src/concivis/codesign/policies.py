"""Who may do what in co-design. Deny by default."""

from django.contrib.auth.models import AnonymousUser

from concivis.accounts.models import User
from concivis.codesign.models import Connector
from concivis.hubs import policies
from concivis.hubs.models import Hub
from concivis.hubs.permissions import Permission

WORK = Permission.WORK_ON_CODESIGN


def may_work(user: User | AnonymousUser, hub: Hub) -> bool:
    """Whether `user` may see and change the processes of `hub`, its roster and what was heard."""
    return policies.may(user, WORK, hub)


def may_act_as(user: User | AnonymousUser, connector: Connector) -> bool:
    """Whether the account is this connector's own. A mailed key opens the same pages without one."""
    return isinstance(user, User) and user.is_active and connector.user_id == user.pk
