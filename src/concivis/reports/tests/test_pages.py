"""The pages of reports: what everybody reads, and what the office does."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from concivis.hubs import matters
from concivis.hubs.models import Hub
from concivis.hubs.testing import assert_permission_table, people_around
from concivis.initiatives.factories import initiative
from concivis.places.factories import CountryFactory, PlaceFactory
from concivis.reports.actions import reports, stories
from concivis.reports.factories import report
from concivis.reports.models import Report
from concivis.reports.tests.scene import at, office
from concivis.twinning.factories import activity, partnership

pytestmark = pytest.mark.django_db(databases="__all__")

READ = "login 404 403 403 403 200 200 404"
WRITE = "login 404 403 403 403 302 302 404"
OFFICE = "/en/office/hamm/reports"


def with_something_to_tell(hub: Hub) -> None:
    for number, code in enumerate(("FR", "MX")):
        town = PlaceFactory(country=CountryFactory(code=code), latitude=10.0 * number, longitude=5.0)
        activity(partnership(hub.place, town, hub=hub, signed="1987"), "2025-05-03")
        with at("2025-03-01 12:00"):
            initiative(f"Initiative {code}", hub=hub, countries=frozenset({code}))


# --- everybody ---------------------------------------------------------------------------------------------------


def test_a_published_report_is_read_by_everybody_and_sets_no_cookie(client: Client) -> None:
    hub, _ = office(slug="hamm")
    with_something_to_tell(hub)
    report(hub=hub, published=True, title="What we did", foreword="Dear **citizens**")
    page = client.get("/en/hubs/hamm/reports/2025/")
    assert not page.cookies
    assert "csrf" not in page.text
    for words in (
        "What we did",
        "<strong>citizens</strong>",
        "Initiatives by country",
        "Mexico",
        "report-bars",
    ):
        assert words in page.text
    assert "What we did" in client.get("/en/hubs/hamm/reports/").text


def test_drafts_and_withdrawn_reports_are_not_found(client: Client) -> None:
    hub, person = office(slug="hamm")
    report(2024, hub=hub, fixed=True)
    reports.withdraw(by=person, report=report(2025, hub=hub, published=True))
    for address in ("2024/", "2025/", "2024.pdf", "2025.json", "1999/"):
        assert client.get(f"/en/hubs/hamm/reports/{address}").status_code == 404
    assert "No report has been published yet" in client.get("/en/hubs/hamm/reports/").text


def test_reports_of_a_private_hub_are_not_found(client: Client) -> None:
    hub, _ = office(slug="hamm", is_published=False)
    report(hub=hub, published=True)
    for address in ("", "2025/", "2025.pdf"):
        assert client.get(f"/en/hubs/hamm/reports/{address}").status_code == 404


def test_pictures_have_a_title_and_say_in_words_what_they_show(client: Client) -> None:
    hub, _ = office(slug="hamm")
    with_something_to_tell(hub)
    report(hub=hub, published=True)
    page = client.get("/en/hubs/hamm/reports/2025/").text
    assert '<title id="bars-' in page
    assert "France: 1, the year before 0" in page
    assert " style=" not in page


def test_a_reader_of_german_gets_the_german_words_and_the_original_on_request(client: Client) -> None:
    hub, person = office(slug="hamm")
    made = report(hub=hub, published=True, title="What we did")
    reports.write_words(
        by=person, report=made, revision=made.revision, language="de", title="Was wir taten", foreword=""
    )
    assert "Was wir taten" in client.get("/de/hubs/hamm/reports/2025/").text
    assert "What we did" in client.get("/de/hubs/hamm/reports/2025/?original=en").text


def test_hostile_words_stay_words(client: Client) -> None:
    hub, person = office(slug="hamm")
    evil = "<script>alert(1)</script>"
    made = report(hub=hub, title=evil, foreword=evil)
    told = initiative(evil, hub=hub)
    stories.add(by=person, report=made, kind="initiative", object_id=told.public_id, sentence=evil)
    reports.publish(by=person, report=reports.fix_numbers(by=person, report=made))
    assert evil not in client.get("/en/hubs/hamm/reports/2025/").text


def test_the_report_is_the_same_after_the_rows_have_changed(client: Client) -> None:
    hub, _ = office(slug="hamm")
    with_something_to_tell(hub)
    report(hub=hub, published=True)
    before = client.get("/en/hubs/hamm/reports/2025/").text
    hub.initiatives.update(title="Another", kind="festival")
    hub.partnerships.update(state="ended")
    assert client.get("/en/hubs/hamm/reports/2025/").text == before


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_one_report_as_for_three(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    hub, _ = office(slug="hamm")
    for year in range(count):
        report(2020 + year, hub=hub, published=True)
    client.get("/en/hubs/hamm/reports/")
    with django_assert_num_queries(3):
        client.get("/en/hubs/hamm/reports/")


@pytest.mark.parametrize("count", [1, 3])
def test_a_report_takes_as_many_queries_for_one_story_as_for_three(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    hub, person = office(slug="hamm")
    made = report(hub=hub)
    for _number in range(count):
        told = initiative(hub=hub)
        stories.add(by=person, report=made, kind="initiative", object_id=told.public_id)
    reports.publish(by=person, report=reports.fix_numbers(by=person, report=made))
    client.get("/en/hubs/hamm/reports/2025/")
    with django_assert_num_queries(6):
        client.get("/en/hubs/hamm/reports/2025/")


# --- the office --------------------------------------------------------------------------------------------------


def test_who_may_open_and_do_what_with_reports() -> None:
    hub, person = office(slug="hamm")
    draft = report(2025, hub=hub)
    story = stories.add(
        by=person, report=draft, kind="initiative", object_id=initiative(hub=hub).public_id
    ).pk
    fixed, published = report(2024, hub=hub, fixed=True), report(2023, hub=hub, published=True)
    assert fixed.is_fixed and published.is_published
    draft.refresh_from_db()
    here = f"{OFFICE}/2025"
    revision = {"revision": str(draft.revision)}
    new = {"year": "2022", "title": "T", "language": "en"}
    days = {**revision, "first": "2025-01-01", "last": "2025-12-31"}
    assert_permission_table(
        people_around(hub),
        [
            ("GET", f"{OFFICE}/", READ),
            ("GET", f"{OFFICE}/new/", READ),
            ("POST", f"{OFFICE}/new/", WRITE, new),
            ("GET", f"{OFFICE}/rules/", READ),
            ("POST", f"{OFFICE}/rules/", WRITE),
            ("GET", f"{here}/", READ),
            ("GET", f"{here}/days/", READ),
            ("POST", f"{here}/days/", WRITE, days),
            ("GET", f"{here}/words/?language=de", READ),
            ("POST", f"{here}/words/", WRITE, {**revision, "title": "T"}),
            ("GET", f"{here}/sections/", READ),
            ("POST", f"{here}/sections/", WRITE, revision),
            ("GET", f"{here}/stories/", READ),
            ("POST", f"{here}/stories/act/", WRITE, {"remove": str(story)}),
            ("GET", f"{here}/stories/{story}/", READ),
            ("POST", f"{here}/stories/{story}/", WRITE, {"sentence": "Glad."}),
            ("GET", f"{here}/preview/", READ),
            ("GET", f"{here}/preview.json", READ),
            ("GET", f"{here}/numbers/", READ),
            ("GET", f"{here}/numbers/fix/", READ),
            ("POST", f"{here}/numbers/fix/", WRITE),
            ("GET", f"{OFFICE}/2024/numbers/?again", READ),
            ("GET", f"{OFFICE}/2024/numbers/release/", READ),
            ("POST", f"{OFFICE}/2024/numbers/release/", WRITE),
            ("GET", f"{OFFICE}/2024/publish/", READ),
            ("POST", f"{OFFICE}/2024/publish/", WRITE),
            ("GET", f"{OFFICE}/2023/withdraw/", READ),
            ("POST", f"{OFFICE}/2023/withdraw/", WRITE),
            ("GET", f"{here}/delete/", READ),
            ("POST", f"{here}/delete/", WRITE),
        ],
    )


def test_another_hubs_story_is_not_found(client: Client) -> None:
    hub, person = office(slug="hamm")
    other, colleague = office()
    theirs = report(hub=other)
    story = stories.add(
        by=colleague, report=theirs, kind="initiative", object_id=initiative(hub=other).public_id
    )
    report(hub=hub)
    client.force_login(person)
    assert client.get(f"{OFFICE}/2025/stories/{story.pk}/").status_code == 404
    assert client.post(f"{OFFICE}/2025/stories/act/", {"remove": story.pk}).status_code == 404
    assert theirs.stories.count() == 1


def test_a_report_is_begun_with_what_the_form_proposes(client: Client) -> None:
    _hub, person = office(slug="hamm")
    client.force_login(person)
    with at("2026-01-10 12:00"):
        form = client.get(f"{OFFICE}/new/").context["form"]
        assert form["year"].value() == 2025
        sent = {name: form[name].value() for name in ("year", "title", "language")}
        client.post(f"{OFFICE}/new/", sent)
    assert Report.objects.get().title == "What we did in 2025"


def test_a_year_that_is_taken_is_said_beside_the_year(client: Client) -> None:
    hub, person = office(slug="hamm")
    report(2025, hub=hub)
    client.force_login(person)
    page = client.post(f"{OFFICE}/new/", {"year": "2025", "title": "T", "language": "en"})
    assert page.context["form"].errors["year"] == ["There is a report of 2025 already."]


@pytest.mark.parametrize("year", ["", "x", "99999999999999999999", "1", "-5"])
def test_years_that_nobody_means_are_refused_or_replaced(client: Client, year: str) -> None:
    _hub, person = office(slug="hamm")
    client.force_login(person)
    assert client.get(f"{OFFICE}/new/", {"year": year}).status_code == 200
    assert client.post(f"{OFFICE}/new/", {"year": year, "title": "T", "language": "en"}).status_code == 200
    assert not Report.objects.exists()


def test_addresses_of_years_beyond_a_database_are_not_found(client: Client) -> None:
    _hub, person = office(slug="hamm")
    client.force_login(person)
    for year in ("0", "99999", "99999999999999999999999"):
        assert client.get(f"{OFFICE}/{year}/").status_code == 404
        assert client.get(f"/en/hubs/hamm/reports/{year}/").status_code == 404


def test_sections_are_put_up_and_left_out(client: Client) -> None:
    hub, person = office(slug="hamm")
    made = report(hub=hub)
    client.force_login(person)
    client.post(
        f"{OFFICE}/2025/sections/",
        {"revision": made.revision, "told": ["map", "stories", "initiatives"], "up": "stories"},
    )
    made.refresh_from_db()
    assert [each["code"] for each in made.sections][:2] == ["stories", "map"]
    assert [each["code"] for each in made.sections if each["told"]] == ["stories", "map", "initiatives"]


def test_stories_are_found_by_words(client: Client) -> None:
    hub, person = office(slug="hamm")
    initiative("Water for Tamale", hub=hub)
    initiative("A choir", hub=hub)
    initiative("Water elsewhere")
    report(hub=hub)
    client.force_login(person)
    page = client.get(f"{OFFICE}/2025/stories/", {"q": "water"})
    assert [each["title"] for each in page.context["offered"]] == ["Water for Tamale"]
    assert "Nothing was found" in client.get(f"{OFFICE}/2025/stories/", {"q": "zzz"}).text


def test_counting_again_shows_what_changed_and_changes_nothing(client: Client) -> None:
    hub, person = office(slug="hamm")
    with_something_to_tell(hub)
    made = report(hub=hub, fixed=True)
    before = made.checksum
    with at("2025-06-01 12:00"):
        initiative(hub=hub)
    client.force_login(person)
    page = client.get(f"{OFFICE}/2025/numbers/?again")
    changed = {row.label: (row.fixed, row.today) for row in page.context["changed"]}
    assert changed["initiatives in the register"] == ("2", "3")
    made.refresh_from_db()
    assert made.checksum == before
    client.post(f"{OFFICE}/2025/numbers/fix/")
    made.refresh_from_db()
    assert made.checksum != before


def test_numbers_that_were_changed_outside_are_noticed(client: Client) -> None:
    hub, person = office(slug="hamm")
    made = report(hub=hub, fixed=True)
    made.numbers["chapters"][0]["measures"][0]["now"] = 99
    Report.objects.filter(pk=made.pk).update(numbers=made.numbers)
    client.force_login(person)
    assert "The checksum does not fit" in client.get(f"{OFFICE}/2025/numbers/").text


def test_a_hub_without_anything_is_told_what_to_do(client: Client) -> None:
    hub, person = office(slug="hamm")
    client.force_login(person)
    assert "No report yet" in client.get(f"{OFFICE}/").text
    report(hub=hub)
    page = client.get(f"{OFFICE}/2025/numbers/").text
    assert "Enter the first initiatives" in page
    assert "/en/office/hamm/partnerships/" in page
    assert "Nothing is public yet that could be told" in client.get(f"{OFFICE}/2025/stories/").text
    assert client.get(f"{OFFICE}/2025/preview/").status_code == 200


def test_a_period_that_still_runs_is_said_to(client: Client) -> None:
    hub, person = office(slug="hamm")
    with at("2026-06-01 12:00"):
        report(2026, hub=hub)
        client.force_login(person)
        assert "The period is not over yet" in client.get(f"{OFFICE}/2026/").text


# --- what waits --------------------------------------------------------------------------------------------------


def waiting(hub: Hub) -> list[str]:
    return [matter.key for matter in matters.everything(hub) if matter.kind == "report"]


def hub_of_2024() -> tuple[Hub, Any]:
    with at("2024-05-01 12:00"):
        return office(slug="hamm")


def test_in_january_last_years_report_waits_until_it_is_published() -> None:
    hub, person = hub_of_2024()
    with at("2026-01-02 12:00"):
        assert waiting(hub) == ["report 2025"]
        made = report(2025, hub=hub, fixed=True)
        assert waiting(hub) == ["report 2025"]
        reports.publish(by=person, report=made)
        assert waiting(hub) == []


def test_nobody_is_reminded_in_summer_or_of_a_year_before_the_hub() -> None:
    hub, _ = hub_of_2024()
    with at("2025-07-01 12:00"):
        assert waiting(hub) == []
    with at("2024-01-10 12:00"):
        assert waiting(hub) == []


def test_the_year_begins_by_the_hubs_clock() -> None:
    hub, _ = hub_of_2024()
    with at("2026-01-01 00:10"):
        assert waiting(hub) == ["report 2025"]
    with at("2025-12-31 23:50"):
        assert waiting(hub) == []


def test_an_office_that_wants_no_reminder_gets_none() -> None:
    hub, person = hub_of_2024()
    reports.set_rules(by=person, hub=hub, reminds=False)
    with at("2026-01-02 12:00"):
        assert waiting(hub) == []


def test_the_catalogue_rebuilds_to_the_same_cards() -> None:
    from concivis.catalogue.queries import stored_drafts

    hub, _ = office(slug="hamm")
    report(hub=hub, published=True)
    before = [draft for draft in stored_drafts() if draft.kind == "report"]
    call_command("rebuild_catalogue")
    assert [draft for draft in stored_drafts() if draft.kind == "report"] == before
