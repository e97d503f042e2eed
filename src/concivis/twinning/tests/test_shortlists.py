import csv
import io

import pytest
from django.core.exceptions import ValidationError

from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.places.factories import PlaceFactory
from concivis.twinning.actions import shortlists as actions
from concivis.twinning.models import Candidate, Shortlist

pytestmark = pytest.mark.django_db(databases="__all__")
OFFICE = "/en/office/ahorn/"


@pytest.fixture
def hub():
    return HubFactory(slug="ahorn", place=PlaceFactory(name="Ahorn"))


@pytest.fixture
def editor(hub):
    return MembershipFactory(hub=hub, role="editor").user


@pytest.fixture
def shortlist(hub, editor):
    return actions.create_shortlist(by=editor, hub=hub, name="Poland")


@pytest.fixture
def browser(client, editor):
    client.force_login(editor)
    return client


def candidate(shortlist, editor, **place) -> Candidate:
    return actions.add_candidate(by=editor, shortlist=shortlist, place=PlaceFactory(**place))


@pytest.mark.parametrize("name", ["", "   ", "Poland", " Poland "])
def test_a_list_needs_a_name_of_its_own(hub, editor, shortlist, name):
    with pytest.raises(ValidationError):
        actions.create_shortlist(by=editor, hub=hub, name=name)


def test_two_offices_may_have_lists_of_the_same_name(editor, shortlist):
    assert actions.create_shortlist(by=editor, hub=HubFactory(), name="Poland").name == "Poland"


def test_a_place_stands_on_a_list_once_and_keeps_its_note(editor, shortlist):
    place = PlaceFactory()
    first = actions.add_candidate(by=editor, shortlist=shortlist, place=place, note="Ask the choir")
    assert actions.add_candidate(by=editor, shortlist=shortlist, place=place) == first
    assert Candidate.objects.get().note == "Ask the choir"


def test_the_own_city_is_no_candidate(hub, editor, shortlist):
    with pytest.raises(ValidationError, match="your own city"):
        actions.add_candidate(by=editor, shortlist=shortlist, place=hub.place)


def test_a_list_has_an_end(editor, shortlist, monkeypatch):
    monkeypatch.setattr(actions, "MOST_CANDIDATES", 1)
    candidate(shortlist, editor)
    with pytest.raises(ValidationError, match="at most 1 candidates"):
        candidate(shortlist, editor)


def test_the_first_candidate_begins_a_first_list(browser, hub):
    place = PlaceFactory(name="Colle")
    answer = browser.post(f"{OFFICE}shortlists/add/", {"place": place.public_id, "query": "country=IT"})
    assert answer.url == f"{OFFICE}finder/?country=IT"
    assert [each.place for each in Shortlist.objects.get(hub=hub).candidates.all()] == [place]


def test_adding_leads_back_to_the_finder_and_nowhere_else(browser, shortlist):
    place = PlaceFactory()
    answer = browser.post(
        f"{OFFICE}shortlists/add/",
        {"place": place.public_id, "shortlist": shortlist.pk, "query": "//evil.example.org"},
    )
    assert answer.url == f"{OFFICE}finder/?//evil.example.org"


@pytest.mark.parametrize("asked", ["0", "x", "9" * 30, "-1", "²"])
def test_a_list_that_is_not_the_office_s_is_not_there(browser, shortlist, asked):
    place = PlaceFactory()
    sent = {"place": place.public_id, "shortlist": asked}
    assert browser.post(f"{OFFICE}shortlists/add/", sent).status_code == 404


def test_the_list_of_another_office_cannot_be_touched(browser, editor):
    foreign = actions.create_shortlist(by=editor, hub=HubFactory(), name="Foreign")
    stranger = candidate(foreign, editor)
    sent = {"place": PlaceFactory().public_id, "shortlist": foreign.pk}
    answers = [
        browser.post(f"{OFFICE}shortlists/add/", sent),
        browser.get(f"{OFFICE}shortlists/{foreign.pk}/"),
        browser.get(f"{OFFICE}shortlists/{foreign.pk}.csv"),
        browser.post(f"{OFFICE}shortlists/{foreign.pk}/delete/"),
        browser.post(f"{OFFICE}candidates/{stranger.pk}/remove/"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 5


def test_a_note_is_kept(browser, editor, shortlist):
    each = candidate(shortlist, editor)
    browser.post(f"{OFFICE}candidates/{each.pk}/note/", {f"{each.pk}-note": "Ask the choir"})
    assert Candidate.objects.get().note == "Ask the choir"
    assert "Ask the choir" in browser.get(f"{OFFICE}shortlists/{shortlist.pk}/").content.decode()


def test_a_candidate_taken_off_can_be_put_back_with_its_note(browser, editor, shortlist):
    each = candidate(shortlist, editor, name="Colle")
    actions.note_candidate(by=editor, candidate=each, note="Ask the choir")
    page = f"{OFFICE}shortlists/{shortlist.pk}/"
    text = browser.post(f"{OFFICE}candidates/{each.pk}/remove/", follow=True).content.decode()
    assert "Colle is no longer on the list" in text
    assert "Colle is back on the list" in browser.post(f"{page}undo/", follow=True).content.decode()
    assert Candidate.objects.get().note == "Ask the choir"
    browser.post(f"{page}undo/")
    assert Candidate.objects.count() == 1


def test_lists_are_renamed_and_deleted_after_a_question(browser, shortlist):
    page = f"{OFFICE}shortlists/{shortlist.pk}/"
    browser.post(f"{page}rename/", {"name": "Poland and Czechia"})
    assert Shortlist.objects.get().name == "Poland and Czechia"
    assert "Delete the list" in browser.get(f"{page}delete/").content.decode()
    browser.post(f"{page}delete/")
    assert Shortlist.objects.count() == 0


def test_a_list_can_be_taken_along_as_a_table(browser, editor, shortlist):
    each = candidate(shortlist, editor, name="Colle")
    actions.note_candidate(by=editor, candidate=each, note="=HYPERLINK()")
    answer = browser.get(f"{OFFICE}shortlists/{shortlist.pk}.csv")
    [row] = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    assert (row["place"], row["note"]) == ("Colle", "'=HYPERLINK()")


def test_empty_lists_say_what_to_do(browser, shortlist):
    assert "Nobody is on this list yet" in browser.get(f"{OFFICE}shortlists/{shortlist.pk}/").content.decode()
    shortlist.delete()
    assert "No shortlist yet" in browser.get(f"{OFFICE}shortlists/").content.decode()


def test_a_list_costs_the_same_with_one_and_with_three(
    browser, editor, shortlist, django_assert_max_num_queries
):
    candidate(shortlist, editor)
    page = f"{OFFICE}shortlists/{shortlist.pk}/"
    with django_assert_max_num_queries(11) as one:
        browser.get(page)
    candidate(shortlist, editor), candidate(shortlist, editor)
    with django_assert_max_num_queries(11) as three:
        browser.get(page)
    assert len(three) == len(one)
