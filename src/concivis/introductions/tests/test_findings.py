"""The weekly look: what is found for a hub, what its office says of it, and what the radar learns from that."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from concivis.catalogue import actions as catalogue
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import Hub
from concivis.hubs.testing import asks, assert_permission_table, people_around
from concivis.initiatives.factories import initiative
from concivis.initiatives.models import Initiative
from concivis.introductions import actions, attention, findings, index, queries
from concivis.introductions.enums import Verdict
from concivis.introductions.factories import asked, entry, introduced
from concivis.introductions.models import Found, Introduction, Lessons
from concivis.places.factories import CountryFactory

pytestmark = pytest.mark.django_db(databases="__all__")
RADAR = "/en/office/hamm/radar/"


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    cache.clear()
    index.kept.forget()
    CountryFactory(code="GH")


@pytest.fixture
def hub() -> Hub:
    return HubFactory(slug="hamm", name="Hamm")


def schools(hub: Hub | None = None, title: str = "School partnership with Ghana") -> Initiative:
    summary = "Two schools write letters to each other."
    return initiative(title, hub=hub or HubFactory(), countries=("GH",), summary=summary)


def looked(hub: Hub) -> list[Found]:
    index.build()
    findings.look(hub)
    return list(Found.objects.filter(hub=hub))


def test_a_pair_within_the_city_and_one_across_cities_are_found(hub: Hub) -> None:
    first, second = schools(hub), schools(hub, "Schulpartnerschaft mit Ghana")
    other = schools()
    found = {row.pair: row for row in looked(hub)}
    pairs = {
        " ".join(sorted((f"initiative:{one.public_id}", f"initiative:{two.public_id}"))): within
        for one, two, within in ((first, second, True), (first, other, False), (second, other, False))
    }
    assert {pair: row.is_within for pair, row in found.items()} == pairs


def test_without_an_index_nothing_is_looked_for(hub: Hub) -> None:
    schools(hub)
    assert findings.look(hub) is None
    assert findings.look_where_due() == 0
    assert not Lessons.objects.exists()


def test_a_hub_is_looked_at_once_a_week(hub: Hub) -> None:
    schools(hub)
    index.build()
    assert findings.look_where_due() == 1
    assert findings.look_where_due() == 0
    Lessons.objects.update(looked_at=timezone.now() - timedelta(days=8))
    assert findings.look_where_due() == 1


def test_what_is_found_again_keeps_its_first_day_and_what_is_gone_goes(hub: Hub) -> None:
    schools(hub)
    other = schools()
    (row,) = looked(hub)
    Found.objects.update(first_found_at=timezone.now() - timedelta(days=20))
    (again,) = looked(hub)
    assert again.pk == row.pk
    assert not again.is_new
    catalogue.withdraw("initiative", {other.public_id})
    assert looked(hub) == []


def test_what_was_dismissed_is_not_found_again_neither_in_the_table_nor_beside_the_entry(hub: Hub) -> None:
    own = schools(hub)
    schools()
    (row,) = looked(hub)
    actions.judge(by=None, found=row, verdict=Verdict.DISMISSED)
    assert [each.verdict for each in looked(hub)] == [Verdict.DISMISSED]
    assert queries.findings_for_card("initiative", own.public_id) == []


def test_what_one_office_dismissed_another_still_sees(hub: Hub) -> None:
    schools(hub)
    other = schools()
    (row,) = looked(hub)
    actions.judge(by=None, found=row, verdict=Verdict.DISMISSED)
    assert len(queries.findings_for_card("initiative", other.public_id)) == 1


def test_a_dismissal_makes_its_reasons_count_less_in_that_city_and_taking_it_back_leaves_no_trace(
    hub: Hub,
) -> None:
    schools(hub)
    schools()
    (row,) = looked(hub)
    changes = actions.judge(by=None, found=row, verdict=Verdict.DISMISSED)
    assert changes
    assert all(change.after < 1 for change in changes)
    assert queries.taught_in("hamm").tallies
    actions.take_back(by=None, found=row)
    assert queries.taught_in("hamm").tallies == {}


def test_what_was_learnt_changes_how_sure_a_finding_is(hub: Hub) -> None:
    own = schools(hub)
    schools()
    (row,) = looked(hub)
    before = row.likeness
    for number in range(6):
        copy = Found.objects.get(pk=row.pk)
        copy.pk, copy.pair = None, f"initiative:a{number} initiative:b{number}"
        copy.save()
        actions.judge(by=None, found=copy, verdict=Verdict.DISMISSED)
    found = queries.findings_for_card("initiative", own.public_id)
    assert all(each.finding.likeness < before for each in found)


def test_the_same_verdict_twice_teaches_once(hub: Hub) -> None:
    schools(hub)
    schools()
    (row,) = looked(hub)
    actions.judge(by=None, found=row, verdict=Verdict.CONFIRMED)
    once = queries.taught_in("hamm")
    assert actions.judge(by=None, found=row, verdict=Verdict.CONFIRMED) == []
    assert queries.taught_in("hamm") == once


def test_forgetting_resets_the_weights_and_keeps_the_verdicts(hub: Hub) -> None:
    schools(hub)
    schools()
    (row,) = looked(hub)
    actions.judge(by=None, found=row, verdict=Verdict.DISMISSED)
    actions.forget_lessons(by=None, hub=hub)
    assert queries.taught_in("hamm").tallies == {}
    row.refresh_from_db()
    assert row.verdict == Verdict.DISMISSED


# --- the pages ---------------------------------------------------------------------------------------------


@pytest.fixture
def office(client: Client, hub: Hub) -> Client:
    client.force_login(MembershipFactory(hub=hub, role="editor").user)
    return client


def test_the_office_sees_both_entries_with_reasons_and_decides(office: Client, hub: Hub) -> None:
    schools(hub, "Schulpartnerschaft mit Ghana")
    schools(HubFactory(name="Reggio"))
    (row,) = looked(hub)
    page = office.get(RADAR).content.decode()
    for text in (
        "Schulpartnerschaft mit Ghana",
        "School partnership with Ghana",
        "Both concern Ghana.",
        "Reggio",
    ):
        assert text in page
    assert "?first=initiative:" in page
    office.post(f"{RADAR}judge/", {"found": row.pk, "verdict": "dismissed"})
    assert "Schulpartnerschaft" not in office.get(RADAR).content.decode()
    assert "Take it back" in office.get(f"{RADAR}?verdict=dismissed").content.decode()
    assert "the same country" in office.get(f"{RADAR}learnt/").content.decode()
    office.post(f"{RADAR}forget/")
    assert "learnt nothing yet" in office.get(f"{RADAR}learnt/").content.decode()


@pytest.mark.parametrize("found", ["", "x", "0", "9" * 30, "-1"])
def test_a_finding_that_is_none_is_not_found(office: Client, found: str) -> None:
    assert office.post(f"{RADAR}judge/", {"found": found, "verdict": "dismissed"}).status_code == 404


def test_a_finding_of_another_office_is_not_judged(office: Client, hub: Hub) -> None:
    other = HubFactory()
    schools(other)
    schools()
    (row,) = looked(other)
    assert office.post(f"{RADAR}judge/", {"found": row.pk, "verdict": "dismissed"}).status_code == 404


@pytest.mark.parametrize("query", ["?verdict=x&scope=x&kind=x", "?page=99", "?kind=parallel&scope=within"])
def test_filters_that_are_none_do_no_harm(office: Client, query: str) -> None:
    assert office.get(f"{RADAR}{query}").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_radars_page_costs_the_same_however_many(office: Client, hub: Hub, count: int) -> None:
    schools(hub)
    for _ in range(count):
        schools()
    assert len(looked(hub)) == count
    office.get(RADAR)
    with asks(14):
        office.get(RADAR)


def test_who_may_only_look_cannot_judge(hub: Hub) -> None:
    schools(hub)
    schools()
    (row,) = looked(hub)
    said = {"found": row.pk, "verdict": "confirmed"}
    assert_permission_table(
        people_around(hub),
        [
            ("GET", RADAR, "login 404 200 200 200 200 200 404"),
            ("GET", f"{RADAR}learnt/", "login 404 200 200 200 200 200 404"),
            ("POST", f"{RADAR}judge/", "login 404 403 403 403 302 302 404", said),
            ("POST", f"{RADAR}forget/", "login 404 403 403 403 302 302 404"),
        ],
    )


def test_the_page_of_all_that_is_alike_tells_the_reasons(client: Client, hub: Hub) -> None:
    own = schools(hub, "Schulpartnerschaft mit Ghana")
    schools()
    index.build()
    page = client.get(f"/en/initiatives/{own.public_id}/alike/").content.decode()
    assert "School partnership with Ghana" in page
    assert "Both concern Ghana." in page


# --- what needs attention ----------------------------------------------------------------------------------


def test_new_findings_are_one_matter_until_the_office_has_decided(hub: Hub) -> None:
    schools(hub)
    schools()
    schools()
    looked(hub)
    (matter,) = attention.found(hub)
    assert "2 pairs" in matter.title
    for row in Found.objects.all():
        actions.judge(by=None, found=row, verdict=Verdict.CONFIRMED)
    assert list(attention.found(hub)) == []


def test_an_introduction_that_nobody_answers_needs_attention_after_a_week(hub: Hub) -> None:
    asked(entry("A choir", hub=hub))
    assert list(attention.found(hub)) == []
    Introduction.objects.update(asked_at=timezone.now() - timedelta(days=8))
    (matter,) = attention.found(hub)
    assert matter.title.startswith("A choir and ")


def test_an_introduction_of_which_nobody_said_what_came_needs_attention_after_two_months(hub: Hub) -> None:
    introduced(entry(hub=hub))
    Introduction.objects.update(introduced_at=timezone.now() - timedelta(days=61))
    (matter,) = attention.found(hub)
    assert "nobody has said what came of it" in matter.why


@pytest.mark.parametrize("count", [1, 3])
def test_the_matters_cost_the_same_however_many(
    hub: Hub, count: int, django_assert_num_queries: object
) -> None:
    for number in range(count):
        asked(entry(email=f"a{number}@example.org", hub=hub), entry(email=f"b{number}@example.org"))
    Introduction.objects.update(asked_at=timezone.now() - timedelta(days=8))
    with django_assert_num_queries(4):  # type: ignore[operator]
        assert len(list(attention.found(hub))) == count
