import pytest
from django.core.exceptions import ValidationError

from concivis.catalogue.models import Card
from concivis.directory import actions, hooks, queries
from concivis.directory.actions import NameFacts
from concivis.directory.factories import organisation, person, tie
from concivis.directory.hooks import Reference
from concivis.directory.models import Organisation
from concivis.hubs.factories import HubFactory
from concivis.places.factories import PlaceFactory
from concivis.twinning.factories import partnership

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub():
    return HubFactory()


@pytest.fixture
def pair(hub):
    return organisation("Freunde Togos e.V.", hub=hub), organisation("Togo-Freunde", hub=hub)


def merge(survivor, absorbed):
    return actions.merge_organisations(by=None, survivor=survivor, absorbed=absorbed)


def undo(made):
    return actions.undo_merge(by=None, merge=made)


def everything(hub):
    """What can be read of a hub's directory: an undo must give exactly the same."""
    return [
        (
            actions.facts_of(each),
            each.merged_into_id,
            sorted(each.ties.values_list()),
            sorted(each.keys.values_list("key")),
        )
        for each in Organisation.objects.filter(hub=hub).order_by("pk")
    ]


def test_the_old_address_leads_to_the_survivor(pair):
    survivor, absorbed = pair
    merge(survivor, absorbed)
    assert queries.by_public_id(absorbed.public_id) == survivor


def test_a_chain_of_merges_is_followed(hub, pair):
    survivor, absorbed = pair
    last = organisation("Verein Dritter", hub=hub)
    merge(survivor, absorbed)
    merge(last, survivor)
    assert queries.by_public_id(absorbed.public_id) == last


def test_ties_people_and_names_move_and_the_old_name_is_kept(pair):
    survivor, absorbed = pair
    tie(absorbed)
    person(absorbed)
    merge(survivor, absorbed)
    assert (survivor.ties.count(), survivor.roles.count()) == (1, 1)
    assert survivor.other_names.get().name == "Togo-Freunde"
    assert queries.named(queries.in_hub(survivor.hub), "Togo-Freunde").get() == survivor


def test_what_the_survivor_lacks_it_takes_over_and_nothing_else(hub):
    survivor = organisation("A", hub=hub, website="https://a.example")
    absorbed = organisation("B", hub=hub, website="https://b.example", email="info@b.example")
    merge(survivor, absorbed)
    survivor.refresh_from_db()
    assert (survivor.website, survivor.email) == ("https://a.example", "info@b.example")


def test_an_undo_restores_exactly(hub):
    town = PlaceFactory(country__code="TG")
    survivor = organisation("Freunde Togos", hub=hub, spoken=("fr", "de"))
    absorbed = organisation(
        "Togo-Freunde", hub=hub, place=town, website="https://b.example", spoken=("fr", "ee"),
        other_names=(NameFacts(name="Amis du Togo", language="fr"),), language="de", description="Wir.",
    )  # fmt: skip
    tie(survivor, town)
    tie(absorbed, town, note="the same tie")
    tie(absorbed, PlaceFactory(country__code="GH"))
    before = everything(hub)
    made = merge(survivor, absorbed)
    assert everything(hub) != before
    undo(made)
    assert everything(hub) == before


def test_the_same_name_with_and_without_a_town_can_be_merged_and_parted(hub):
    survivor = organisation("Freunde Togos", hub=hub)
    absorbed = organisation("Freunde Togos", hub=hub, place=hub.place)
    made = merge(survivor, absorbed)
    survivor.refresh_from_db()
    assert survivor.place == hub.place
    undo(made)
    survivor.refresh_from_db()
    assert survivor.place is None


def test_what_was_changed_since_stays_after_an_undo(hub):
    survivor = organisation("A", hub=hub)
    made = merge(survivor, organisation("B", hub=hub, email="info@b.example"))
    Organisation.objects.filter(pk=survivor.pk).update(email="new@a.example")
    undo(made)
    survivor.refresh_from_db()
    assert survivor.email == "new@a.example"


def test_a_partnership_names_the_survivor_and_after_an_undo_the_first_again(hub, pair, monkeypatch):
    survivor, absorbed = pair
    monkeypatch.setattr(hooks, "references", [Reference("twinning.Side", "organisation")])
    side = partnership(hub.place, PlaceFactory(), hub=hub).sides.first()
    side.organisation = absorbed
    side.save()
    made = merge(survivor, absorbed)
    side.refresh_from_db()
    assert side.organisation == survivor
    undo(made)
    side.refresh_from_db()
    assert side.organisation == absorbed


def test_a_row_that_may_not_stand_twice_is_put_back_by_the_undo(pair, monkeypatch):
    survivor, absorbed = pair
    monkeypatch.setattr("concivis.directory.actions.merging.OWN", [])
    monkeypatch.setattr(hooks, "references", [Reference("directory.Tie", "organisation")])
    town = PlaceFactory(country__code="TG")
    tie(survivor, town)
    doubled = tie(absorbed, town)
    made = merge(survivor, absorbed)
    assert not type(doubled).objects.filter(pk=doubled.pk).exists()
    undo(made)
    assert absorbed.ties.get() == doubled


def test_two_offices_entries_are_not_merged(pair):
    with pytest.raises(ValidationError, match="same office"):
        merge(pair[0], organisation("Togo-Freunde"))


def test_nothing_is_merged_twice_into_itself_or_undone_twice(pair):
    survivor, absorbed = pair
    with pytest.raises(ValidationError, match="two different"):
        merge(survivor, survivor)
    made = merge(survivor, absorbed)
    with pytest.raises(ValidationError, match="already"):
        merge(survivor, absorbed)
    undo(made)
    with pytest.raises(ValidationError, match="already"):
        undo(made)


def test_a_merge_of_the_survivor_is_undone_first(hub, pair):
    made = merge(*pair)
    merge(organisation("Dritte", hub=hub), pair[0])
    with pytest.raises(ValidationError, match="first"):
        undo(made)


def test_an_entry_made_anew_meanwhile_stands_against_the_undo(hub, pair):
    made = merge(*pair)
    organisation("Togo-Freunde", hub=hub)
    with pytest.raises(ValidationError, match="anew"):
        undo(made)


def test_the_absorbed_has_no_card_until_the_undo(pair):
    def cards():
        return set(Card.objects.filter(kind="organisation").values_list("public_id", flat=True))

    made = merge(*pair)
    assert cards() == {pair[0].public_id}
    undo(made)
    assert cards() == {each.public_id for each in pair}


def test_recording_a_name_that_was_merged_gives_the_survivor(hub, pair):
    merge(*pair)
    found = actions.record_organisation(by=None, hub=hub, kind="association", name="Togo-Freunde")
    assert (found, found.name) == (pair[0], "Freunde Togos e.V.")


def test_a_merged_entry_cannot_be_changed(pair):
    merge(*pair)
    with pytest.raises(ValidationError, match="merged"):
        actions.show_organisation(by=None, organisation=pair[1], shown=False)
