"""What is counted, when, and how it stays the same."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from concivis.desk.enums import Channel, Outcome
from concivis.desk.models import Enquiry
from concivis.hubs import annual
from concivis.hubs.factories import HubFactory
from concivis.hubs.models import Hub
from concivis.initiatives import actions as initiatives
from concivis.initiatives.enums import Stage
from concivis.initiatives.factories import initiative
from concivis.initiatives.models import Initiative
from concivis.newsletter.factories import SubscriptionFactory
from concivis.places.factories import CountryFactory, PlaceFactory
from concivis.reports import counting, queries
from concivis.reports.actions import reports
from concivis.reports.counting import UNTOLD, folded
from concivis.reports.factories import report
from concivis.reports.tests.scene import at, measure, office, table
from concivis.twinning.enums import ActivityKind, MilestoneKind, PartnershipState
from concivis.twinning.factories import activity, milestone, partnership
from concivis.twinning.models import Partnership

pytestmark = pytest.mark.django_db(databases="__all__")


def counted(hub: Hub, year: int = 2025) -> counting.Numbers:
    return counting.count(hub, *queries.calendar_year(year), timezone.now())


# --- initiatives -------------------------------------------------------------------------------------------------


def test_an_initiative_is_new_in_the_year_in_which_it_became_public_by_the_hubs_clock() -> None:
    hub, _ = office()
    with at("2025-12-31 23:30"):
        initiative("Old year", hub=hub)
    with at("2026-01-01 00:30"):  # still 2025 in London
        initiative("New year", hub=hub)
    assert measure(counted(hub, 2025), "initiatives", "new") == (1, 0)
    assert measure(counted(hub, 2026), "initiatives", "new") == (1, 1)
    assert measure(counted(hub, 2026), "initiatives", "public") == (2, 1)


def test_midnight_is_that_of_the_hub() -> None:
    hub, _ = office(timezone="America/Los_Angeles")
    with at("2025-12-31 20:00", ZoneInfo("America/Los_Angeles")):  # 2026 in Europe
        initiative(hub=hub)
    assert measure(counted(hub, 2025), "initiatives", "new") == (1, 0)


def test_what_was_archived_later_still_counts_for_the_year_before() -> None:
    hub, _ = office()
    with at("2024-05-01 12:00"):
        made = initiative(hub=hub)
    with at("2025-05-01 12:00"):
        initiatives.archive(by=None, initiative=made)
    numbers = counted(hub, 2025)
    assert measure(numbers, "initiatives", "public") == (0, 1)
    assert measure(numbers, "initiatives", "archived") == (1, 0)


def test_the_record_knows_of_an_archive_from_which_it_came_back() -> None:
    hub, _ = office()
    with at("2024-05-01 12:00"):
        made = initiative(hub=hub)
    with at("2024-11-01 12:00"):
        initiatives.archive(by=None, initiative=made)
    with at("2025-02-01 12:00"):
        initiatives.restore(by=None, initiative=made)
    assert measure(counted(hub, 2025), "initiatives", "public") == (1, 0)


def test_confirmed_twice_in_a_year_counts_once() -> None:
    hub, _ = office()
    with at("2025-01-05 12:00"):
        made = initiative(hub=hub)
    for day in ("2025-03-01 12:00", "2025-09-01 12:00"):
        with at(day):
            initiatives.confirm(by=None, initiative=made)
    assert measure(counted(hub), "initiatives", "confirmed") == (1, 0)


def test_begun_running_and_ended_go_by_the_initiatives_own_dates() -> None:
    hub, _ = office()
    with at("2024-01-05 12:00"):
        initiative(hub=hub, started="2024-03", stage=Stage.RUNNING)
        initiative(hub=hub, started="2023", ended="2025-06-30", stage=Stage.FINISHED)
        initiative(hub=hub, started="2026", stage=Stage.PLANNED)
    numbers = counted(hub)
    assert measure(numbers, "initiatives", "running") == (1, 2)
    assert measure(numbers, "initiatives", "ended") == (1, 0)
    assert measure(numbers, "initiatives", "begun") == (0, 1)


def test_an_initiative_in_two_towns_of_a_country_counts_once_for_the_country() -> None:
    hub, _ = office()
    ghana = CountryFactory(code="GH")
    towns = [PlaceFactory(country=ghana), PlaceFactory(country=ghana)]
    with at("2025-03-05 12:00"):
        initiative(hub=hub, countries=frozenset({"GH"}), places=frozenset(town.pk for town in towns))
    numbers = counted(hub)
    assert table(numbers, "initiatives", "countries") == {"GH": (1, 0)}
    assert set(table(numbers, "initiatives", "places")) == {town.public_id for town in towns}


def test_what_waits_or_was_declined_is_in_no_table() -> None:
    hub, _ = office()
    CountryFactory(code="GH")
    with at("2025-03-05 12:00"):
        initiative("Not public", hub=hub, published=False, countries=frozenset({"GH"}))
    numbers = counted(hub)
    assert table(numbers, "initiatives", "countries") == {}
    assert "Not public" not in str(numbers)


# --- partnerships ------------------------------------------------------------------------------------------------


def test_a_leap_day_belongs_to_its_year_and_is_no_trouble_for_the_year_before() -> None:
    hub, _ = office()
    tie = partnership(hub.place, PlaceFactory(), hub=hub, signed="1987")
    activity(tie, "2024-02-29")
    numbers = counting.count(hub, date(2024, 2, 1), date(2024, 2, 29), timezone.now())
    assert measure(numbers, "partnerships", "activities") == (1, 0)
    assert numbers["before"]["last"] == "2023-02-28"
    again = counting.count(hub, date(2025, 2, 1), date(2025, 2, 28), timezone.now())
    assert again["before"]["last"] == "2024-02-29"
    assert measure(again, "partnerships", "activities") == (0, 1)


def test_a_decision_of_the_next_year_is_taken_back_for_this_one() -> None:
    hub, _ = office()
    suspended = milestone(MilestoneKind.SUSPENDED, "2026-01-10", decision="Council 7/2026")
    partnership(
        hub.place,
        PlaceFactory(),
        hub=hub,
        signed="1987",
        state=PartnershipState.SUSPENDED,
        milestones=[suspended],
    )
    assert measure(counted(hub, 2025), "partnerships", "in_force") == (1, 1)
    assert measure(counted(hub, 2026), "partnerships", "in_force") == (0, 1)
    assert measure(counted(hub, 2026), "partnerships", "suspended") == (1, 0)


def test_a_partnership_that_slept_and_was_visited_is_woken_up() -> None:
    hub, _ = office()
    tie = partnership(hub.place, PlaceFactory(), hub=hub, signed="1987")
    activity(tie, "2015-05-03")
    activity(tie, "2025-05-03")
    numbers = counted(hub)
    assert measure(numbers, "partnerships", "dormant") == (0, 1)
    assert measure(numbers, "partnerships", "revived") == (1, 0)


def people(
    tie: Partnership, count: int, young: int | None = None
) -> dict[int, tuple[int | None, int | None, int | None]]:
    return {tie.sides.all()[0].pk: (count, young, None)}


def test_few_people_are_not_told_of() -> None:
    hub, _ = office()
    tie = partnership(hub.place, PlaceFactory(), hub=hub, signed="1987")
    activity(tie, "2025-05-03", kind=ActivityKind.YOUTH_EXCHANGE, participations=people(tie, 4, 2))
    numbers = counted(hub)
    assert measure(numbers, "partnerships", "people") == (UNTOLD, 0)
    assert measure(numbers, "partnerships", "young_people") == (UNTOLD, 0)
    assert measure(numbers, "partnerships", "exchanges") == (1, 0)


def test_a_part_is_not_told_where_the_rest_is_few() -> None:
    hub, _ = office()
    tie = partnership(hub.place, PlaceFactory(), hub=hub, signed="1987")
    activity(tie, "2025-05-03", participations=people(tie, 20, 18))
    numbers = counted(hub)
    assert measure(numbers, "partnerships", "people") == (20, 0)
    assert measure(numbers, "partnerships", "young_people") == (UNTOLD, 0)


def test_a_tie_that_is_not_public_is_counted_by_state_and_named_nowhere() -> None:
    hub, _ = office()
    secret = PlaceFactory(name="Secretville", country=CountryFactory(code="GH"))
    partnership(hub.place, secret, hub=hub, state=PartnershipState.EXPLORING)
    numbers = counted(hub, timezone.now().year)
    assert table(numbers, "partnerships", "states") == {"exploring": (1, 0)}
    assert "Secretville" not in str(numbers)
    assert secret.public_id not in str(numbers)


# --- the desk, the letters ---------------------------------------------------------------------------------------


def enquiry(hub: Hub, number: int, received: str, hours: int | None = None, **said: object) -> Enquiry:
    with at(received):
        came = timezone.now()
    answered = came + timedelta(hours=hours) if hours is not None else None
    return Enquiry.objects.create(
        hub=hub,
        public_id=f"e{number}",
        channel=Channel.PHONE,
        language="en",
        subject="?",
        received_at=came,
        first_answered_at=answered,
        **said,
    )


def test_the_time_to_the_first_answer_is_the_median() -> None:
    hub, _ = office()
    for number, hours in enumerate((1, 2, 30)):
        enquiry(hub, number, "2025-05-01 12:00", hours)
    assert measure(counted(hub), "enquiries", "wait") == (120, None)


def test_what_was_asked_in_december_and_answered_in_january_counts_in_each_year_once() -> None:
    hub, _ = office()
    enquiry(hub, 1, "2025-12-31 22:00", 3)
    assert measure(counted(hub, 2025), "enquiries", "received") == (1, 0)
    assert measure(counted(hub, 2025), "enquiries", "answered") == (0, 0)
    assert measure(counted(hub, 2026), "enquiries", "answered") == (1, 0)
    assert measure(counted(hub, 2025), "enquiries", "open") == (1, 0)


def test_outcomes_of_few_enquiries_are_put_together() -> None:
    hub, _ = office()
    for number in range(9):
        outcome = Outcome.ANSWERED if number < 7 else Outcome.WITHDRAWN
        closed = timezone.now().replace(year=2025, month=6, day=1)
        enquiry(hub, number, "2025-05-01 12:00", outcome=outcome, closed_at=closed)
    assert table(counted(hub), "enquiries", "outcomes") == {"rest": (9, 0)}


@pytest.mark.parametrize(
    ("rows", "kept", "rest"),
    [
        ({"a": 9, "b": 7}, {"a": 9, "b": 7}, 0),
        ({"a": 9, "b": 3, "c": 3}, {"a": 9}, 6),
        ({"a": 9, "b": 7, "c": 1}, {"a": 9}, 8),
        ({"a": 2}, {}, 2),
        ({}, {}, 0),
    ],
)
def test_small_rows_are_folded_until_nothing_small_can_be_told(
    rows: dict[str, int], kept: dict[str, int], rest: int
) -> None:
    assert folded(rows) == (kept, rest)


def test_subscriptions_are_counted_back_by_the_record() -> None:
    from concivis.newsletter.actions import subscribing

    hub, _ = office()
    with at("2024-06-01 12:00"):
        kept = [SubscriptionFactory(hub=hub) for _ in range(6)]
    with at("2025-06-01 12:00"):
        subscribing.leave(subscription=kept[0])
    assert measure(counted(hub, 2024), "newsletter", "subscriptions") == (5, 0)
    assert measure(counted(hub, 2025), "newsletter", "subscriptions") == (5, 5)


# --- frozen ------------------------------------------------------------------------------------------------------


def test_fixed_numbers_stay_whatever_becomes_of_the_rows() -> None:
    hub, _ = office()
    with at("2025-03-05 12:00"):
        made = initiative(hub=hub)
    fixed = report(2025, hub=hub, fixed=True)
    before = fixed.numbers
    Initiative.objects.filter(pk=made.pk).delete()
    fixed.refresh_from_db()
    assert fixed.numbers == before
    assert counting.checksum(fixed.numbers) == fixed.checksum
    today = queries.counted_now(fixed)
    found = counting.differences(fixed.numbers, today)
    assert ("initiatives", "public", "", 1, 0) in [
        (each.chapter, each.name, each.key, each.fixed, each.today) for each in found
    ]


def test_what_is_entered_after_the_moment_does_not_count() -> None:
    hub, _ = office()
    with at("2026-01-05 12:00"):
        tie = partnership(hub.place, PlaceFactory(), hub=hub, signed="1987")
        activity(tie, "2025-05-03")
        moment = timezone.now()
    with at("2026-02-05 12:00"):
        activity(tie, "2025-06-03")  # remembered later
        first = counting.count(hub, *queries.calendar_year(2025), moment)
        later = counting.count(hub, *queries.calendar_year(2025), timezone.now())
    assert measure(first, "partnerships", "activities") == (1, 0)
    assert measure(later, "partnerships", "activities") == (2, 0)


def test_a_year_is_compared_with_what_the_last_report_said() -> None:
    hub, _ = office()
    with at("2024-03-05 12:00"):
        made = initiative(hub=hub)
    published = report(2024, hub=hub, published=True)
    Initiative.objects.filter(pk=made.pk).delete()
    numbers = queries.counted_now(report(2025, hub=hub))
    assert measure(numbers, "initiatives", "public") == (0, 1)
    assert numbers["before"]["report"] == published.public_id


def test_a_last_report_of_other_days_is_not_compared_with() -> None:
    hub, _ = office()
    report(2024, hub=hub, published=True, first=date(2024, 7, 1))
    assert queries.counted_now(report(2025, hub=hub))["before"]["report"] == ""


def test_a_hub_without_anything_has_a_document_of_noughts() -> None:
    hub = HubFactory(language="en")
    numbers = counted(hub)
    assert {chapter["code"] for chapter in numbers["chapters"]} == set(annual.CHAPTERS)
    assert all(not each["now"] for chapter in numbers["chapters"] for each in chapter["measures"])


def test_a_report_of_the_running_year_counts_until_today() -> None:
    hub, _ = office()
    tie = partnership(hub.place, PlaceFactory(), hub=hub, signed="1987")
    with at("2025-03-01 12:00"):
        Partnership.objects.filter(pk=tie.pk).update(created_at=timezone.now() - timedelta(days=400))
        activity(tie, "2025-02-01")
        initiative(hub=hub, started="2025-11")
        numbers = counted(hub)
    assert measure(numbers, "partnerships", "activities") == (1, 0)
    assert measure(numbers, "initiatives", "begun") == (0, 0)


def test_the_document_has_words_in_every_language_of_the_interface() -> None:
    fixed = report(fixed=True)
    assert set(fixed.numbers["words"]) >= {"en", "de"}
    assert fixed.numbers["words"]["en"]["initiatives.new"] == "new in the register"


@pytest.mark.parametrize("count", [1, 3])
def test_counting_takes_as_many_queries_for_one_initiative_as_for_three(
    count: int, django_assert_num_queries: object
) -> None:
    hub, _ = office()
    town = PlaceFactory()
    tie = partnership(hub.place, town, hub=hub, signed="1987")
    for _number in range(count):
        initiative(hub=hub, countries=frozenset({town.country_id}), places=frozenset({town.pk}))
        activity(tie, "2025-05-03")
    year = timezone.now().year
    with django_assert_num_queries(99):  # type: ignore[operator]
        counting.count(hub, *queries.calendar_year(year), timezone.now(), languages=("en",))


def test_reports_are_fixed_only_for_a_moment_that_has_come() -> None:
    made = report()
    with pytest.raises(Exception, match="has not come"):
        reports.fix_numbers(by=None, report=made, as_of=timezone.now() + timedelta(days=1))
