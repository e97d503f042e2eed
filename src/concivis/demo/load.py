"""Loads the demo's offices through the same actions as a person's clicks. Loading again changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from concivis.demo import walk
from concivis.demo.facts import Office, offices
from concivis.demo.proposals import load_proposals
from concivis.demo.register import load_register
from concivis.demo.report import load_report
from concivis.directory.actions import record_organisation
from concivis.directory.models import OrganisationKind
from concivis.hubs import actions as hubs
from concivis.hubs.models import Hub
from concivis.places import actions as places
from concivis.places.models import Country, Place
from concivis.shell.dates import PartialDate
from concivis.twinning import actions as twinning
from concivis.twinning.drafts import ActivityDraft, EvidenceDraft, MilestoneDraft, SideDraft
from concivis.twinning.enums import ActivityKind, MilestoneKind, PartnershipKind, PartnershipState
from concivis.twinning.models import Partnership, Source
from concivis.vocabulary.models import Term

MISSING = "The demo needs the place %s. Load the gazetteer first: load_gazetteer"


class MissingPlaceError(LookupError):
    """A place of the demo is not in the gazetteer; load it first."""


@dataclass(frozen=True)
class DemoOutcome:
    offices: int
    partnerships: int


def load_demo() -> DemoOutcome:
    """Five offices, public and marked as examples. Raises MissingPlaceError before the gazetteer is loaded."""
    counts = [_load_office(office) for office in offices()]
    twinning.refresh_statistics()
    return DemoOutcome(offices=len(counts), partnerships=sum(counts))


@transaction.atomic
def _load_office(office: Office) -> int:
    known = {fact["key"]: _own_place(fact) for fact in office.places}
    hub = _hub(office.hub)
    sources = {key: _source(facts) for key, facts in office.sources.items()}
    for facts in office.partnerships:
        partner = known.get(facts["partner"]) or _place(facts["partner"])
        _record(hub, partner, facts, sources)
    load_register(hub)
    load_proposals(hub)
    load_report(hub)
    return len(office.partnerships)


def _source(facts: Mapping[str, str]) -> Source:
    return twinning.source(
        title=facts["title"],
        url=facts["url"],
        publisher=facts["publisher"],
        licence=facts.get("licence", ""),
    )


def _hub(facts: Mapping[str, str]) -> Hub:
    hub = Hub.objects.filter(slug=facts["slug"]).first()
    if hub is None:
        details = {**facts, "place": _place(facts["place"]), "is_example": True}
        hub = hubs.create_hub(by=None, **details)  # type: ignore[arg-type]
    if not hub.is_published:
        hub = hubs.publish_hub(by=None, hub=hub)
    return hub


def _place(public_id: str) -> Place:
    place = Place.objects.filter(public_id=public_id).first()
    if place is None:
        raise MissingPlaceError(MISSING % public_id)
    return place


def _own_place(facts: Mapping[str, Any]) -> Place:
    country = Country.objects.filter(code=facts["country"]).first()
    if country is None:
        raise MissingPlaceError(MISSING % facts["country"])
    place = Place.objects.filter(name=facts["name"], country=country, kind=facts["kind"]).first()
    return place or places.create_place(
        by=None,
        name=facts["name"],
        country=country,
        kind=facts["kind"],
        latitude=facts["latitude"],
        longitude=facts["longitude"],
        note=facts["note"],
    )


def _record(hub: Hub, partner: Place, facts: Mapping[str, Any], sources: Mapping[str, Source]) -> None:
    summary = facts.get("summary", "")
    activities = facts.get("activities", [])
    cited = [*facts["evidence"], *(dated["source"] for dated in [*facts["milestones"], *activities])]
    tie = twinning.record_partnership(
        by=None,
        hub=hub,
        sides=[
            SideDraft(place=hub.place_id, organisation=_body(hub, hub.place, facts.get("body"))),
            SideDraft(place=partner.pk, organisation=_body(hub, partner, facts.get("partner_body"))),
        ],
        kind=PartnershipKind(facts["kind"]),
        state=PartnershipState(facts["state"]),
        fields=Term.objects.filter(scheme="field", code__in=facts.get("fields", [])),
        summary=summary,
        language="en" if summary else "",
        milestones=[_milestone(milestone, hub, partner, sources) for milestone in facts["milestones"]],
        evidence=[EvidenceDraft(source=sources[key]) for key in dict.fromkeys(cited)],
    )
    for activity in activities:
        _lived(tie, activity, sources)
    if "journey" in facts:
        walk.half_way(tie, facts["journey"], sources)


def _lived(tie: Partnership, facts: Mapping[str, str], sources: Mapping[str, Source]) -> None:
    """Adds the activity unless it is there."""
    draft = ActivityDraft(
        kind=ActivityKind(facts["kind"]),
        title=facts["title"],
        language="en",
        when=PartialDate.parse(facts["date"]),
        source=sources[facts["source"]],
    )
    if not tie.activities.filter(title=draft.title, date=draft.when.first, source=draft.source).exists():
        twinning.record_activity(by=None, partnership=tie, activity=draft)


def _body(hub: Hub, place: Place, facts: Mapping[str, str] | None) -> int | None:
    """The organisation that acts for a side, if the facts name one."""
    if facts is None:
        return None
    kind = OrganisationKind(facts["kind"])
    body = record_organisation(
        by=None, hub=hub, kind=kind, name=facts["name"], place=place, source_url=facts["source_url"]
    )
    return body.pk


def _milestone(
    facts: Mapping[str, str], hub: Hub, partner: Place, sources: Mapping[str, Source]
) -> MilestoneDraft:
    side = facts.get("of")  # absent: both sides; "partner"; else the hub's own side
    return MilestoneDraft(
        kind=MilestoneKind(facts["kind"]),
        when=PartialDate.parse(facts["date"]),
        source=sources[facts["source"]],
        place=None if side is None else partner.pk if side == "partner" else hub.place_id,
        note=facts.get("note", ""),
        decision=facts.get("decision", ""),
    )
