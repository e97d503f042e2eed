import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from concivis.hubs.factories import HubFactory
from concivis.hubs.models import RecordLine
from concivis.places.factories import PlaceFactory
from concivis.shell.dates import PartialDate, months_later
from concivis.twinning import actions, benefits, factories, queries
from concivis.twinning.actions.rules import set_rules
from concivis.twinning.benefits import Benefit, Trend
from concivis.twinning.drafts import ActivityDraft, LinkDraft
from concivis.twinning.enums import ActivityKind, MilestoneKind
from concivis.twinning.listing import seen_state
from concivis.twinning.models import Activity, Partnership

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 6, 15)


@pytest.fixture
def tie():
    hub = HubFactory()
    return factories.partnership(hub.place, PlaceFactory(), hub=hub, signed="1963")


def draft(when="2026-05-03", **facts):
    facts.setdefault("kind", ActivityKind.MEETING)
    facts.setdefault("title", "A meeting")
    return ActivityDraft(when=PartialDate.parse(when), **facts)


def refused(tie, **facts) -> str:
    with pytest.raises(ValidationError) as error:
        actions.record_activity(by=None, partnership=tie, activity=draft(**facts))
    return " ".join(error.value.messages)


def test_an_activity_is_a_sign_of_life_and_a_line_in_the_record(tie):
    activity = factories.activity(tie, "2025-05-03", until=dt.date(2025, 5, 6))
    assert tie.last_activity == dt.date(2025, 5, 6)
    line = RecordLine.objects.filter(action="activity.recorded").get()
    assert line.details == {"activity": activity.public_id, "date": "2025-05-03"}


def test_what_is_still_to_come_belongs_to_the_plan(tie):
    tomorrow = timezone.localdate() + dt.timedelta(days=3)
    assert "What is planned stands in the plan." in refused(tie, when=tomorrow.isoformat())


def test_a_visit_that_is_not_over_is_not_written_down_yet(tie):
    later = timezone.localdate() + dt.timedelta(days=3)
    assert "It is not over yet." in refused(tie, when="2025-01-01", until=later)


def test_an_activity_does_not_end_before_it_begins(tie):
    assert refused(tie, when="2025-05-03", until=dt.date(2025, 5, 2)) == "It ends before it begins."


def test_there_are_no_more_young_people_than_people(tie):
    side = tie.sides.first()
    assert "more young people than people" in refused(tie, participations={side.pk: (10, 11, None)})


def test_only_sides_of_the_partnership_take_part(tie):
    stranger = factories.partnership().sides.first()
    assert "Only the sides" in refused(tie, when="2025", participations={stranger.pk: (10, 1, None)})


def test_nobody_counted_is_not_nobody_came(tie):
    own, other = tie.sides.all()
    activity = factories.activity(
        tie, "2025", participations={own.pk: (None, None, None), other.pk: (0, None, 2)}
    )
    assert list(activity.participations.values_list("side", "people", "organisations")) == [(other.pk, 0, 2)]


def test_removing_the_only_activity_leaves_a_partnership_of_which_nothing_is_known(tie):
    activity = factories.activity(tie, "2001")
    assert queries.is_dormant(tie.sleeps_on)
    actions.remove_activity(by=None, activity=activity)
    tie.refresh_from_db()
    assert (tie.last_activity, tie.sleeps_on) == (None, None)


def test_a_changed_date_moves_the_last_activity(tie):
    activity = factories.activity(tie, "2001")
    actions.change_activity(by=None, activity=activity, draft=draft("2002-02-03", title="Another day"))
    tie.refresh_from_db()
    assert tie.last_activity == dt.date(2002, 2, 3)


# --- asleep and awake --------------------------------------------------------------------------------------


def test_a_year_without_activity_lets_it_sleep_where_the_office_says_so_and_an_activity_wakes_it(tie):
    long_ago = months_later(timezone.localdate(), -13)
    factories.activity(tie, long_ago.isoformat())
    assert seen_state(tie.state, tie.sleeps_on) == "active"
    set_rules(by=None, hub=tie.hub, dormant_after_months=12, nudge_after_months=12, renewal_notice_days=180)
    tie.refresh_from_db()
    assert seen_state(tie.state, tie.sleeps_on) == "dormant"
    assert list(queries.dormant(Partnership.objects.all())) == [tie]
    factories.activity(tie, timezone.localdate().isoformat())
    assert seen_state(tie.state, tie.sleeps_on) == "active"


def test_the_commons_sleep_after_three_years_whatever_a_hub_decided():
    hub = HubFactory()
    common = factories.partnership(hub.place, PlaceFactory())
    set_rules(by=None, hub=hub, dormant_after_months=12, nudge_after_months=12, renewal_notice_days=180)
    factories.activity(common, "2020-02-29")
    assert common.sleeps_on == dt.date(2023, 2, 28)


def test_a_partnership_taken_over_from_the_commons_follows_the_rules_of_its_keeper():
    hub, other = HubFactory(), PlaceFactory()
    set_rules(by=None, hub=hub, dormant_after_months=24, nudge_after_months=12, renewal_notice_days=180)
    factories.activity(factories.partnership(hub.place, other), "2020-05-03")
    assert factories.partnership(hub.place, other, hub=hub).sleeps_on == dt.date(2022, 5, 3)


def test_a_renewal_after_the_last_activity_keeps_it_awake(tie):
    factories.activity(tie, "2015")
    renewed = factories.milestone(MilestoneKind.RENEWED, "2024-05-03")
    actions.add_milestone(by=None, partnership=tie, milestone=renewed)
    tie.refresh_from_db()
    assert tie.last_activity == dt.date(2024, 5, 3)


def test_rules_are_chosen_from_a_list():
    with pytest.raises(ValidationError, match="Choose one of the times"):
        set_rules(
            by=None,
            hub=HubFactory(),
            dormant_after_months=1,
            nudge_after_months=12,
            renewal_notice_days=180,
        )


def test_the_same_rules_again_write_nothing():
    hub = HubFactory()
    for _ in range(2):
        set_rules(by=None, hub=hub, dormant_after_months=24, nudge_after_months=6, renewal_notice_days=90)
    assert RecordLine.objects.filter(action="office_rules.changed").count() == 1


def test_an_import_is_not_undone_where_activities_were_recorded_since():
    source = factories.source()
    drafts = [LinkDraft(places=(PlaceFactory().pk, PlaceFactory().pk))]
    results = actions.record_links(drafts, by=None, hub=None, source=source)
    factories.activity(Partnership.objects.get(), "2025")
    outcome = actions.withdraw_links(by=None, hub=None, results=results)
    assert list(outcome.kept.values()) == ["Activities were recorded since."]
    assert Activity.objects.count() == 1


# --- benefits ----------------------------------------------------------------------------------------------


def told_of(tie) -> benefits.Benefits:
    return benefits.of_partnership(tie, on=TODAY)


def test_people_and_organisations_of_both_sides_are_added_up(tie):
    own, other = tie.sides.all()
    factories.activity(tie, "2025-05-03", participations={own.pk: (20, 5, 2), other.pk: (12, None, 1)})
    factories.activity(tie, "2025-09-03")
    told = told_of(tie)
    assert (told.activities, told.counted) == (2, 1)
    assert told.of(Benefit.PARTICIPATION).by_year == [(2025, 32), (2026, 0)]
    assert told.of(Benefit.ACTORS).total == 3


def test_each_kind_feeds_its_benefit(tie):
    for kind in ActivityKind:
        factories.activity(tie, "2025", kind=kind)
    assert {measure.benefit: measure.total for measure in told_of(tie).measures} == {
        Benefit.PARTICIPATION: 0,
        Benefit.OFFICIALS: 1,
        Benefit.CITIZENS: 3,
        Benefit.EXPERIENCE: 1,
        Benefit.ACTORS: 0,
        Benefit.DIALOGUE: 1,
    }


def test_the_trend_compares_twelve_months_with_the_mean_of_three_years_before(tie):
    for when in ("2022-12-01", "2023-12-01", "2024-12-01", "2025-12-01", "2026-01-01", "2026-02-01"):
        factories.activity(tie, when)
    meetings = told_of(tie).of(Benefit.DIALOGUE)
    assert (meetings.now, meetings.before, meetings.trend) == (3, 1.0, Trend.UP)
    assert meetings.said == "Rising: 3 in the last twelve months, before that 1 a year."


def test_a_log_younger_than_a_year_has_no_trend(tie):
    factories.activity(tie, "2026-01-01")
    meetings = told_of(tie).of(Benefit.DIALOGUE)
    assert (meetings.before, meetings.trend) == (None, Trend.UNKNOWN)
    assert meetings.said == "Too early to see a trend."


def test_what_was_never_written_down_has_no_trend_in_words(tie):
    factories.activity(tie, "2020")
    assert told_of(tie).of(Benefit.OFFICIALS).said == "Nothing of this kind is written down."


def test_years_before_the_log_began_do_not_count_as_years_without_activity(tie):
    for when in ("2024-12-01", "2025-12-01"):
        factories.activity(tie, when)
    meetings = told_of(tie).of(Benefit.DIALOGUE)
    assert (meetings.before, meetings.trend) == (1.0, Trend.STEADY)


@pytest.mark.parametrize(
    ("now", "before", "trend"),
    [(10, 10.5, Trend.STEADY), (0, 1.0, Trend.DOWN), (1, 0.0, Trend.UP), (0, 1 / 3, Trend.STEADY)],
)
def test_small_differences_are_no_trend(now, before, trend):
    assert benefits.trend(now, before) == trend


def test_a_hub_adds_up_what_it_keeps(tie):
    factories.activity(tie, "2025")
    factories.activity(factories.partnership(tie.hub.place, PlaceFactory()), "2025")
    assert benefits.of_hub(tie.hub, on=TODAY).activities == 1


# --- in public ---------------------------------------------------------------------------------------------


def page_of(client, tie) -> str:
    return client.get(f"/en/partnerships/{tie.public_id}/").content.decode()


def test_the_public_page_tells_of_public_activities_among_the_dates(client, tie):
    factories.activity(tie, "1964", title="The first choir came", language="en")
    factories.activity(tie, "2020", title="A meeting behind closed doors", is_public=False)
    page = page_of(client, tie)
    assert page.index("Signed") < page.index("The first choir came")
    assert "behind closed doors" not in page
    assert "What the partnership brings" in page


def test_without_a_public_activity_nothing_is_said_of_benefits(client, tie):
    factories.activity(tie, "2020", is_public=False)
    assert "What the partnership brings" not in page_of(client, tie)


def test_the_place_and_the_feed_tell_of_them_too(client, tie):
    factories.activity(tie, "1964", title="The first choir came")
    factories.activity(tie, "2020", title="A meeting behind closed doors", is_public=False)
    place = client.get(tie.hub.place.get_absolute_url()).content.decode()
    feed = b"".join(client.get(f"/en/partnerships/{tie.public_id}/changes.atom").streaming_content).decode()
    assert ["The first choir came" in text for text in (place, feed)] == [True, True]
    assert ["behind closed doors" in text for text in (place, feed)] == [False, False]


def test_a_link_of_an_activity_is_only_a_web_address(client, tie):
    activity = factories.activity(tie, "2020")
    Activity.objects.filter(pk=activity.pk).update(url="javascript:alert(1)")
    assert "javascript:alert" not in page_of(client, tie)
