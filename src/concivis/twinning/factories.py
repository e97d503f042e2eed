"""Partnerships for tests, made through the same actions as a person's click."""

from typing import Any

from concivis.hubs.models import Hub
from concivis.places.factories import PlaceFactory
from concivis.places.models import Place
from concivis.twinning import actions
from concivis.twinning.dates import PartialDate
from concivis.twinning.drafts import EvidenceDraft, MilestoneDraft, SideDraft
from concivis.twinning.enums import MilestoneKind, PartnershipKind
from concivis.twinning.models import Partnership, Source


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


def milestone(kind: MilestoneKind, when: str, **details: Any) -> MilestoneDraft:
    return MilestoneDraft(
        kind=kind, when=PartialDate.parse(when), source=details.pop("source", None) or source(), **details
    )
