"""What an initiative is, and how it is written."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from concivis.catalogue import actions as catalogue
from concivis.catalogue.enums import Support
from concivis.catalogue.models import Card, CardText
from concivis.directory.factories import organisation
from concivis.hubs.actions import unpublish_hub
from concivis.hubs.factories import HubFactory
from concivis.hubs.models import RecordLine
from concivis.initiatives import actions, cards, factories
from concivis.initiatives.actions import Budget, Contact, Development, Involved
from concivis.initiatives.enums import OrganisationRole, ReviewState
from concivis.initiatives.models import Initiative
from concivis.places.factories import CountryFactory, PlaceFactory
from concivis.vocabulary.factories import TermFactory

pytestmark = pytest.mark.django_db


def card(initiative: Initiative) -> Card:
    return Card.objects.get(kind=cards.KIND, public_id=initiative.public_id)


def edit(initiative: Initiative, **changes: object) -> Initiative:
    facts = replace(actions.facts_of(initiative), **changes)  # type: ignore[arg-type]
    return actions.edit_initiative(by=None, initiative=initiative, facts=facts, revision=initiative.revision)


def test_what_was_said_is_kept() -> None:
    said = factories.facts(
        "Schools of two towns",
        started="1998",
        ended="2004-05",
        languages=("de", "tr"),
        countries=(CountryFactory(code="TR").pk,),
        places=(PlaceFactory(country__code="TR"),),
        terms=(TermFactory(),),
        needs={Support.ROOM: "A room for thirty."},
        offers={Support.VOLUNTEERS: ""},
        involved=(Involved(name="Friends of two towns"),),
        links=(actions.Address(url="https://example.org/", title="Our page"),),
        development=Development(dac_code="43030"),
    )
    made = actions.record_initiative(by=None, hub=HubFactory(), facts=said)
    assert actions.facts_of(made) == said


def test_a_new_entry_waits_for_the_office() -> None:
    made = factories.initiative(published=False)
    assert (made.state, Card.objects.count()) == (ReviewState.SUBMITTED, 0)


def test_a_public_entry_has_a_card() -> None:
    place = PlaceFactory(country__code="MX")
    shown = factories.initiative(
        "Friends of the sea", places=(place,), needs={Support.MONEY: ""}, started="2020"
    )
    found = card(shown)
    assert (found.state, found.format, found.needs) == ("running", "project", ["money"])
    assert [country.pk for country in found.countries.all()] == ["MX"]
    assert found.last_confirmed == shown.last_confirmed


def test_a_card_has_a_text_for_each_language() -> None:
    shown = factories.initiative("Friends")
    actions.translate(by=None, initiative=shown, language="de", title="Freunde")
    assert {text.language: text.title for text in card(shown).texts.all()} == {
        "en": "Friends",
        "de": "Freunde",
    }


def test_a_card_names_only_public_organisations() -> None:
    hub = HubFactory()
    shown, hidden = organisation("Shown", hub=hub), organisation("Hidden", hub=hub, is_published=False)
    made = factories.initiative(
        hub=hub, involved=(Involved(organisation=shown), Involved(organisation=hidden))
    )
    assert [each["name"] for each in card(made).organisations] == ["Shown"]


def test_the_rebuild_gives_the_same_card() -> None:
    shown = factories.initiative(places=(PlaceFactory(),))
    before = card(shown)
    catalogue.rebuild()
    after = card(shown)
    assert (before.pk, before.path, before.state) == (after.pk, after.path, after.state)


def test_what_a_private_hub_keeps_has_no_card() -> None:
    shown = factories.initiative()
    unpublish_hub(by=None, hub=shown.hub)
    assert not Card.objects.filter(kind=cards.KIND).exists()


def test_a_card_tells_nothing_of_the_owner() -> None:
    shown = factories.initiative()
    told = str(list(CardText.objects.values())) + str(Card.objects.values().get(pk=card(shown).pk))
    assert "owner" not in told.lower()


def test_the_record_tells_nothing_of_the_owner() -> None:
    factories.initiative()
    assert not [line for line in RecordLine.objects.all() if "owner@" in str(line.details)]


def test_who_saves_late_overwrites_nothing() -> None:
    made = factories.initiative()
    edit(made, title="First")
    with pytest.raises(actions.EditConflict):
        edit(made, title="Second")
    assert Initiative.objects.get().title == "First"


def test_a_changed_text_makes_its_translations_outdated() -> None:
    made = factories.initiative("Friends")
    row = actions.translate(by=None, initiative=made, language="de", title="Freunde")
    made.refresh_from_db()
    changed = edit(made, title="Friends of the sea")
    assert row.state_against(changed.text_revision) == "outdated"


def test_another_change_leaves_translations_as_they_are() -> None:
    made = factories.initiative("Friends")
    row = actions.translate(by=None, initiative=made, language="de", title="Freunde")
    made.refresh_from_db()
    changed = edit(made, languages=("de",))
    assert row.state_against(changed.text_revision) == "human"


def test_no_translation_into_its_own_language() -> None:
    with pytest.raises(ValidationError):
        actions.translate(by=None, initiative=factories.initiative(), language="en", title="Again")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"language": "gibberish"}, "language"),
        ({"languages": ("xx-yy-zz",)}, "languages"),
        ({"countries": ("QQ",)}, "countries"),
        ({"started": "2004", "ended": "1998"}, "ended"),
        ({"links": (actions.Address(url="javascript:alert(1)"),)}, "links"),
        ({"related": (("partnership", "nothing"),)}, "related"),
        ({"development": Development(dac_code="4303")}, "dac_code"),
        ({"contact": Contact(email="a@example.org", public=frozenset({"email"}))}, "consent_on"),
        ({"summary": "x" * 601}, "summary"),
        ({"countries": ("DE",) * 31}, "countries"),
    ],
)
def test_what_cannot_be_is_refused(said: dict[str, object], field: str) -> None:
    title = str(said.pop("title", "A title"))
    facts = replace(factories.facts(**said), title=title)
    with pytest.raises(ValidationError) as refusal:
        actions.record_initiative(by=None, hub=HubFactory(), facts=facts)
    assert list(refusal.value.message_dict) == [field]


def test_a_budget_line_is_for_at_most_a_year() -> None:
    from datetime import date

    line = Budget(starts_on=date(2024, 1, 1), ends_on=date(2025, 6, 1), amount=Decimal(100))
    with pytest.raises(ValidationError):
        factories.initiative(development=Development(budget=(line,)))


def test_an_organisation_of_another_office_is_not_taken() -> None:
    with pytest.raises(ValidationError):
        factories.initiative(involved=(Involved(organisation=organisation()),))


def test_the_same_organisation_stands_once_in_a_role() -> None:
    hub = HubFactory()
    one = organisation(hub=hub)
    twice = (
        Involved(organisation=one),
        Involved(organisation=one),
        Involved(organisation=one, role=OrganisationRole.FUNDER),
    )
    assert factories.initiative(hub=hub, involved=twice).involvements.count() == 2


def test_the_database_refuses_contact_data_without_consent() -> None:
    made = factories.initiative()
    with pytest.raises(IntegrityError):
        Initiative.objects.filter(pk=made.pk).update(contact_email_public=True)


def test_the_database_refuses_a_refusal_without_reason() -> None:
    made = factories.initiative(published=False)
    with pytest.raises(IntegrityError):
        Initiative.objects.filter(pk=made.pk).update(state="declined")
