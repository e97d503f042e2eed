"""Organisations for tests, made through the same actions as a person's click."""

import datetime as dt
import itertools
from typing import Any

from concivis.directory import actions
from concivis.directory.enums import OrganisationKind, PersonField, TieKind
from concivis.directory.models import Organisation, Role, Tie
from concivis.hubs.factories import HubFactory
from concivis.hubs.models import Hub
from concivis.places.factories import PlaceFactory
from concivis.places.models import Place

_numbers = itertools.count(1)


def organisation(
    name: str = "", *, hub: Hub | None = None, is_published: bool = True, **facts: Any
) -> Organisation:
    """A public association of a new hub; `facts` as in `actions.OrganisationFacts`."""
    facts.setdefault("kind", OrganisationKind.ASSOCIATION)
    return actions.create_organisation(
        by=None,
        hub=hub or HubFactory(),
        facts=actions.OrganisationFacts(name=name or f"Association {next(_numbers)}", **facts),
        is_published=is_published,
    )


def tie(of: Organisation, place: Place | None = None, **facts: Any) -> Tie:
    """A tie of origin to `place` (a new one abroad, unless a country is given)."""
    facts.setdefault("kind", TieKind.ORIGIN)
    if place is None and "country" not in facts:
        place = PlaceFactory(country__code="GH")
    return actions.add_tie(by=None, organisation=of, facts=actions.TieFacts(place=place, **facts))


def person(of: Organisation, name: str = "Example Person", *, function: str = "Chair", **facts: Any) -> Role:
    """Somebody's role in `of`; `public=("name",)` with consent noted."""
    public = frozenset(PersonField(field) for field in facts.pop("public", ()))
    if public:
        facts = {"agreed_on": dt.date(2026, 1, 2), "agreed_how": "by mail", **facts}
    return actions.add_person(
        by=None,
        organisation=of,
        person=actions.PersonFacts(name=name, public=public, **facts),
        role=actions.RoleFacts(function=function),
    )
