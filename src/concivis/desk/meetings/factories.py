"""Meetings for tests, made through the same actions as a person's click."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from concivis.accounts.models import User
from concivis.desk.actions.meetings import agenda, guests, inviting, planning
from concivis.desk.models import AgendaItem, Guest, Meeting
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import Hub

_numbers = count(1)
OFFICE_ADDRESS = "office@city.example"


def office(**changes: Any) -> tuple[Hub, User]:
    """A hub with an address for replies, and its coordinator."""
    hub = HubFactory(**{"contact_email": OFFICE_ADDRESS, **changes})
    return hub, MembershipFactory(hub=hub, role="coordinator").user


def meeting(hub: Hub | None = None, *, by: User | None = None, in_days: float = 30, **said: Any) -> Meeting:
    """Of two hours, in a month, in a room, closed; `said`: columns of `Meeting`."""
    starts_at = said.pop("starts_at", timezone.now() + timedelta(days=in_days))
    columns = {
        "title": f"Meeting {next(_numbers)}",
        "language": "en",
        "timezone": "Europe/Berlin",
        "place": "Town hall",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
    }
    return planning.plan(by=by, hub=hub or HubFactory(contact_email=OFFICE_ADDRESS), **{**columns, **said})


def held(meeting: Meeting, days_ago: float = 3) -> Meeting:
    """The meeting as if it had been so many days ago."""
    starts_at = timezone.now() - timedelta(days=days_ago, hours=2)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
    meeting.refresh_from_db()
    return meeting


def guest(meeting: Meeting, by: User, **said: Any) -> Guest:
    number = next(_numbers)
    columns = {
        "name": f"Guest {number}",
        "email": f"guest{number}@example.org",
        "language": "en",
        "consent_how": "said so",
    }
    return guests.add_person(by=by, meeting=meeting, **{**columns, **said})


def invited(meeting: Meeting, by: User, **said: Any) -> tuple[Guest, str]:
    """A guest to whom the invitation went, with the key of the mailed link."""
    one = guest(meeting, by, **said)
    inviting.invite(by=by, meeting=meeting)
    one.refresh_from_db()
    return one, inviting.new_guest_key(one)


def item(meeting: Meeting, by: User, title: str = "Welcome", **said: Any) -> AgendaItem:
    return agenda.add_item(by=by, meeting=meeting, title=title, **said)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)
