"""Introductions for tests, made through the same actions as a person's click."""

from typing import Any

from concivis.accounts.factories import UserFactory
from concivis.hubs.models import Hub
from concivis.initiatives.actions import Owner
from concivis.initiatives.factories import initiative
from concivis.introductions import actions, entries
from concivis.introductions.actions import Contact
from concivis.introductions.entries import Entry
from concivis.introductions.models import Found, Introduction

ADA, BEN = "ada@example.org", "ben@example.org"
SHOWN = Contact(name="Example Ada", email=ADA)


def entry(title: str = "", *, email: str = ADA, language: str = "en", **said: Any) -> Entry:
    """A public initiative of a new hub that somebody looks after."""
    owner = Owner(email=email, name=f"Example {email.partition('@')[0].title()}", language=language)
    return entries.of_initiative(initiative(title, owner=owner, **said))


def asked(first: Entry | None = None, second: Entry | None = None, **said: Any) -> Introduction:
    """Ada asks to be introduced to Ben."""
    said.setdefault("contact", SHOWN)
    return actions.ask(by=None, asker=first or entry(email=ADA), asked=second or entry(email=BEN), **said)


def brokered(hub: Hub, first: Entry | None = None, second: Entry | None = None) -> Introduction:
    """The office of `hub` asks both."""
    return actions.broker(
        by=UserFactory(), hub=hub, first=first or entry(email=ADA, hub=hub), second=second or entry(email=BEN)
    )


def introduced(first: Entry | None = None, second: Entry | None = None) -> Introduction:
    """Both agreed."""
    made = asked(first, second)
    return actions.agree(by=None, side=made.sides.all()[1], contact=Contact(name="Example Ben", email=BEN))


def found(hub: Hub, **said: Any) -> Found:
    """A finding of the weekly look that nobody has judged; its entries need not exist."""
    facts = {
        "own_id": "one",
        "other_id": "two",
        "is_within": False,
        "confidence": 0.9,
        "likeness": 0.9,
        **said,
    }
    return Found.objects.create(
        hub=hub,
        own_kind="initiative",
        other_kind="initiative",
        pair=f"initiative:{facts['own_id']} initiative:{facts['other_id']}",
        kind="parallel",
        reasons=[["country", 2.0, "tags", ["GH"]]],
        **facts,
    )
