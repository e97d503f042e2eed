"""Who may change an organisation's entry."""

from django.contrib.auth.models import AnonymousUser

from concivis.accounts.models import User
from concivis.directory.models import Organisation, Steward
from concivis.hubs import policies
from concivis.hubs.permissions import Permission
from concivis.shell import keys

EDIT = Permission.EDIT_DIRECTORY


def may_edit(user: User | AnonymousUser, organisation: Organisation) -> bool:
    """The office that keeps it, and who looks after it. At most two queries."""
    if not isinstance(user, User) or organisation.hub is None:
        return False
    return policies.may(user, EDIT, organisation.hub) or is_steward(user, organisation)


def is_steward(user: User | AnonymousUser, organisation: Organisation) -> bool:
    return isinstance(user, User) and Steward.objects.filter(user=user, organisation=organisation).exists()


def steward_of(key: str) -> Steward | None:
    """Who holds this mailed key, with the organisation; None for one that opens nothing (any more)."""
    found = (
        Steward.objects.select_related("organisation__hub__place").filter(key_hash=keys.hashed(key)).first()
    )
    return found if found and found.has_open_key and found.organisation.merged_into_id is None else None
