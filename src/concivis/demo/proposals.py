"""Citizens' proposals and a co-design process for the demo: examples that say in their names what they are, with an
example author and no signer. Each walks its way by the actions of the office; the one that was realised is set back in
time before, so that it shows what months would."""

import datetime as dt

from django.utils import timezone

from concivis.codesign.actions import processes
from concivis.codesign.courses import COURSES
from concivis.codesign.models import Process
from concivis.hubs.models import Hub, today_in
from concivis.proposals import closing
from concivis.proposals.actions import (
    answering,
    authors,
    handing,
    measures,
    paper,
    publishing,
    reviewing,
    rules,
    writing,
)
from concivis.proposals.actions.measures import MeasureFacts
from concivis.proposals.actions.rules import RulesFacts
from concivis.proposals.actions.writing import Author, ProposalFacts
from concivis.proposals.deadlines import end_of
from concivis.proposals.enums import (
    Eligible,
    Event,
    MeasureState,
    Purpose,
    Rejection,
    State,
    Threshold,
    Verdict,
)
from concivis.proposals.models import Happening, Proposal

OFFICE = "hamm"
NOTE = "This is an example of the demonstration. Nobody proposed it."
TREES = "Example: trees that give shade on the market square"
PATH = "Example: a safe way by bicycle from the station to the schools"
SHELF = "Example: a shelf in the library for books from our twin towns"
TRAINS = "Example: more trains to the twin towns at weekends"
PROCESS = "Example: what newcomers need in their first year"
NEEDED: dict[str, int] = {Threshold.ANSWER: 100, Threshold.DEBATE: 400}
LONG_AGO = dt.timedelta(days=260)


def load_proposals(hub: Hub) -> None:
    """Of one office. What is there already, by its title, stays as it is."""
    if hub.slug != OFFICE:
        return
    if not hub.proposal_rules.exists():
        facts = RulesFacts(steps=dict(NEEDED), eligible=(Eligible.RESIDENTS,), electorate=None)
        rules.make_rules(by=None, hub=hub, facts=facts)
    known = set(Proposal.objects.filter(hub=hub, is_example=True).values_list("title", flat=True))
    for title, walk in ((TREES, _collecting), (PATH, _realised), (SHELF, _waiting), (TRAINS, _not_admitted)):
        if title not in known:
            walk(hub, title)
    if not Process.objects.filter(hub=hub, title=PROCESS).exists():
        _process(hub)


def _collecting(hub: Hub, title: str) -> None:
    summary = "Plant twelve large trees and set benches below them, so that people can sit there in July."
    proposal = _published(hub, title, summary)
    _sheet(proposal, 38, today_in(hub))


def _realised(hub: Hub, title: str) -> None:
    """Through all steps."""
    summary = "Mark one continuous way for bicycles, with lights where it crosses the ring road."
    proposal = _published(hub, title, summary)
    opened = timezone.now() - LONG_AGO
    last = opened.date() + dt.timedelta(days=60)
    Proposal.objects.filter(pk=proposal.pk).update(
        submitted_at=opened, published_at=opened, closes_on=last, closes_at=end_of(last, hub.timezone)
    )
    Happening.objects.filter(proposal=proposal).update(at=opened)
    _sheet(proposal, 130, opened.date() + dt.timedelta(days=30))
    proposal.refresh_from_db()
    closing.see_deadline(proposal, timezone.now())
    closing.close(proposal, timezone.now())
    for event, days in ((Event.REACHED, 31), (Event.CLOSED, 61)):
        Happening.objects.filter(proposal=proposal, event=event).update(at=opened + dt.timedelta(days=days))
    Proposal.objects.filter(pk=proposal.pk).update(closed_at=opened + dt.timedelta(days=61))
    _answered(proposal, last)


def _answered(proposal: Proposal, last: dt.date) -> None:
    received, answered, ended = (last + dt.timedelta(days=days) for days in (10, 45, 160))
    handing.hand_over(by=None, proposal=proposal, on=received, received_by="Example: office of the council")
    answering.answer(
        by=None, proposal=proposal, verdict=Verdict.ACCEPTED, body="Example: the administration", on=answered,
        text="An example of an answer: the way is marked in two parts, and the crossing gets lights.", language="en",
    )  # fmt: skip
    measures.add_measure(
        by=None,
        proposal=proposal,
        facts=MeasureFacts(
            title="Example: mark the way and set the lights", language="en",
            responsible="Example: department of roads", due_on=ended, state=MeasureState.DONE,
            result="An example of a result: open since the autumn.",
        ),
    )  # fmt: skip
    answering.end(by=None, proposal=proposal, outcome=State.REALISED, on=ended, language="en")
    proposal.measures.update(state_on=ended)
    days = {Event.HANDED_OVER: received, Event.ANSWERED: answered, Event.MEASURE: ended, Event.ENDED: ended}
    for event, day in days.items():
        noon = end_of(day, proposal.hub.timezone) - dt.timedelta(hours=12)
        Happening.objects.filter(proposal=proposal, event=event).update(at=noon)


def _waiting(hub: Hub, title: str) -> None:
    publishing.submit(by=None, proposal=_written(hub, title, "Ask our twin towns for twenty books each."))


def _not_admitted(hub: Hub, title: str) -> None:
    proposal = publishing.submit(
        by=None, proposal=_written(hub, title, "Order more trains across the border.")
    )
    note = "An example of a reason: long-distance trains are run by their companies, and no city orders them."
    reviewing.reject(by=None, proposal=proposal, reason=Rejection.NOT_COMPETENT, note=note, listed=True)


def _published(hub: Hub, title: str, summary: str) -> Proposal:
    proposal = publishing.submit(by=None, proposal=_written(hub, title, summary))
    return publishing.publish(by=None, proposal=proposal, tell=False)


def _written(hub: Hub, title: str, summary: str) -> Proposal:
    """By an example author, who has confirmed the mail address."""
    facts = ProposalFacts(title=title, language="en", summary=summary, body=NOTE, place=hub.place)
    author = Author(
        name="Example author", email=f"author@{hub.slug}.example", language="en", name_public=True
    )
    proposal = writing.begin(hub=hub, facts=facts, author=author)
    Proposal.objects.filter(pk=proposal.pk).update(is_example=True)
    key = authors.find_key(authors.new_key(proposal, Purpose.CONFIRM), Purpose.CONFIRM)
    assert key is not None
    return writing.confirm_mail(key=key)[0]


def _sheet(proposal: Proposal, lines: int, day: dt.date) -> None:
    """A number without names, marked as an example."""
    paper.enter_sheet(
        by=None, proposal=proposal, label="Example sheet", lines=lines, valid=lines, received_on=day
    )


def _process(hub: Hub) -> None:
    facts = processes.ProcessFacts(
        title=PROCESS,
        language="en",
        summary="An example of the demonstration: connectors listen, the city answers what was recommended.",
        starts=today_in(hub),
    )
    course = next(iter(COURSES))
    begun = processes.begin_process(by=None, hub=hub, facts=facts, course=course, is_example=True)
    processes.publish(by=None, process=processes.start(by=None, process=begun))
