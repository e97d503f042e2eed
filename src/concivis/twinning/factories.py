"""Partnerships for tests, made through the same actions as a person's click."""

from typing import Any

from django.utils import timezone

from concivis.hubs.models import Hub
from concivis.places.factories import PlaceFactory
from concivis.places.models import Place
from concivis.shell.dates import PartialDate
from concivis.twinning import actions
from concivis.twinning.drafts import ActivityDraft, EvidenceDraft, MilestoneDraft, SideDraft
from concivis.twinning.enums import ActivityKind, MilestoneKind, PartnershipKind
from concivis.twinning.models import Activity, Partnership, Side, Source


def source(title: str = "A council paper") -> Source:
    return actions.source(title=title, url="https://example.org/paper")


def partnership(*places: Place, hub: Hub | None = None, signed: str = "", **facts: Any) -> Partnership:
    """A tie between `places` (two new ones by default); `signed` is a date of any precision."""
    sides = places or (PlaceFactory(), PlaceFactory())
    milestones = [*facts.pop("milestones", ())]
    if signed:
        milestones.append(milestone(MilestoneKind.SIGNED, signed))
    return actions.record_partnership(
        by=None,
        hub=hub,
        sides=[SideDraft(place=place.pk) for place in sides],
        kind=facts.pop("kind", PartnershipKind.TWINNING),
        milestones=milestones,
        evidence=facts.pop("evidence", [EvidenceDraft(source=source())]),
        **facts,
    )


def trusted(tie: Partnership, office: Hub) -> Side:
    """The side of the office's city, for which the keeper lets that office answer, since now."""
    side = tie.sides.get(place=office.place)
    side.office, side.asked_at = office, timezone.now()
    side.save()
    return side


def activity(tie: Partnership, when: str, **facts: Any) -> Activity:
    """An activity of `tie`; `when` is a date of any precision."""
    draft = ActivityDraft(
        kind=facts.pop("kind", ActivityKind.MEETING),
        title=facts.pop("title", "A meeting"),
        when=PartialDate.parse(when),
        **facts,
    )
    made = actions.record_activity(by=None, partnership=tie, activity=draft)
    tie.refresh_from_db()
    return made


def milestone(kind: MilestoneKind, when: str, **details: Any) -> MilestoneDraft:
    return MilestoneDraft(
        kind=kind, when=PartialDate.parse(when), source=details.pop("source", None) or source(), **details
    )
