import csv
import io

import pytest
from django.urls import reverse

from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.testing import assert_permission_table, people_around
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.enums import ActivityKind
from concivis.twinning.models import Activity

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def hub():
    return HubFactory(slug="hamm", name="Hamm")


@pytest.fixture
def tie(hub):
    return factories.partnership(hub.place, PlaceFactory(name="Toul"), hub=hub, signed="1987")


@pytest.fixture
def editor(hub, client):
    user = MembershipFactory(hub=hub, role="editor").user
    client.force_login(user)
    return user


def at(name, tie, *args):
    return reverse(f"twinning:{name}", args=["hamm", tie.public_id, *args])


def text_of(response) -> str:
    return response.content.decode()


def sent(tie, **changes):
    own = tie.sides.first()
    return {
        "kind": "citizens_visit",
        "title": "The choir of Toul came",
        "date": "3 May 2025",
        "is_public": "on",
        f"people_{own.pk}": "30",
        f"young_people_{own.pk}": "12",
        **changes,
    }


def test_an_editor_writes_down_a_visit(client, editor, tie):
    response = client.post(at("office_activity_new", tie), sent(tie), follow=True)
    assert "The activity stands in the log." in text_of(response)
    activity = Activity.objects.get()
    assert (activity.when.iso, activity.language, activity.added_by) == ("2025-05-03", "en", editor)
    assert activity.participations.get().people == 30


def test_a_day_to_come_is_refused_and_nothing_typed_is_lost(client, editor, tie):
    page = text_of(client.post(at("office_activity_new", tie), sent(tie, date="2199")))
    assert "What is planned stands in the plan." in page
    assert "The choir of Toul came" in page


def test_more_young_people_than_people_is_said_at_the_field(client, editor, tie):
    own = tie.sides.first()
    response = client.post(at("office_activity_new", tie), sent(tie, **{f"young_people_{own.pk}": "31"}))
    form = response.context["form"]
    assert form.errors == {f"young_people_{own.pk}": ["There cannot be more young people than people."]}


def test_the_second_of_two_who_change_an_activity_is_told_and_loses_nothing(client, editor, tie):
    activity = factories.activity(tie, "2025", title="A visit")
    address = at("office_activity_edit", tie, activity.public_id)
    began = client.get(address).context["form"]["began"].value()
    client.post(address, sent(tie, title="The first one’s words", began=began))
    page = client.post(address, sent(tie, title="The second one’s words", began=began))
    assert "It now says: “The first one’s words”" in text_of(page)
    assert "The second one’s words" in text_of(page)
    again = page.context["form"]["began"].value()
    client.post(address, sent(tie, title="The second one’s words", began=again))
    activity.refresh_from_db()
    assert activity.title == "The second one’s words"


def test_removing_asks_first(client, editor, tie):
    activity = factories.activity(tie, "2025", title="A visit")
    address = at("office_activity_remove", tie, activity.public_id)
    assert "Remove this activity?" in text_of(client.get(address))
    assert Activity.objects.count() == 1
    client.post(address)
    assert Activity.objects.count() == 0


def test_an_activity_of_another_partnership_is_not_found_here(client, editor, tie, hub):
    other = factories.partnership(hub.place, PlaceFactory(), hub=hub)
    foreign = factories.activity(other, "2025")
    assert client.get(at("office_activity_edit", tie, foreign.public_id)).status_code == 404


def test_a_dormant_partnership_says_since_when_and_what_wakes_it(client, editor, tie):
    factories.activity(tie, "2001-05-03")
    page = text_of(client.get(at("office_activities", tie)))
    assert "No activity since May 3, 2001; write one down to wake it." in page


def test_the_log_is_filtered_by_kind_and_year_in_the_page_and_in_the_file(client, editor, tie):
    factories.activity(tie, "2024", title="Meeting of 2024")
    factories.activity(tie, "2025", title="Meeting of 2025")
    factories.activity(tie, "2025", title="A match", kind=ActivityKind.SPORT)
    page = text_of(client.get(at("office_activities", tie) + "?kind=meeting&year=2025"))
    assert [title in page for title in ("Meeting of 2024", "Meeting of 2025", "A match")] == [
        False,
        True,
        False,
    ]
    lines = rows_of(client.get(at("office_activities_export", tie, "csv") + "?kind=meeting&year=2025"))
    assert [line["title"] for line in lines] == ["Meeting of 2025"]


@pytest.mark.parametrize("query", ["?kind=wedding", "?year=abc", "?year=999999999999", "?page=-7"])
def test_a_filter_that_is_not_understood_filters_nothing(client, editor, tie, query):
    factories.activity(tie, "2024", title="Meeting of 2024")
    assert "Meeting of 2024" in text_of(client.get(at("office_activities", tie) + query))


def rows_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_file_of_the_office_has_the_numbers_of_each_side_and_no_formula(client, editor, tie):
    own, other = tie.sides.all()
    counts = {own.pk: (30, 12, 2), other.pk: (None, None, 1)}
    factories.activity(tie, "2025-05", title="=1+1", participations=counts)
    [line] = rows_of(client.get(reverse("twinning:office_all_activities_export", args=["hamm", "csv"])))
    assert (line["date"], line["title"], line["people"], line["young_people"], line["organisations"]) == (
        "2025-05",
        "'=1+1",
        "30",
        "12",
        "3",
    )
    assert line["sides"] == f"{own.place.name}: 30; Toul: ?"


def test_the_office_sees_the_log_of_all_it_keeps(client, editor, tie):
    factories.activity(tie, "2025", title="The choir of Toul came")
    page = text_of(client.get(reverse("twinning:office_all_activities", args=["hamm"])))
    assert "The choir of Toul came" in page
    assert "counts as dormant after 36 months" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_of_the_office_costs_the_same_however_long(
    client, editor, tie, count, django_assert_max_num_queries
):
    for year in range(2025 - count, 2025):
        own, other = tie.sides.all()
        factories.activity(tie, str(year), participations={own.pk: (1, 1, 1), other.pk: (1, 1, 1)})
    with django_assert_max_num_queries(11):  # the session is elsewhere on SQLite
        client.get(reverse("twinning:office_all_activities", args=["hamm"]))


def test_the_rules_of_the_office_are_chosen_on_a_page(client, hub, tie):
    client.force_login(MembershipFactory(hub=hub, role="coordinator").user)
    chosen = {"dormant_after_months": "12", "nudge_after_months": "6", "renewal_notice_days": "90"}
    response = client.post(reverse("twinning:office_rules", args=["hamm"]), chosen, follow=True)
    assert "counts as dormant after 12 months" in text_of(response)


def test_the_partners_office_reads_what_is_public_and_writes_nothing(client, tie):
    partner = HubFactory(place=tie.sides.last().place, slug="toul")
    client.force_login(MembershipFactory(hub=partner, role="coordinator").user)
    factories.activity(tie, "2025", title="In the open")
    hidden = factories.activity(tie, "2025", title="Behind closed doors", is_public=False)
    page = text_of(client.get(reverse("twinning:office_activities", args=["toul", tie.public_id])))
    assert ["In the open" in page, "Behind closed doors" in page] == [True, False]
    address = reverse("twinning:office_activity_remove", args=["toul", tie.public_id, hidden.public_id])
    assert client.post(address).status_code == 403


def test_who_may_open_which_page_of_activities(hub, tie):
    activity = factories.activity(tie, "2025")
    log = reverse("twinning:office_all_activities", args=["hamm"])
    rules = reverse("twinning:office_rules", args=["hamm"])
    key = activity.public_id
    read = "login 404 200 200 200 200 200 404"
    write = "login 404 403 403 403 200 200 404"
    done = "login 404 403 403 403 302 302 404"
    began = {"began": "x"}
    assert_permission_table(
        people_around(hub),
        [
            ("GET", at("office_activities", tie), read),
            ("GET", at("office_activities_export", tie, "csv"), read),
            ("GET", at("office_activity_new", tie), write),
            ("POST", at("office_activity_new", tie), done, sent(tie)),
            ("GET", at("office_activity_edit", tie, key), write),
            ("POST", at("office_activity_edit", tie, key), write, {**sent(tie), **began}),
            ("GET", at("office_activity_remove", tie, key), write),
            ("POST", at("office_activity_remove", tie, key), done),
            ("GET", log, read),
            ("GET", reverse("twinning:office_all_activities_export", args=["hamm", "csv"]), read),
            ("GET", rules, "login 404 403 403 403 403 200 404"),
            (
                "POST",
                rules,
                "login 404 403 403 403 403 302 404",
                {"dormant_after_months": 12, "nudge_after_months": 6, "renewal_notice_days": 90},
            ),
        ],
    )
