import datetime as dt

import pytest

from concivis.catalogue import actions, kinds, queries, search, sources
from concivis.catalogue.cards import CardDraft, Text
from concivis.catalogue.enums import Support
from concivis.catalogue.models import Card
from concivis.hubs import hooks
from concivis.hubs.factories import HubFactory
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories as twinning
from concivis.vocabulary.factories import TermFactory

pytestmark = pytest.mark.django_db


def draft(public_id="c1", **facts) -> CardDraft:
    facts.setdefault("texts", {"de": Text(title="Schulpartnerschaft", summary="Mit Ghana")})
    return CardDraft(kind="test", public_id=public_id, path=f"/test/{public_id}/", language="de", **facts)


def titles(text: str, **selection) -> list[str]:
    return [card.texts.all()[0].title for card in search.page_of(search.find(text, selection), 1, 20)]


def test_a_published_card_is_what_the_room_said():
    place = PlaceFactory()
    wanted = draft(
        state="active", places=frozenset({place.pk}), countries=frozenset({place.country_id}), weight=2.5
    )
    actions.publish(wanted)
    assert list(queries.stored_drafts()) == [wanted]


def test_a_card_keeps_what_a_thing_needs_and_offers_and_how_it_is_carried_out():
    youth = TermFactory(scheme__code="target-group")
    wanted = draft(
        format="festival",
        languages=frozenset({"uk", "de"}),
        needs=frozenset({Support.ROOM, Support.MONEY}),
        offers=frozenset({Support.TRANSLATION}),
        picture="/pictures/p1.jpg",
        terms=frozenset({youth.pk}),
    )
    actions.publish(wanted)
    assert list(queries.stored_drafts()) == [wanted]
    assert Card.objects.get().languages == ["de", "uk"]


def test_every_kind_of_card_has_its_words():
    assert set(kinds.registered()) == set(sources.registered())


def test_publishing_again_replaces_the_card_and_its_texts():
    actions.publish(draft())
    changed = draft(texts={"fr": Text(title="Partenariat scolaire")}, from_date=dt.date(2001, 1, 1))
    actions.publish(changed)
    assert list(queries.stored_drafts()) == [changed]
    assert search.find("Schulpartnerschaft").total == 0


def test_a_withdrawn_card_is_gone_from_search():
    actions.publish(draft())
    assert actions.withdraw("test", ["c1", "never-there"]) == 1
    assert search.find("Schulpartnerschaft").total == 0


def test_a_public_hub_has_a_card_and_a_private_one_has_none():
    HubFactory(name="Office of Keighley", is_published=True)
    HubFactory(name="Office of Toul", is_published=False)
    actions.rebuild()
    assert titles("office", kind=["hub"]) == ["Office of Keighley"]


def test_rebuilding_gives_the_same_table_as_the_actions_did():
    hub = HubFactory(is_published=True)
    twinning.partnership(hub.place, PlaceFactory(), hub=hub, signed="1963-05")
    twinning.partnership()
    twinning.partnership(state="drafted")
    actions.rebuild()
    from_actions = sorted(queries.stored_drafts(), key=lambda d: (d.kind, d.public_id))
    Card.objects.all().delete()
    outcome = actions.rebuild()
    assert sorted(queries.stored_drafts(), key=lambda d: (d.kind, d.public_id)) == from_actions
    assert (outcome.published, outcome.withdrawn) == (3, 0)


def test_rebuilding_takes_away_what_no_room_publishes_any_more():
    twinning.partnership()
    Card.objects.filter(kind="partnership").update(public_id="orphan")
    assert actions.rebuild().withdrawn == 1


def test_what_a_private_hub_publishes_by_mistake_is_withdrawn():
    hub = HubFactory(is_published=True)
    actions.publish(draft(hub=hub.pk))
    hub.is_published = False
    hub.save()
    assert actions.publish_many([draft(hub=hub.pk), draft("c2")]) == 1
    assert list(Card.objects.values_list("public_id", flat=True)) == ["c2"]


def test_a_hub_that_goes_private_takes_all_its_cards_with_it():
    hub = HubFactory(is_published=True)
    actions.publish_many([draft(hub=hub.pk), draft("c2")])
    hub.is_published = False
    hub.save()
    hooks.hub_changed(hub)
    assert list(Card.objects.values_list("public_id", flat=True)) == ["c2"]


@pytest.mark.parametrize("number", [1, 3])
def test_publishing_many_costs_the_same_statements(number, django_assert_num_queries):
    place = PlaceFactory()
    with django_assert_num_queries(12):
        actions.publish_many([draft(f"c{n}", places=frozenset({place.pk})) for n in range(number)])
