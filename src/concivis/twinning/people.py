"""Reads of the people of a partnership."""

import datetime as dt

from django.db.models import Q, QuerySet

from concivis.twinning.access import Tie
from concivis.twinning.models import Contact, Partnership


def seen_by(tie: Tie) -> QuerySet[Contact]:
    """Nobody to offices that the keeper does not trust: they have the public page."""
    found = Contact.objects.filter(side__partnership=tie.partnership).select_related(
        "side__place", "side__partnership__hub", "successor__side"
    )
    return found if tie.is_inside else found.none()


def who_could_follow(partnership: Partnership, contact: Contact | None = None) -> QuerySet[Contact]:
    """Who is still there; and who was named to follow `contact`, even if they have left."""
    there = Q(left_on__isnull=True) | Q(pk=contact.successor_id if contact else None)
    others = Contact.objects.filter(there, side__partnership=partnership).select_related("side")
    return others.exclude(pk=contact.pk) if contact else others


def there_on(partnership: Partnership, day: dt.date) -> QuerySet[Contact]:
    """Who is there on that day, by side and name."""
    there = Q(left_on__isnull=True) | Q(left_on__gt=day)
    found = Contact.objects.filter(there, side__partnership=partnership)
    return found.select_related("side__place").order_by("side__position", "name")
