"""What this room holds about a person with an account: subscriptions to addresses they have confirmed."""

from typing import Any

from concivis.accounts.models import User
from concivis.accounts.queries import confirmed_addresses
from concivis.newsletter.models import Subscription


def personal_data(user: User) -> dict[str, Any]:
    found = Subscription.objects.filter(email__in=confirmed_addresses(user)).select_related("hub")
    return {
        "subscriptions": [
            {
                "address": each.email,
                "office": each.hub.name if each.hub else "",
                "rhythm": each.rhythm,
                "interests": each.interests,
                "language": each.language,
                "confirmed": each.confirmed_at.isoformat() if each.confirmed_at else None,
            }
            for each in found
        ]
    }
