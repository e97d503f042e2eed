"""The accounts of a demo: plainly examples, without a password."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.hubs.models import Hub, Membership
from concivis.hubs.roles import COORDINATOR


@transaction.atomic
def coordinator_of(hub: Hub) -> User:
    """The example coordinator of an example's office, made when first asked for."""
    email = f"coordinator@{hub.slug}.example"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, name=_("Example coordinator, {hub}").format(hub=hub.name))
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    Membership.objects.get_or_create(hub=hub, user=user, defaults={"role": COORDINATOR.code})
    return user
