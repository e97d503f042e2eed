"""The end of collecting: the local day, the hours after it, clocks and time zones."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from concivis.hubs.factories import HubFactory
from concivis.hubs.models import RecordLine
from concivis.proposals import closing, collecting
from concivis.proposals.collecting import Shut
from concivis.proposals.enums import Event, State, Threshold
from concivis.proposals.factories import ProposalFactory, RulesFactory, SignatureFactory
from concivis.proposals.models import Proposal, Tally

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)
BERLIN = ZoneInfo("Europe/Berlin")


def closes_on(day: dt.date, zone: str = "Europe/Berlin") -> Proposal:
    return ProposalFactory(
        hub=HubFactory(timezone=zone),
        closes_on=day,
        published_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )


@pytest.mark.parametrize(
    ("day", "zone", "end"),
    [
        (dt.date(2026, 3, 28), "Europe/Berlin", "2026-03-28T23:00+00:00"),
        (dt.date(2026, 3, 29), "Europe/Berlin", "2026-03-29T22:00+00:00"),  # a day of 23 hours
        (dt.date(2026, 10, 25), "Europe/Berlin", "2026-10-25T23:00+00:00"),  # and one of 25
        (dt.date(2026, 6, 30), "Europe/Riga", "2026-06-30T21:00+00:00"),
        (dt.date(2026, 6, 30), "America/Santiago", "2026-07-01T04:00+00:00"),
    ],
)
def test_the_deadline_is_the_end_of_the_local_day(day: dt.date, zone: str, end: str) -> None:
    proposal = closes_on(day, zone)
    last = dt.datetime.fromisoformat(end)
    assert proposal.closes_at == last
    assert collecting.shut(proposal, last - dt.timedelta(microseconds=1)) is None
    assert collecting.shut(proposal, last) is Shut.ENDED


def test_a_hub_that_moves_to_another_time_zone_on_the_last_day_moves_no_deadline() -> None:
    proposal = closes_on(dt.date(2026, 6, 30))
    proposal.hub.timezone = "Pacific/Honolulu"
    proposal.hub.save()
    proposal.refresh_from_db()
    assert collecting.shut(proposal, dt.datetime(2026, 7, 1, 0, 0, tzinfo=BERLIN)) is Shut.ENDED
    assert closing.see_deadlines(dt.datetime(2026, 7, 1, 0, 0, tzinfo=BERLIN)) == 1


def test_a_deadline_is_seen_once_with_a_line_in_the_record() -> None:
    proposal = closes_on(dt.date(2026, 6, 30))
    assert proposal.closes_at
    assert closing.see_deadlines(proposal.closes_at - MINUTE) == 0
    assert [closing.see_deadlines(proposal.closes_at) for _ in range(2)] == [1, 0]
    assert RecordLine.objects.filter(action="proposal.collecting_ended").count() == 1


def test_it_is_closed_when_nothing_can_be_confirmed_any_more() -> None:
    proposal = closes_on(dt.date(2026, 6, 30))
    assert proposal.closes_at
    SignatureFactory(proposal=proposal)
    closing.see_deadlines(proposal.closes_at)
    assert closing.close_due(proposal.closes_at + DAY - MINUTE) == 0
    assert closing.close_due(proposal.closes_at + DAY + MINUTE) == 1
    proposal.refresh_from_db()
    assert proposal.state == State.CLOSED
    assert proposal.happenings.get(event=Event.CLOSED).number == 1
    assert Tally.objects.get().legal == 1


def test_it_is_closed_once() -> None:
    proposal = closes_on(dt.date(2026, 6, 30))
    assert proposal.closes_at
    late = proposal.closes_at + 2 * DAY
    closing.see_deadlines(late)
    assert [closing.close_due(late) for _ in range(2)] == [1, 0]


def test_a_threshold_that_the_last_signature_reaches_is_reached_before_it_is_closed() -> None:
    rules = RulesFactory()
    rules.steps.create(threshold=Threshold.DEBATE, number=1)
    proposal = ProposalFactory(rules=rules, hub=rules.hub, deadline_seen_at=timezone.now())
    SignatureFactory(proposal=proposal)
    assert proposal.closes_at
    closing.close_due(proposal.closes_at + 2 * DAY)
    events = list(proposal.happenings.order_by("pk").values_list("event", flat=True))
    assert events == [Event.REACHED, Event.CLOSED]


def test_a_clock_that_jumps_back_after_the_end_reopens_nothing() -> None:
    proposal = closes_on(dt.date(2026, 6, 30))
    assert proposal.closes_at
    closing.see_deadlines(proposal.closes_at + MINUTE)
    proposal.refresh_from_db()
    assert collecting.shut(proposal, proposal.closes_at - DAY) is Shut.ENDED


def test_a_pause_holds_the_end_up() -> None:
    proposal = closes_on(dt.date(2026, 6, 30))
    Proposal.objects.update(paused_at=timezone.now())
    assert proposal.closes_at
    late = proposal.closes_at + 3 * DAY
    assert (closing.see_deadlines(late), closing.close_due(late)) == (0, 0)
