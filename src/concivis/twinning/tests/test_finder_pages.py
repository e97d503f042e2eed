import re

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import translation
from django_tasks import default_task_backend

from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.testing import assert_permission_table, people_around
from concivis.places.factories import CountryFactory, PlaceFactory
from concivis.twinning import explaining_matches as explaining
from concivis.twinning import factories, finding, queries, tasks
from concivis.twinning.actions import profiles
from concivis.twinning.actions.finder import ensure_fitted, fit_finder
from concivis.twinning.finding import Asked
from concivis.twinning.matching import Kind, Reason, SharedPartners
from concivis.twinning.public import finder as public_finder
from concivis.twinning.tests.finder_scene import fitted_towns, towns
from concivis.twinning.tests.test_profiles import draft
from concivis.vocabulary.factories import TermFactory

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path
    cache.clear()  # who asked how often
    monkeypatch.setattr(finding, "country_ties", dict)  # what the public lists say: see test_few_links


@pytest.fixture
def world():
    return fitted_towns()


def page(client, place, query="", kind="finder/") -> str:
    answer = client.get(f"/en/places/{place.public_id}/{place.slug}/{kind}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def names(text: str) -> list[str]:
    return re.findall(r'<h2 id="c\w+"><a href="[^"]+">([^<]+)</a>', text)


# --- fitting -----------------------------------------------------------------------------------------------


def test_the_finder_is_fitted_from_the_public_links_and_says_from_how_many(world):
    stored = queries.snapshot(finding.SCOPE).figures
    assert (stored["places"], stored["links"]) == (5, 3)


def test_a_finder_of_the_present_links_is_not_fitted_again(world):
    before = queries.snapshot(finding.SCOPE).computed_at
    assert ensure_fitted().computed_at == before
    factories.partnership(world["Ahorn"], world["Erba"])
    assert ensure_fitted().computed_at > before


def test_a_finder_whose_folder_was_lost_is_fitted_again(world, settings, tmp_path):
    before = queries.snapshot(finding.SCOPE).computed_at
    settings.DATA = tmp_path / "elsewhere"
    assert ensure_fitted().computed_at > before


def test_changed_partnerships_ask_for_a_finder_after_the_figures(world):
    default_task_backend.clear()
    tasks.refresh_figures.func()
    assert [job.task.name for job in default_task_backend.results] == ["fit_finder"]


def test_the_operator_can_fit_it(capsys):
    towns()
    call_command("fit_finder")
    assert "The partner finder knows 5 places and 3 links" in capsys.readouterr().out


def test_an_installation_without_a_place_has_a_finder_without_one(client):
    fit_finder()
    assert queries.snapshot(finding.SCOPE).figures["places"] == 0


# --- the list ----------------------------------------------------------------------------------------------


def test_partners_and_the_place_itself_are_no_candidates(client, world):
    assert set(names(page(client, world["Ahorn"]))) == {"Birke", "Dorno", "Erba"}


def test_a_partnership_made_since_the_finder_was_fitted_is_no_candidate_either(client, world):
    factories.partnership(world["Ahorn"], world["Erba"])
    assert set(names(page(client, world["Ahorn"]))) == {"Birke", "Dorno"}


def test_each_candidate_has_reasons_in_sentences(client, world):
    text = page(client, world["Ahorn"])
    for sentence in (
        "Dorno is about as large as Ahorn: 22,000 and 20,000 people",
        "Erba is larger than Ahorn: 400,000 and 20,000 people",
        "3 partnerships join the two countries, Germany and Italy",
    ):
        assert sentence in text


def test_the_page_says_from_how_few_links_the_ties_are_read(client, world):
    text = page(client, world["Ahorn"])
    assert "reads the ties from 3 partnerships known here" in text
    assert "These are few" in text


def test_the_shares_of_all_reasons_add_up_to_one(world):
    found = finding.ranked(world["Ahorn"], Asked())
    words = explaining.words_for(found)
    for candidate in found:
        whole = sum(abs(reason.contribution) for reason in candidate.reasons)
        for told in explaining.explained(candidate, "Ahorn", words):
            true = next(abs(each.contribution) for each in candidate.reasons if each.kind == told.kind)
            assert told.share == pytest.approx(true / whole)


def test_a_place_without_links_position_and_size_gets_a_list_and_is_told_what_is_missing(client):
    towns()
    nowhere = PlaceFactory(name="Nowhere", latitude=None, longitude=None, population=None)
    fit_finder()
    text = page(client, nowhere)
    assert len(names(text)) == 5
    assert "Where Nowhere lies is not known here" in text
    assert "How many people live in Nowhere is not known here" in text


def test_a_place_that_came_after_the_finder_was_fitted_is_asked_for_as_a_stranger(client, world):
    young = PlaceFactory(name="Young", country=CountryFactory(code="DE"), latitude=None, longitude=None)
    assert len(names(page(client, young))) == 5


def test_a_place_deleted_since_is_left_out(client, world):
    world["Erba"].names.all().delete()
    world["Erba"].delete()
    assert set(names(page(client, world["Ahorn"]))) == {"Birke", "Dorno"}


def test_while_no_finder_is_there_the_page_says_what_to_do(client):
    text = page(client, towns()["Ahorn"])
    assert "The partner finder is being prepared" in text
    assert "manage fit_finder" in text


def test_a_finder_of_another_version_counts_as_none(client, world):
    (finding.folder() / "finder.json").write_text('{"version": 0}')
    assert "being prepared" in page(client, world["Ahorn"])


# --- filters -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?country=IT", {"Dorno", "Erba"}),
        ("?where=home", {"Birke"}),
        ("?where=abroad", {"Dorno", "Erba"}),
        ("?max_km=100", {"Birke"}),
        ("?min_km=100", {"Dorno", "Erba"}),
        ("?min_population=23000&max_population=30000", {"Birke"}),
        ("?country=FR", set()),
        ("?looking=on", set()),
    ],
)
def test_the_list_is_filtered(client, world, query, expected):
    assert set(names(page(client, world["Ahorn"], query))) == expected


def test_only_those_that_look_for_a_partner(client, world):
    profiles.publish_profile(by=None, hub=HubFactory(place=world["Erba"]), draft=draft())
    text = page(client, world["Ahorn"], "?looking=on")
    assert names(text) == ["Erba"]
    assert "looks for a partner" in text


def test_a_wanted_field_lifts_those_that_offer_it(client, world):
    music = TermFactory(code="music", texts={"en": "Music"})
    before = {each.id: each.score for each in finding.ranked(world["Ahorn"], Asked())}
    profiles.publish_profile(by=None, hub=HubFactory(place=world["Erba"]), draft=draft(fields=(music,)))
    after = {each.id: each.score for each in finding.ranked(world["Ahorn"], Asked(fields=("music",)))}
    assert {pk for pk in before if after[pk] > before[pk]} == {world["Erba"].pk}
    text = page(client, world["Ahorn"], "?fields_wanted=music")
    assert "Erba works on 100% of the fields you want" in text


@pytest.mark.parametrize(
    "query",
    [
        "?country=XX", "?min_km=-5", "?max_km=1e9", "?min_km=" + "9" * 400, "?where=moon", "?page=9999", "?page=x",
        "?fields_wanted=%27%20OR", "?min_population=0x10", "?country=%F0%9F%98%80", "?looking=no&country=",
    ],
)  # fmt: skip
def test_hostile_filters_break_nothing(client, world, query):
    page(client, world["Ahorn"], query)


def test_limits_the_wrong_way_round_are_told(client, world):
    assert "Exchange the two" in page(client, world["Ahorn"], "?min_km=500&max_km=100")


def test_the_list_costs_the_same_with_one_and_with_three(client, world, django_assert_num_queries):
    page(client, world["Ahorn"], "?where=home"), page(client, world["Ahorn"])
    with django_assert_num_queries(8):
        assert len(names(page(client, world["Ahorn"], "?where=home"))) == 1
    with django_assert_num_queries(8):
        assert len(names(page(client, world["Ahorn"]))) == 3


# --- side by side ------------------------------------------------------------------------------------------


def test_three_candidates_stand_side_by_side(client, world):
    chosen = "&".join(f"with={world[name].public_id}" for name in ("Dorno", "Erba", "Birke"))
    text = page(client, world["Ahorn"], f"?{chosen}", "finder/compare/")
    assert re.findall(r'<th scope="col"><a href="[^"]+">([^<]+)</a>', text) == ["Dorno", "Erba", "Birke"]
    for line in ("People", "Distance", "Partners on record", "Looks for a partner", "The two countries"):
        assert f'<th scope="row">{line}</th>' in text


@pytest.mark.parametrize(
    "query", ["", "?with=", "?with=gn1", "?with=%00a", "?with=" + "a" * 500, "?with=../.."]
)
def test_comparing_nothing_says_how_to_choose(client, world, query):
    answer = client.get(f"/en/places/{world['Ahorn'].public_id}/ahorn/finder/compare/{query}")
    assert answer.status_code == 200
    assert "Nothing to compare yet" in answer.content.decode()


def test_of_four_the_first_three_are_compared(client, world):
    extra = PlaceFactory(name="Extra")
    chosen = "&".join(f"with={place.public_id}" for place in [*list(world.values())[1:4], extra])
    text = page(client, world["Ahorn"], f"?{chosen}", "finder/compare/")
    assert "these are the first three" in text
    assert "Extra" not in text


# --- words -------------------------------------------------------------------------------------------------


def test_every_kind_of_reason_has_a_label_and_a_sentence():
    assert set(explaining.SENTENCES) == set(explaining.LABELS) == set(Kind)


def test_more_shared_partners_than_fit_are_counted():
    words = explaining.Words({1: "A", 2: "B", 3: "C", 4: "D", 5: "E", 9: "Other"}, {})
    reason = Reason(Kind.SHARED_PARTNERS, 1.0, SharedPartners((1, 2, 3, 4, 5)))
    told = explaining.sentence(reason, {"own": "Own", "other": "Other"}, words)
    assert told == "Own and Other share 5 partners: A, B, C and 2 more"


def test_the_sentences_are_in_the_reader_s_language(world):
    found = finding.ranked(world["Ahorn"], Asked(country="IT"))
    words = explaining.words_for(found)
    with translation.override("de"):
        told = [each.sentence for one in found for each in explaining.explained(one, "Ahorn", words)]
    assert any("Deutschland" in sentence and "Italien" in sentence for sentence in told)


def test_how_the_finder_works_is_explained_with_what_was_measured(client, monkeypatch, world):
    rates = {"with_links": {"hit@20": 0.25, "hit@100": 0.5}, "without_links": {"hit@20": 0.1, "hit@100": 0.2}}
    monkeypatch.setattr(finding, "measured", lambda: rates)
    text = client.get("/en/finder/").content.decode()
    assert "25% among the first 20, 50% among the first 100" in text
    assert "it reads the ties from 3 partnerships" in text


def test_without_a_measurement_nothing_is_said_of_how_often_it_is_right(client, monkeypatch):
    monkeypatch.setattr(finding, "measured", lambda: None)
    text = client.get("/en/finder/").content.decode()
    assert ("What counts" in text, "How often it is right" in text) == (True, False)


# --- the office --------------------------------------------------------------------------------------------


def test_the_office_s_list_marks_places_it_is_in_touch_with(client, world):
    hub = HubFactory(slug="ahorn", place=world["Ahorn"])
    enquiry = factories.partnership(
        world["Ahorn"], world["Erba"], hub=hub, kind="contact", state="enquiry", is_published=False
    )
    client.force_login(MembershipFactory(hub=hub, role="editor").user)
    text = client.get("/en/office/ahorn/finder/").content.decode()
    assert "already in your office" in text
    assert f"/en/office/ahorn/partnerships/{enquiry.public_id}/" in text


def test_who_may_see_the_finder(world):
    hub = HubFactory(slug="ahorn", place=world["Ahorn"])
    everybody = "200 200 200 200 200 200 200 200"
    members = "login 404 200 200 200 200 200 404"
    public = f"/en/places/{world['Ahorn'].public_id}/ahorn"
    assert_permission_table(
        people_around(hub),
        [
            ("GET", "/en/office/ahorn/finder/", members),
            ("GET", f"/en/office/ahorn/finder/compare/?with={world['Erba'].public_id}", members),
            ("GET", f"{public}/finder/", everybody),
            ("GET", f"{public}/finder/compare/", everybody),
            ("GET", f"{public}/network/", everybody),
            ("GET", "/en/finder/", everybody),
        ],
    )


# --- ever other places ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["finder/", "finder/compare/"])
def test_a_stranger_ranks_so_many_places_an_hour(client, world, monkeypatch, kind):
    monkeypatch.setattr(public_finder, "PLACES_AN_HOUR", 1)
    first, other = world["Ahorn"], world["Erba"]
    page(client, first, kind=kind)
    refused = client.get(f"/en/places/{other.public_id}/{other.slug}/{kind}")
    assert refused.status_code == 429
    assert refused["Cache-Control"] == "no-store"
    assert "Please wait an hour" in refused.content.decode()
    page(client, first, "?page=2", kind=kind)


def test_who_has_an_account_is_not_counted(client, world, monkeypatch):
    monkeypatch.setattr(public_finder, "PLACES_AN_HOUR", 0)
    client.force_login(MembershipFactory().user)
    page(client, world["Ahorn"])
