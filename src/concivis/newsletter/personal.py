"""What this room holds about a person: subscriptions to addresses they have confirmed."""

from typing import Any

from concivis.accounts.people import Person
from concivis.newsletter.models import Subscription


def personal_data(person: Person) -> dict[str, Any]:
    found = Subscription.objects.filter(person.by_address("email")).select_related("hub")
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
