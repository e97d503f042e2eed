"""What a city's organisations state of their ties to towns, in the finder and on a partnership's card."""

import pytest
from django.core.exceptions import ValidationError

from concivis.catalogue.models import Card
from concivis.directory import actions
from concivis.directory.enums import TieUnit
from concivis.directory.factories import organisation, tie
from concivis.hubs.factories import HubFactory
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories, finding
from concivis.twinning.finding import Asked
from concivis.twinning.matching import Kind
from concivis.twinning.tests.finder_scene import fitted_towns

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path
    monkeypatch.setattr(finding, "country_ties", dict)


@pytest.fixture
def world():
    return fitted_towns()


def test_families_from_a_town_lift_it_and_the_page_says_so(client, world):
    ahorn, erba = world["Ahorn"], world["Erba"]
    before = {one.id: one.score for one in finding.ranked(ahorn, Asked())}
    tie(organisation(hub=HubFactory(place=ahorn)), erba, number=40, unit=TieUnit.FAMILIES)
    after = {one.id: one for one in finding.ranked(ahorn, Asked())}
    (said,) = [each for each in after[erba.pk].reasons if each.kind == Kind.RESIDENTS]
    assert after[erba.pk].score == pytest.approx(before[erba.pk] + said.contribution)
    page = client.get(f"/en/places/{ahorn.public_id}/{ahorn.slug}/finder/").content.decode()
    assert "40 families from Erba live in Ahorn, as an organisation there states" in page


def test_what_is_not_public_is_not_told(world):
    ahorn, erba = world["Ahorn"], world["Erba"]
    tie(organisation(hub=HubFactory(place=ahorn, is_published=False)), erba)
    tie(organisation(hub=HubFactory(place=ahorn), is_published=False), erba)
    found = finding.ranked(ahorn, Asked())
    assert not [each for one in found for each in one.reasons if each.kind == Kind.RESIDENTS]


def test_a_merge_moves_who_acts_for_a_side_and_its_card():
    hub = HubFactory()
    one, other = organisation("Erste", hub=hub), organisation("Zweite", hub=hub)
    link = factories.partnership(hub.place, PlaceFactory(), hub=hub)
    link.sides.filter(place=hub.place).update(organisation=other)
    merge = actions.merge_organisations(by=None, survivor=one, absorbed=other)

    def named() -> str:
        return Card.objects.get(kind="partnership", public_id=link.public_id).organisations[0]["name"]

    assert (link.sides.get(place=hub.place).organisation, named()) == (one, "Erste")
    actions.undo_merge(by=None, merge=merge)
    assert (link.sides.get(place=hub.place).organisation, named()) == (other, "Zweite")


def test_an_organisation_that_a_partnership_names_is_not_deleted():
    hub = HubFactory()
    one = organisation(hub=hub)
    factories.partnership(hub.place, PlaceFactory(), hub=hub).sides.update(organisation=one)
    with pytest.raises(ValidationError, match="still named"):
        actions.remove_organisation(by=None, organisation=one)


def test_the_page_of_an_organisation_shows_the_partnership_it_acts_for(client):
    hub = HubFactory()
    one = organisation(hub=hub)
    link = factories.partnership(hub.place, PlaceFactory(), hub=hub, is_published=True)
    link.sides.update(organisation=one)
    assert f"/partnerships/{link.public_id}/" in client.get(one.get_absolute_url()).content.decode()
