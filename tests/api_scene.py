"""A partnership with everything, as its keeper and the offices around it have it; and the names that addresses of the
API give to what belongs to it."""

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from concivis.accounts.models import User
from concivis.codesign import factories as codesign
from concivis.codesign.actions import answering, recommending
from concivis.codesign.actions.recommending import RecommendationFacts
from concivis.codesign.outcomes import Verdict
from concivis.desk.actions.meetings import tasks
from concivis.desk.factories import EnquiryFactory
from concivis.desk.meetings import factories as meetings
from concivis.directory import factories as directory
from concivis.hubs import matters
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import Hub
from concivis.hubs.permissions import Permission
from concivis.initiatives import factories as initiatives
from concivis.introductions import factories as introductions
from concivis.places.factories import PlaceFactory
from concivis.proposals.actions.measures import MeasureFacts, add_measure
from concivis.proposals.actions.rules import RulesFacts, make_rules
from concivis.proposals.factories import ProposalFactory, unpublished
from concivis.shell.dates import PartialDate
from concivis.twinning import factories
from concivis.twinning.actions import (
    agreements,
    contacts,
    documents,
    journey,
    objectives,
    plan,
    shortlists,
    sides,
)
from concivis.twinning.actions.contacts import ContactFacts
from concivis.twinning.actions.journey_order import add_hub_step
from concivis.twinning.actions.letters import LetterDraft, write_letter
from concivis.twinning.actions.profiles import ProfileDraft, publish_profile
from concivis.twinning.actions.saved_filters import keep_view
from concivis.twinning.answers import SideAccount
from concivis.twinning.api.agreements import article_seen, title_seen
from concivis.twinning.enums import ContactRole, DocumentKind, MilestoneKind, ProofKind
from concivis.twinning.marks import mark_of, mark_of_review
from concivis.twinning.models import Milestone, Partnership
from concivis.twinning.policies import Acting

TODAY = dt.date.today()
NEXT_YEAR = TODAY + dt.timedelta(days=365)


def offices() -> dict[str, tuple[Hub, User]]:
    """As `hubs.testing.assert_token_table` wants them."""
    keeper, partner = HubFactory(), PlaceFactory()
    found = [keeper, HubFactory(place=partner), HubFactory(place=partner), HubFactory()]
    columns = ("keeper", "trusted", "not trusted", "elsewhere")
    return {
        column: (hub, MembershipFactory(hub=hub).user) for column, hub in zip(columns, found, strict=True)
    }


def scene(around: dict[str, tuple[Hub, User]]) -> dict[str, Any]:
    """What stands for the names in braces."""
    (keeper, person), (trusted, partner) = around["keeper"], around["trusted"]
    tie = factories.partnership(keeper.place, trusted.place, hub=keeper, signed="1963")
    other = factories.trusted(tie, trusted)
    own = tie.sides.get(place=keeper.place)
    ours, theirs = Acting(own, person), Acting(other, partner)
    return {
        "id": tie.public_id,
        "enquiry": factories.partnership(keeper.place, PlaceFactory(), hub=keeper, state="enquiry",
                                         is_published=False).public_id,
        "fresh": factories.partnership(keeper.place, PlaceFactory(), hub=keeper, signed="1970").public_id,
        "date": tie.milestones.get().pk,
        "own": keeper.place.public_id,
        "place": PlaceFactory().public_id,
        **_papers(tie, own, person),
        **_walked(tie, ours, theirs, person),
        **_agreed(tie, ours, theirs, person),
        **_searched(keeper, person),
        "statement": _stated(theirs),
        **_registered(keeper),
        **_introduced(keeper),
        **_proposed(keeper, person),
        **_heard(keeper),
        "asked": EnquiryFactory(hub=keeper).public_id,
        **_met(keeper, person),
        "revision": Partnership.objects.get(pk=tie.pk).revision,
        "matter": matters.waiting(keeper, {Permission.VIEW_OFFICE})[0].key,
    }  # fmt: skip


def _papers(tie: Partnership, own: Any, person: User) -> dict[str, Any]:
    made = []
    for content in (b"%PDF-1.7", b"%PDF-1.6"):
        upload = SimpleUploadedFile("a.pdf", content)
        facts = {"title": "Paper", "kind": DocumentKind.OTHER}
        made.append(documents.add_document(by=person, partnership=tie, upload=upload, **facts))
    facts = ContactFacts(role=ContactRole.MAYOR, name="Ada Example", email="ada@example.org")
    activity = factories.activity(tie, "2020")
    return {
        "document": made[0].public_id,
        "person": contacts.add_contact(by=person, side=own, facts=facts).pk,
        "activity": activity.public_id,
    }


def _walked(tie: Partnership, ours: Acting, theirs: Acting, person: User) -> dict[str, Any]:
    hub_step = add_hub_step(by=person, hub=tie.hub, title="Ask the districts", language="en")
    begun = journey.start_journey(by=person, partnership=tie)
    first, _second, third = begun.steps.order_by("position")[:3]
    facts: dict[str, Any] = {"kind": ProofKind.NOTE, "title": "Met", "text": "For a day.", "date": TODAY}
    proof = journey.add_proof(step=first, acting=ours, **facts)
    journey.skip_step(by=person, step=third, reason="Not for us")
    item = plan.add_item(by=person, partnership=tie, year=TODAY.year, title="Camp", language="en")
    review = plan.hold_review(
        by=person, partnership=tie, year=TODAY.year - 1, held_on=TODAY, summary="Good", language="en"
    )
    wish: dict[str, Any] = {"measure": "Pairs of classes", "language": "en", "due_on": NEXT_YEAR}
    proposed = objectives.propose_objective(acting=theirs, partnership=tie, text="Classes", **wish)
    mine = objectives.propose_objective(acting=ours, partnership=tie, text="Choirs", **wish)
    agreed = objectives.propose_objective(acting=ours, partnership=tie, text="Clubs", **wish)
    objectives.approve(acting=theirs, objective=agreed)
    return {
        "hub_step": hub_step.pk, "walked": first.position, "skipped": third.position, "proof": proof.pk,
        "item": item.pk, "item_seen": mark_of(item), "review": review.year, "review_seen": mark_of_review(review),
        "proposed": proposed.public_id, "mine": mine.public_id, "agreed": agreed.public_id,
    }  # fmt: skip


def _agreed(tie: Partnership, ours: Acting, theirs: Acting, person: User) -> dict[str, Any]:
    """Version 1 is agreed, 2 is proposed, 3 is a draft."""
    for _ in range(2):
        draft = agreements.draft_agreement(by=person, partnership=tie, languages=["en"])
        agreements.propose_agreement(acting=ours, agreement=draft)
        if draft.version == 1:
            agreements.approve_agreement(acting=theirs, agreement=draft)
    draft = agreements.draft_agreement(by=person, partnership=tie, languages=["en"])
    article = draft.articles.first()
    assert article is not None
    return {
        "article": article.pk,
        "article_seen": article_seen(article),
        "title_seen": title_seen(draft),
    }


def _searched(hub: Hub, person: User) -> dict[str, Any]:
    draft = ProfileDraft(text="A choir", language="en", expires_on=NEXT_YEAR)
    publish_profile(by=person, hub=hub, draft=draft)
    letter = LetterDraft(language="it", subject="Ciao", body="Buongiorno")
    write_letter(by=person, hub=hub, place=PlaceFactory(), draft=letter, send=False)
    made = shortlists.create_shortlist(by=person, hub=hub, name="Candidates")
    candidate = shortlists.add_candidate(by=person, shortlist=made, place=PlaceFactory())
    return {
        "shortlist": made.pk,
        "candidate": candidate.place.public_id,
        "view": keep_view(by=person, hub=hub, name="Mine", query="").pk,
    }


def _registered(hub: Hub) -> dict[str, Any]:
    """An organisation with a tie, and an initiative that waits for the office."""
    body = directory.organisation(hub=hub)
    entry = initiatives.initiative(hub=hub, published=False)
    return {
        "organisation": body.public_id,
        "tie": directory.tie(body).pk,
        "initiative": entry.public_id,
        "initiative_revision": entry.revision,
    }


def _introduced(hub: Hub) -> dict[str, Any]:
    """Two entries that were introduced, and a finding that nobody has judged."""
    made = introductions.introduced(introductions.entry(hub=hub))
    return {"introduction": made.public_id, "finding": introductions.found(hub).pk}


def _met(hub: Hub, person: User) -> dict[str, Any]:
    """Two meetings; a task was agreed at the first."""
    first = meetings.meeting(hub)
    return {
        "meeting": first.public_id,
        "task": tasks.add_task(by=person, meeting=first, title="Write to the choirs").public_id,
        "other_meeting": meetings.meeting(hub).public_id,
    }


def _proposed(hub: Hub, person: User) -> dict[str, Any]:
    """One that waits for the office, one that the city has answered, with a measure."""
    make_rules(by=person, hub=hub, facts=RulesFacts())
    answered = ProposalFactory(hub=hub, state="answered")
    facts = MeasureFacts(title="A crossing", language="en")
    made = add_measure(by=person, proposal=answered, facts=facts)
    return {
        "proposal": unpublished(hub=hub, state="review").public_id,
        "answered": answered.public_id,
        "proposal_measure": made.public_id,
    }


def _heard(hub: Hub) -> dict[str, Any]:
    """A process of co-design with a session that took place, an insight, and recommendations in every state."""
    began = dt.datetime(2026, 3, 1, 17, tzinfo=dt.UTC)
    process = codesign.ProcessFactory(hub=hub, summary="Who asks whom?")
    session = codesign.SessionFactory(process=process, starts_at=began, ends_at=began + dt.timedelta(hours=1))
    insight = codesign.InsightFactory(process=process)
    made = [
        recommending.write_recommendation(
            by=None, process=process, facts=RecommendationFacts(title=title, language="en")
        )
        for title in ("A room for everybody", "Signs in three languages", "A desk in the library")
    ]
    draft, handed, answered = made
    asked: dict[str, Any] = {"department": "Buildings", "answer_due": NEXT_YEAR}
    for each in (handed, answered):
        recommending.hand_over(by=None, recommendation=each, **asked)
    facts = {"text": "We shall.", "due": NEXT_YEAR, "language": "en"}
    answering.give_answer(by=None, recommendation=answered, verdict=Verdict.ACCEPTED, **facts)
    facts = {"title": "Lay cables", "who": "Buildings", "due": NEXT_YEAR, "language": "en"}
    promised = answering.add_measure(by=None, recommendation=answered, **facts)
    return {
        "process": process.public_id,
        "session": session.public_id,
        "insight": insight.public_id,
        "recommendation": draft.public_id,
        "handed_recommendation": handed.public_id,
        "answered_recommendation": answered.public_id,
        "recommendation_measure": promised.public_id,
    }


def _stated(theirs: Acting) -> int:
    dates = {MilestoneKind.RATIFIED: PartialDate.parse("1962")}
    sides.correct_side(acting=theirs, account=SideAccount(dates=dates))
    found = Milestone.objects.get(partnership=theirs.side.partnership, source__stated_by__isnull=False)
    return found.pk
