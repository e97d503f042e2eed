"""The demo's files are facts: complete, sourced, and loadable again and again."""

import pytest

from concivis.codesign.models import Process
from concivis.demo.facts import offices
from concivis.demo.load import MissingPlaceError, load_demo
from concivis.directory.models import Organisation
from concivis.hubs.models import Hub
from concivis.hubs.record import data_version
from concivis.initiatives.models import Initiative
from concivis.places.factories import CountryFactory, PlaceFactory
from concivis.proposals.models import Proposal, Signature
from concivis.twinning.models import Activity, Journey, Partnership
from concivis.vocabulary.actions import load_vocabulary

OFFICES = list(offices())


@pytest.fixture
def gazetteer(db):
    """The places that the demo names, as the gazetteer has them."""
    load_vocabulary()
    CountryFactory(code="JP")
    ids = {office.hub["place"] for office in OFFICES}
    ids |= {facts["partner"] for office in OFFICES for facts in office.partnerships}
    for public_id in sorted(ids):
        if public_id.startswith("gn"):
            PlaceFactory(public_id=public_id)
    for code in ("GH", "FR", "GB", "MX", "PL", "TR", "PS", "MZ"):
        CountryFactory(code=code)
    PlaceFactory(public_id="gn2294877", country_id="GH")


def dated_sources(facts) -> list[str]:
    return [dated["source"] for dated in [*facts["milestones"], *facts.get("activities", [])]]


def test_there_are_five_offices():
    assert [office.hub["slug"] for office in OFFICES] == [
        "duesseldorf",
        "halle",
        "hamm",
        "keighley",
        "reggio-emilia",
    ]


@pytest.mark.parametrize("office", OFFICES, ids=lambda office: office.hub["slug"])
def test_every_partnership_names_a_source(office):
    for facts in office.partnerships:
        cited = [*facts["evidence"], *dated_sources(facts)]
        assert cited, facts["name"]
        assert set(cited) <= set(office.sources)


@pytest.mark.parametrize("office", OFFICES, ids=lambda office: office.hub["slug"])
def test_no_source_is_idle(office):
    cited = {key for facts in office.partnerships for key in facts["evidence"]}
    cited |= {source for facts in office.partnerships for source in dated_sources(facts)}
    assert set(office.sources) == cited


def test_loading_marks_every_office_as_an_example(gazetteer):
    outcome = load_demo()
    assert outcome.offices == Hub.objects.filter(is_example=True, is_published=True).count() == 5
    assert outcome.partnerships == Partnership.objects.count()


def test_loading_again_changes_nothing(gazetteer):
    load_demo()
    version = data_version()
    load_demo()
    assert data_version() == version


def test_what_the_partners_did_is_in_the_log(gazetteer):
    load_demo()
    assert Activity.objects.filter(source__isnull=False, is_public=True).count() == 5
    assert set(Activity.objects.values_list("kind", flat=True)) == {
        "citizens_visit",
        "official_visit",
        "school_exchange",
        "youth_exchange",
    }


def test_what_is_made_up_in_the_register_says_so_in_its_name(gazetteer):
    load_demo()
    made_up = [*Initiative.objects.filter(is_example=True), *Organisation.objects.filter(is_example=True)]
    words = ("beispiel", "esempio", "example")
    assert [str(one) for one in made_up if not any(word in str(one).lower() for word in words)] == []


def test_real_entries_of_the_register_have_no_owner_who_could_be_asked(gazetteer):
    load_demo()
    real = Initiative.objects.filter(is_example=False)
    assert real.count() == 6
    assert set(real.values_list("owner_email", flat=True)) == {""}


def test_one_initiative_waits_for_the_office(gazetteer):
    load_demo()
    assert Initiative.objects.exclude(state="published").get().hub.slug == "hamm"


def test_without_the_gazetteer_it_says_what_to_do(db):
    load_vocabulary()
    with pytest.raises(MissingPlaceError, match="Load the gazetteer first"):
        load_demo()
    assert Hub.objects.count() == 0


def test_one_partnership_of_hamm_has_walked_half_of_its_way(gazetteer):
    load_demo()
    journey = Journey.objects.get()
    assert journey.partnership.hub.slug == "hamm"
    states = list(journey.steps.values_list("state", flat=True))
    assert (states.count("done"), states.count("open")) == (3, 7)
    assert [objective.state for objective in journey.partnership.objectives.all()] == ["proposed"]


def test_what_is_made_up_in_the_journey_says_so(gazetteer):
    load_demo()
    tie = Journey.objects.get().partnership
    proofs = [proof for step in tie.journey.steps.all() for proof in step.proofs.all()]
    assert [proof.title for proof in proofs if not proof.url and "Example" not in proof.title] == []
    assert all("Example" in f"{one.text} {one.measure}" for one in tie.objectives.all())


def test_hamm_shows_proposals_on_their_way_and_one_process(gazetteer):
    load_demo()
    made = Proposal.objects.filter(hub__slug="hamm", is_example=True)
    assert sorted(made.values_list("state", flat=True)) == ["published", "realised", "rejected", "review"]
    assert all(title.startswith("Example") for title in made.values_list("title", flat=True))
    assert not Signature.objects.exists()  # nobody is made up
    realised = made.get(state="realised")
    steps = list(
        realised.happenings.filter(is_public=True).order_by("at", "pk").values_list("event", flat=True)
    )
    assert steps[-6:] == ["reached", "closed", "handed_over", "answered", "measure", "ended"]
    assert Process.objects.get().is_example
