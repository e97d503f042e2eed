import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from concivis.hubs.factories import HubFactory
from concivis.hubs.matters import Urgency
from concivis.hubs.models import Handling
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.attention import Reason, attention, for_the_desk
from concivis.twinning.enums import MilestoneKind, PartnershipState
from concivis.twinning.models import Contact, Journey, OfficeRules, Partnership, Side, Step

pytestmark = pytest.mark.django_db

ON = dt.date(2026, 6, 1)


def moment(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.fixture
def hub():
    return HubFactory(name="Hamm", place=PlaceFactory(name="Hamm"))


def tie(hub, name="Bradford", *, calm=True, **columns):
    """A tie about which nothing is to do, but for what the columns say; `calm=False`: as it was just recorded."""
    made = factories.partnership(hub.place, PlaceFactory(name=name), hub=hub)
    if calm:
        other_side(made).update(asked_at=moment("2026-05-20"), confirmed_at=moment("2026-05-21"))
        columns = {"last_activity": dt.date(2026, 5, 1), "sleeps_on": dt.date(2029, 5, 1), **columns}
    Partnership.objects.filter(pk=made.pk).update(created_at=moment("2026-05-01"), **columns)
    return made


def other_side(made):
    return Side.objects.filter(partnership=made, position=1)


def reasons(hub, on=ON):
    return [matter.reason for matter in attention(hub, on)]


def only(hub, on=ON):
    (matter,) = attention(hub, on)
    return matter


def test_a_tie_that_is_lived_and_confirmed_needs_nothing(hub):
    tie(hub)
    assert reasons(hub) == []


def test_a_year_without_activity_is_quiet(hub):
    tie(hub, last_activity=dt.date(2025, 6, 1))
    matter = only(hub)
    assert (matter.reason, matter.urgency, matter.since) == (Reason.QUIET, Urgency.LATER, ON)
    assert matter.sentence == "The last activity was on June 1, 2025."
    assert reasons(hub, ON - dt.timedelta(days=1)) == []


def test_how_long_is_quiet_is_for_the_office_to_say(hub):
    OfficeRules.objects.create(hub=hub, nudge_after_months=24)
    tie(hub, last_activity=dt.date(2025, 6, 1))
    assert reasons(hub) == []


def test_without_any_activity_the_year_counts_from_when_the_office_recorded_the_tie(hub):
    tie(hub, last_activity=None, sleeps_on=None)
    assert reasons(hub, dt.date(2027, 4, 30)) == []
    assert only(hub, dt.date(2027, 5, 1)).sentence == "No activity has been noted yet."


def test_a_dormant_tie_is_said_to_sleep_and_how_it_wakes(hub):
    tie(hub, last_activity=dt.date(2023, 5, 1), sleeps_on=dt.date(2026, 5, 1))
    matter = only(hub)
    assert (matter.reason, matter.since) == (Reason.DORMANT, dt.date(2026, 5, 1))
    assert "wakes it" in matter.sentence
    assert matter.url.endswith("/activities/new/")


def test_a_suspended_tie_does_not_sleep(hub):
    tie(
        hub,
        last_activity=dt.date(2020, 1, 1),
        sleeps_on=dt.date(2023, 1, 1),
        state=PartnershipState.SUSPENDED,
    )
    assert reasons(hub) == []


@pytest.mark.parametrize(
    ("until", "found"),
    [
        (dt.date(2026, 11, 28), [(Urgency.SOON, "The agreement runs out on Nov. 28, 2026.")]),
        (dt.date(2026, 11, 29), []),
        (dt.date(2026, 6, 1), [(Urgency.SOON, "The agreement runs out on June 1, 2026.")]),
        (dt.date(2026, 5, 31), [(Urgency.NOW, "The agreement ran out on May 31, 2026.")]),
    ],
)
def test_a_renewal_is_due_half_a_year_before_the_agreement_runs_out(hub, until, found):
    tie(hub, valid_until=until)
    assert [(matter.urgency, matter.sentence) for matter in attention(hub, ON)] == found


def test_a_step_is_overdue_on_the_day_after_it_was_due(hub):
    journey = Journey.objects.create(partnership=tie(hub), template="ten-steps-1")
    step = Step.objects.create(journey=journey, code="suitable-partner", position=1, due_on=ON)
    assert reasons(hub, ON) == []
    matter = only(hub, ON + dt.timedelta(days=1))
    assert (matter.reason, matter.urgency) == (Reason.STEP, Urgency.NOW)
    assert "was due on June 1, 2026" in matter.sentence
    assert matter.url.endswith(f"/journey/{step.pk}/")


def test_a_step_that_is_done_is_not_overdue(hub):
    journey = Journey.objects.create(partnership=tie(hub), template="ten-steps-1")
    Step.objects.create(
        journey=journey,
        code="suitable-partner",
        position=1,
        due_on=ON,
        state="done",
        finished_at=timezone.now(),
    )
    assert reasons(hub, ON + dt.timedelta(days=1)) == []


def test_who_was_asked_and_does_not_answer_within_thirty_days_is_asked_again(hub):
    other_side(tie(hub)).update(asked_at=moment("2026-05-02"), confirmed_at=None)
    assert reasons(hub, dt.date(2026, 5, 31)) == []
    assert only(hub).sentence == "Bradford was asked on May 2, 2026 and has not answered."


def test_who_was_never_asked_is_a_matter_for_when_there_is_time(hub):
    other_side(tie(hub)).update(asked_at=None, confirmed_at=None)
    matter = only(hub)
    assert (matter.reason, matter.urgency) == (Reason.UNCONFIRMED, Urgency.LATER)
    assert matter.sentence == "Bradford was never asked to confirm it."


def test_an_enquiry_need_not_be_confirmed(hub):
    other_side(tie(hub, state=PartnershipState.ENQUIRY)).update(asked_at=None, confirmed_at=None)
    assert reasons(hub) == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("suspended", "Bradford says that the state is: suspended."),
        ("ended", "Bradford says that this is not, or no longer, a partnership of theirs."),
    ],
)
def test_what_the_other_side_says_differently_is_for_now(hub, said, sentence):
    other_side(tie(hub)).update(state_said=said)
    matter = only(hub)
    assert (matter.reason, matter.urgency, matter.sentence) == (Reason.DIFFERS, Urgency.NOW, sentence)


def test_the_same_state_in_other_words_is_no_difference(hub):
    other_side(tie(hub)).update(state_said="active")
    assert reasons(hub) == []


def test_dates_of_the_other_side_wait_to_be_taken_over(hub):
    made = tie(hub)
    side = other_side(made).get()
    statement = factories.source("What Bradford says")
    statement.stated_by = side.place
    statement.save()
    made.milestones.create(
        side=side, kind=MilestoneKind.SIGNED, date=dt.date(1976, 5, 1), precision="day", source=statement
    )
    assert only(hub).sentence == "Bradford gives dates that you have not taken over."


def test_a_team_without_a_successor_is_a_matter_until_one_is_named(hub):
    side = Side.objects.get(partnership=tie(hub), place=hub.place)
    first = Contact.objects.create(side=side, role="coordinator", name="First", in_team=True)
    assert only(hub).reason == Reason.SUCCESSOR
    first.successor = Contact.objects.create(side=side, role="committee", name="Second", in_team=True)
    first.save()
    assert reasons(hub) == []


def test_a_suspension_is_looked_at_again_after_two_years(hub):
    made = tie(hub, state=PartnershipState.SUSPENDED)
    made.milestones.create(
        kind=MilestoneKind.SUSPENDED,
        date=dt.date(2024, 6, 1),
        precision="day",
        decision="12/2024",
        source=factories.source(),
    )
    assert only(hub).reason == Reason.SUSPENDED
    assert reasons(hub, ON - dt.timedelta(days=1)) == []


def test_what_another_office_asks_ours_comes_first(hub):
    tie(hub, last_activity=dt.date(2025, 1, 1))
    other = HubFactory(place=PlaceFactory(name="Toul"), name="Toul")
    shared = factories.partnership(other.place, hub.place, hub=other)
    Side.objects.filter(partnership=shared, place=hub.place).update(asked_at=moment("2026-05-30"))
    assert reasons(hub) == [Reason.QUIET]  # whoever opens an office for a city is not therefore asked
    Side.objects.filter(partnership=shared, place=hub.place).update(office=hub)
    first = attention(hub, ON)[0]
    assert first.sentence == "The office of Toul asked you on May 30, 2026 to confirm it."
    assert first.title == "Toul"
    Side.objects.filter(partnership=shared, place=hub.place).update(confirmed_at=moment("2026-05-31"))
    assert reasons(hub) == [Reason.QUIET]


def test_ended_ties_and_those_of_the_commons_need_no_attention(hub):
    tie(hub, calm=False, state=PartnershipState.ENDED)
    factories.partnership(hub.place, PlaceFactory(name="Toul"))
    assert reasons(hub) == []


def test_a_matter_put_off_comes_back_on_its_day(hub):
    tie(hub, last_activity=dt.date(2025, 5, 1))
    matter = only(hub)
    Handling.objects.create(hub=hub, key=matter.key, until=dt.date(2026, 7, 1))
    assert reasons(hub) == []
    assert len(attention(hub, ON, aside=True)) == 1
    assert reasons(hub, dt.date(2026, 7, 1)) == [Reason.QUIET]


def test_a_matter_put_off_is_another_once_its_cause_is_another(hub):
    made = tie(hub, last_activity=dt.date(2024, 5, 1))
    matter = only(hub)
    Handling.objects.create(hub=hub, key=matter.key, until=dt.date(2099, 1, 1))
    Partnership.objects.filter(pk=made.pk).update(last_activity=dt.date(2025, 5, 1))
    assert reasons(hub) == [Reason.QUIET]


def test_sentences_and_addresses_are_in_the_language_of_who_reads_them(hub):
    tie(hub, last_activity=dt.date(2025, 5, 1))
    matter = only(hub)
    with translation.override("de"):
        assert matter.url.startswith("/de/office/")


@pytest.mark.parametrize("count", [1, 3])
def test_attention_costs_eight_queries_however_many_ties(hub, count):
    for number in range(count):
        tie(hub, f"Partner {number}", calm=False, last_activity=dt.date(2025, 1, 1))
    with CaptureQueriesContext(connection) as asked:
        assert len([matter.sentence + matter.title for matter in attention(hub, ON)]) == 2 * count
    assert len(asked) == 8


@pytest.mark.parametrize("count", [1, 3])
def test_what_the_desk_shows_costs_seven_queries_however_many_ties(hub, count):
    for number in range(count):
        tie(hub, f"Partner {number}", calm=False, last_activity=dt.date(2025, 1, 1))
    with CaptureQueriesContext(connection) as asked:
        assert len(list(for_the_desk(hub))) == 2 * count
    assert len(asked) == 7


def test_the_desk_is_told_the_day_by_which_a_renewal_must_be_made(hub, time_machine):
    time_machine.move_to(moment("2026-06-01T12:00"))
    made = tie(hub, valid_until=dt.date(2026, 8, 1))
    (matter,) = for_the_desk(hub)
    assert (matter.due, matter.object_id) == (dt.date(2026, 8, 1), made.public_id)
    assert matter.key == f"partnership-{made.public_id} renewal until 2026-08-01"
