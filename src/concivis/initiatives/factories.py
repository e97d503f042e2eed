"""Initiatives for tests, made through the same actions as a person's click."""

import itertools
from typing import Any

from concivis.hubs.factories import HubFactory
from concivis.hubs.models import Hub
from concivis.initiatives import actions
from concivis.initiatives.enums import ReviewState
from concivis.initiatives.models import Initiative
from concivis.shell.dates import PartialDate

_numbers = itertools.count(1)
OWNER = actions.Owner(email="owner@example.org", name="Example Owner", language="en")


def facts(title: str = "", **said: Any) -> actions.InitiativeFacts:
    """`started`, `ended`: dates of any precision, as text."""
    for name in ("started", "ended"):
        if isinstance(said.get(name), str):
            said[name] = PartialDate.parse(said[name])
    said.setdefault("language", "en")
    return actions.InitiativeFacts(title=title or f"Initiative {next(_numbers)}", **said)


def initiative(
    title: str = "",
    *,
    hub: Hub | None = None,
    owner: actions.Owner | None = OWNER,
    published: bool = True,
    state: ReviewState = ReviewState.SUBMITTED,
    is_example: bool = False,
    **said: Any,
) -> Initiative:
    """A public initiative of a new hub; `said` as in `actions.InitiativeFacts`. `published=False`: one in `state`."""
    made = actions.record_initiative(
        by=None,
        hub=hub or HubFactory(),
        facts=facts(title, **said),
        owner=owner,
        state=state,
        is_example=is_example,
    )
    return actions.publish(by=None, initiative=made, tell_owner=False) if published else made
