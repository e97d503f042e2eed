"""The radar in the register: who already does this is said while somebody writes, and below an entry."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from concivis.catalogue import actions as catalogue
from concivis.directory.factories import organisation
from concivis.hubs.factories import HubFactory
from concivis.initiatives.factories import initiative
from concivis.initiatives.hooks import Written
from concivis.initiatives.models import Initiative
from concivis.introductions import beside, index, queries
from concivis.places.factories import CountryFactory, PlaceFactory
from concivis.places.models import Country
from concivis.proposals import cards
from concivis.proposals.factories import ProposalFactory
from concivis.proposals.models import Proposal
from concivis.vocabulary.factories import SchemeFactory, TermFactory

pytestmark = pytest.mark.django_db
QUERIES = (
    14  # what changed, the card (5), its towns, what was dismissed, what was learnt, the cards found (5)
)
LOOK = "/en/hubs/hamm/initiatives/new/look"
WRITTEN = {"title": "Schulpartnerschaft mit Ghana", "countries": "Ghana", "language": "de"}


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    cache.clear()
    index.kept.forget()


@pytest.fixture
def ghana() -> Country:
    return CountryFactory(code="GH")


def schools(ghana: Country, title: str = "School partnership with Ghana", slug: str = "reggio") -> Initiative:
    hub = HubFactory(slug=slug)
    return initiative(title, hub=hub, countries=("GH",), summary="Two schools write letters to each other.")


def look(client: Client) -> str:
    return client.post(LOOK, WRITTEN).content.decode()


def test_who_writes_is_told_that_another_hub_already_does_this_in_another_language(
    client: Client, ghana: Country
) -> None:
    HubFactory(slug="hamm")
    made = schools(ghana)
    index.build()
    page = look(client)
    assert "Others already do this" in page
    assert f'href="/en/initiatives/{made.public_id}/"' in page
    assert "Both concern Ghana." in page


def test_before_the_first_index_nobody_is_told_of_others(client: Client, ghana: Country) -> None:
    HubFactory(slug="hamm")
    schools(ghana)
    assert "Others already do this" not in look(client)


def test_what_was_published_after_the_index_was_built_is_found(client: Client, ghana: Country) -> None:
    HubFactory(slug="hamm")
    initiative("A choir", countries=("GH",))
    index.build()
    look(client)
    schools(ghana)
    assert "School partnership with Ghana" in look(client)


def test_what_is_no_longer_public_is_not_found(client: Client, ghana: Country) -> None:
    HubFactory(slug="hamm")
    made = schools(ghana)
    index.build()
    catalogue.withdraw("initiative", {made.public_id})
    assert made.public_id not in look(client)


def test_what_is_not_published_is_never_in_the_index(ghana: Country) -> None:
    initiative("School partnership with Ghana", countries=("GH",), published=False)
    assert index.build() == 0


def test_an_entry_is_never_alike_to_itself(ghana: Country) -> None:
    made = schools(ghana)
    index.build()
    assert queries.findings_for_card("initiative", made.public_id) == []


def test_a_public_entry_names_others_like_it(client: Client, ghana: Country) -> None:
    made = schools(ghana)
    schools(ghana, "Schulpartnerschaft mit Ghana", "hamm")
    index.build()
    page = client.get(f"/en/initiatives/{made.public_id}/").content.decode()
    assert "Others who do something alike" in page
    assert "Schulpartnerschaft mit Ghana" in page


def test_beside_a_proposal_stand_those_about_the_same_and_not_all_of_the_city(client: Client) -> None:
    hamm = PlaceFactory(name="Hamm")
    hub = HubFactory(slug="hamm", place=hamm)
    bench, same, other = (
        ProposalFactory(hub=hub, place=hamm, title=title, summary=summary)
        for title, summary in (
            ("Benches on the market square", "Set benches under the trees on the market square."),
            ("More benches for the market square", "Set ten benches on the market square, in the shade."),
            ("A choir festival with our twin towns", "Invite choirs to sing together."),
        )
    )
    parks = TermFactory(scheme=SchemeFactory(code="theme"), code="environment")
    for each in (bench, same):
        each.terms.add(parks)
    cards.refresh(Proposal.objects.values_list("pk", flat=True))
    index.build()
    page = client.get(bench.get_absolute_url()).content.decode()
    assert same.title in page
    assert other.title not in page
    assert "0 km" not in page


@pytest.mark.parametrize("others", [1, 3])
def test_findings_cost_the_same_queries_however_many(
    ghana: Country, others: int, django_assert_num_queries: object
) -> None:
    made = schools(ghana)
    for number in range(others):
        schools(ghana, f"Schulpartnerschaft mit Ghana {number}", f"hub-{number}")
    index.build()
    queries.findings_for_card("initiative", made.public_id)
    with django_assert_num_queries(QUERIES):  # type: ignore[operator]
        assert len(queries.findings_for_card("initiative", made.public_id)) == others


def test_the_index_is_built_again_only_where_cards_changed(ghana: Country) -> None:
    index.ensure_built()
    assert not index.folder().exists()
    schools(ghana)
    index.ensure_built()
    assert index.current() is not None


def test_the_command_says_how_many_entries_the_radar_knows(
    ghana: Country, capsys: pytest.CaptureFixture[str]
) -> None:
    schools(ghana)
    call_command("build_radar")
    assert "Entries in the radar: 1." in capsys.readouterr().out


def test_organisations_stand_in_the_index_too(ghana: Country) -> None:
    organisation("Example Forum for Ghana")
    assert index.build() == 1


def test_a_form_without_a_language_is_read_all_the_same(client: Client, ghana: Country) -> None:
    HubFactory(slug="hamm")
    schools(ghana)
    index.build()
    assert "Others already do this" in client.post(LOOK, {**WRITTEN, "language": ""}).content.decode()


def test_boxes_that_the_text_speaks_for_are_proposed_until_they_are_ticked(ghana: Country) -> None:
    scheme = SchemeFactory(code="target-group")
    pupils = TermFactory(scheme=scheme, code="pupils", texts={"en": "Pupils"})
    title = "Schüleraustausch für Schülerinnen und Schüler"
    written = Written(hub=HubFactory(), title=title, language="de")
    assert beside.Proposal("target_groups:pupils", "Pupils") in beside.proposals(written)
    assert beside.proposals(replace(written, terms=(pupils,))) == []
