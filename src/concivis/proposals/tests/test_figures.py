import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from concivis.hubs.annual import Period
from concivis.hubs.factories import HubFactory
from concivis.hubs.models import Hub
from concivis.hubs.testing import asks
from concivis.proposals import yearly
from concivis.proposals.enums import Event, Rejection, State, Threshold
from concivis.proposals.factories import ProposalFactory, RulesFactory, unpublished
from concivis.proposals.figures import Figure, figures
from concivis.proposals.models import Happening, Proposal, Tally
from concivis.reach.enums import PageKind
from concivis.reach.models import DayCount

pytestmark = pytest.mark.django_db
YEAR = Period(dt.date(2025, 1, 1), dt.date(2025, 12, 31), ZoneInfo("UTC"), timezone.now())


def at(month: int, year: int = 2025) -> dt.datetime:
    return dt.datetime(year, month, 15, 12, tzinfo=dt.UTC)


@pytest.fixture
def hub() -> Hub:
    made = HubFactory(timezone="UTC")
    RulesFactory(hub=made, electorate=1000, electorate_on=dt.date(2025, 1, 1))
    return made


def proposal(hub: Hub, month: int = 3, year: int = 2025, **said: Any) -> Proposal:
    opened = at(month, year)
    closes = opened + dt.timedelta(days=60)
    return ProposalFactory(
        hub=hub, submitted_at=opened, published_at=opened, closes_on=closes.date(), closes_at=closes, **said
    )


def reached(of: Proposal, month: int, threshold: Threshold = Threshold.ANSWER, year: int = 2025) -> None:
    Happening.objects.create(
        proposal=of, event=Event.REACHED, threshold=threshold, number=10, at=at(month, year)
    )


def of_year(hub: Hub, code: str) -> Figure:
    return next(figure for figure in figures(hub, YEAR) if figure.code == code)


def test_what_was_sent_in_and_published_in_the_period_counts(hub: Hub) -> None:
    proposal(hub)
    proposal(hub, year=2024)
    unpublished(hub=hub, state=State.REVIEW, submitted_at=at(5))
    assert of_year(hub, "submitted").value == 2
    assert of_year(hub, "published").value == 1


def test_a_proposal_is_successful_once_when_it_reaches_its_first_number(hub: Hub) -> None:
    one = proposal(hub)
    reached(one, 4)
    reached(one, 5, Threshold.DEBATE)
    earlier = proposal(hub, month=11, year=2024)
    reached(earlier, 12, year=2024)
    reached(earlier, 1, Threshold.DEBATE)
    figure = of_year(hub, "successful")
    assert (figure.value, figure.of, figure.percent) == (1, 1, 100)


@pytest.mark.parametrize(
    ("answered", "in_time"), [(dt.date(2025, 6, 1), 1), (dt.date(2025, 6, 2), 0), (None, 0)]
)
def test_an_answer_on_the_day_it_is_due_is_in_time(hub: Hub, answered: dt.date | None, in_time: int) -> None:
    proposal(hub, answer_due_on=dt.date(2025, 6, 1), answered_on=answered, state=State.CLOSED)
    figure = of_year(hub, "answered_in_time")
    assert (figure.value, figure.of) == (in_time, 1)


def test_an_answer_that_is_not_due_yet_counts_neither_way(hub: Hub) -> None:
    proposal(hub, answer_due_on=dt.date(2026, 6, 1), state=State.CLOSED)
    assert of_year(hub, "answered_in_time").of == 0


def test_what_became_of_them_is_counted_by_the_day_of_the_end(hub: Hub) -> None:
    proposal(hub, state=State.REALISED, ended_on=dt.date(2025, 9, 1))
    proposal(hub, state=State.NOT_REALISED, ended_on=dt.date(2025, 9, 1), outcome_note="Too dear.")
    proposal(hub, state=State.REALISED, ended_on=dt.date(2024, 9, 1))
    assert of_year(hub, "realised").value == 1
    assert of_year(hub, "not_realised").value == 1


def test_the_share_of_the_electorate_is_that_of_one_proposal_by_its_own_rules(hub: Hub) -> None:
    Tally.objects.create(proposal=proposal(hub), legal=100, paper=20, consultative=500)
    Tally.objects.create(proposal=proposal(hub), legal=90)
    figure = of_year(hub, "electorate_reached")
    assert (figure.value, figure.of, figure.percent) == (120, 1000, 12)
    assert of_year(hub, "signatures").value == 210


def test_visitors_of_the_busiest_day_are_compared_with_who_may_sign(hub: Hub) -> None:
    for day, visitors in ((1, 50), (2, 300)):
        DayCount.objects.create(hub=hub, day=dt.date(2025, 5, day), kind=PageKind.ALL, visitors=visitors)
    figure = of_year(hub, "visitors")
    assert (figure.value, figure.percent) == (300, 30)


def test_examples_and_proposals_of_other_platforms_are_not_counted(hub: Hub) -> None:
    proposal(hub, is_example=True)
    reached(proposal(hub, is_historical=True, state=State.CLOSED), 4)
    assert of_year(hub, "published").value == 0
    assert of_year(hub, "successful").value == 0


def test_another_hubs_proposals_are_not_counted(hub: Hub) -> None:
    proposal(HubFactory())
    assert of_year(hub, "published").value == 0


def test_each_figure_says_how_it_is_counted(hub: Hub) -> None:
    assert all(str(figure.label) and str(figure.counted) for figure in figures(hub))


@pytest.mark.parametrize("number", [1, 3])
def test_the_figures_cost_the_same_however_many_proposals_there_are(hub: Hub, number: int) -> None:
    for _n in range(number):
        reached(proposal(hub), 4)
    with asks(5):
        figures(hub, YEAR)


def test_the_yearly_report_tells_the_reasons_of_what_was_not_admitted(hub: Hub) -> None:
    one = unpublished(hub=hub, state=State.REJECTED, rejection=Rejection.UNCLEAR)
    Happening.objects.create(proposal=one, event=Event.REJECTED, at=at(5))
    counted = yearly.count(hub, YEAR)
    assert counted.tables == {"rejections": {"unclear": 1}}
    assert counted.numbers["rejected"] == 1
