import datetime as dt

import pytest
from django.utils import translation

from concivis.catalogue.models import Card
from concivis.directory.factories import organisation
from concivis.exchange.enums import BatchState
from concivis.exchange.errors import UnreadyBatch
from concivis.exchange.sheets import actions, writing
from concivis.exchange.sheets.kinds import entries
from concivis.exchange.sheets.tests.scene import (
    INITIATIVES,
    applied,
    csv_of,
    only,
    reasons,
    sent,
    staged,
    states,
    xlsx_of,
)
from concivis.hubs.factories import HubFactory
from concivis.initiatives.actions import edit_initiative, facts_of
from concivis.initiatives.enums import OrganisationRole, ReviewState
from concivis.initiatives.factories import initiative
from concivis.initiatives.models import Initiative
from concivis.vocabulary.models import Term

pytestmark = pytest.mark.django_db(databases="__all__")

CHOIR = csv_of("title,summary,countries,towns", "Choir,We sing,France,Dijon")


def test_a_row_becomes_a_public_initiative(hub, words):
    sheet = applied(
        hub,
        csv_of(
            "Titel;Beschreibung;Länder;Orte;Themen;Zielgruppen;Seit;Sprachen;Träger;Bedarf",
            "Chor der Städte;Wir singen.;Frankreich, Spanien;Dijon, Frankreich;Musik;Jugendliche;5.2019;"
            "Deutsch, Französisch;Chorverein Hamm e.V.;Raum",
        ),
    )
    assert (states(sheet), reasons(sheet)) == (["new"], [])
    made = Initiative.objects.get()
    facts = facts_of(made)
    assert (made.title, made.summary, made.language) == ("Chor der Städte", "Wir singen.", "de")
    assert facts.countries == ("ES", "FR")
    assert [place.name for place in facts.places] == ["Dijon"]
    assert {term.code for term in facts.terms} >= {"music"}
    assert facts.started and facts.started.iso == "2019-05"
    assert facts.languages == ("de", "fr")
    assert [(each.name, each.role) for each in facts.involved] == [
        ("Chorverein Hamm e.V.", OrganisationRole.LEAD)
    ]
    assert made.state == ReviewState.PUBLISHED
    assert Card.objects.get(kind="initiative").public_id == made.public_id


def test_the_office_may_look_first(hub):
    applied(hub, CHOIR, publishes=False)
    assert Initiative.objects.get().state == ReviewState.SUBMITTED
    assert not Card.objects.filter(kind="initiative").exists()


def test_what_is_there_already_is_found_by_its_title_and_compared_field_by_field(hub):
    standing = initiative("Choir", hub=hub, summary="We sang")
    row = only(staged(hub, CHOIR))
    assert (row.state, row.match, row.object_id) == ("changed", "name", standing.public_id)
    assert row.before == {"summary": "We sang", "countries": [], "towns": []}


def test_the_same_title_of_another_organisation_is_another_initiative(hub):
    turner = organisation("Turnverein", hub=hub)
    initiative("Choir", hub=hub, involved=(_lead(turner),))
    row = only(staged(hub, csv_of("title,lead", "Choir,Gesangverein")))
    assert row.state == "new"


def test_an_empty_cell_changes_nothing_and_a_hyphen_empties(hub):
    standing = initiative("Choir", hub=hub, summary="We sing", story="Long ago")
    applied(hub, csv_of("title,summary,story", "Choir,,-"))
    standing.refresh_from_db()
    assert (standing.summary, standing.story) == ("We sing", "")


def test_an_organisation_of_the_directory_is_named_by_its_name(hub):
    choir = organisation("Chorverein Hamm e.V.", hub=hub)
    applied(hub, csv_of("title,lead", "Choir,chorverein hamm"))
    assert [each.organisation for each in facts_of(Initiative.objects.get()).involved] == [choir]


def test_a_contact_without_consent_is_left_out_and_that_is_said(hub):
    sheet = applied(
        hub, csv_of("title,contact_name,contact_email", "Choir,Example Person,person@example.org")
    )
    made = Initiative.objects.get()
    assert (made.contact_name, made.contact_email) == ("", "")
    assert "contact was left out" in reasons(sheet)[0]


def test_of_a_contact_just_what_the_person_agreed_to_is_taken(hub):
    applied(
        hub,
        csv_of(
            "title,contact_name,contact_email,consent_for,consent_on,consent_how",
            "Choir,Example Person,person@example.org,name,31.5.2026,by mail",
        ),
    )
    made = Initiative.objects.get()
    assert (made.contact_name, made.contact_name_public, made.contact_email) == ("Example Person", True, "")
    assert made.consent_on == dt.date(2026, 5, 31)


def test_an_entry_is_found_again_by_the_number_in_the_list(hub):
    applied(hub, csv_of("Nr,title", "17,Choir"))
    row = only(staged(hub, csv_of("Nr,title", "17,Choir of the towns")))
    assert (row.state, row.match, row.before) == ("changed", "external", {"title": "Choir"})


def test_a_number_of_another_hub_is_as_unknown_as_any(hub):
    elsewhere = initiative("Secret", hub=HubFactory())
    sheet = staged(hub, csv_of("id,title", f"{elsewhere.public_id},Choir"))
    assert states(sheet) == ["rejected"]
    assert "Secret" not in reasons(sheet)[0]


def test_rows_can_be_left_out_or_added_in_spite_of_the_rule(hub):
    initiative("Choir", hub=hub)
    sheet = staged(hub, csv_of("title,summary", "Choir,Another one", "Dance,We dance", "Theatre,We play"))
    assert actions.choose(by=None, sheet=sheet, choices={2: "add", 3: "leave", 4: "overwrite"}) == 2
    actions.apply(by=None, sheet=sheet)
    assert sorted(Initiative.objects.values_list("title", flat=True)) == ["Choir", "Choir", "Theatre"]


def test_the_rule_may_leave_alone_what_is_there(hub):
    standing = initiative("Choir", hub=hub, summary="We sang")
    sheet = staged(hub, CHOIR)
    actions.decide(by=None, sheet=sheet, rule="leave", publishes=False)
    actions.apply(by=None, sheet=sheet)
    standing.refresh_from_db()
    assert standing.summary == "We sang"


# --- twice, meanwhile --------------------------------------------------------------------------------------


def test_applying_twice_changes_nothing(hub):
    sheet = applied(hub, CHOIR)
    with pytest.raises(UnreadyBatch):
        actions.apply(by=None, sheet=sheet)
    assert Initiative.objects.count() == 1


def test_the_same_table_sent_twice_adds_nothing_twice(hub):
    first, second = staged(hub, CHOIR), staged(hub, CHOIR)
    actions.apply(by=None, sheet=first)
    actions.apply(by=None, sheet=second)
    assert Initiative.objects.count() == 1
    assert only(second).done == "leave"


def test_what_somebody_changed_after_the_comparison_is_not_overwritten(hub):
    standing = initiative("Choir", hub=hub, summary="We sang")
    sheet = staged(hub, CHOIR)
    _edit(standing, summary="We sing every day")
    actions.apply(by=None, sheet=sheet)
    standing.refresh_from_db()
    assert standing.summary == "We sing every day"
    assert "changed after this import was read" in reasons(sheet)[0]


# --- undo --------------------------------------------------------------------------------------------------


def test_undo_takes_back_what_was_added_and_restores_what_was_overwritten(hub):
    standing = initiative("Choir", hub=hub, summary="We sang")
    sheet = applied(hub, csv_of("title,summary", "Choir,We sing", "Dance,We dance"))
    undone = actions.undo(by=None, sheet=sheet)
    standing.refresh_from_db()
    assert standing.summary == "We sang"
    assert list(Initiative.objects.all()) == [standing]
    assert undone.counts["taken_back"] == 2
    assert Card.objects.filter(kind="initiative").count() == 1


def test_undo_keeps_what_was_changed_since_and_says_so(hub):
    sheet = applied(hub, csv_of("title,story", "Choir,", "Dance,"))
    _edit(Initiative.objects.get(title="Choir"), summary="Now with a summary")
    undone = actions.undo(by=None, sheet=sheet)
    assert [each.title for each in Initiative.objects.all()] == ["Choir"]
    assert undone.counts == {"rows": {"new": 2}, "added": 2, "overwritten": 0, "taken_back": 1, "kept": 1}
    assert reasons(sheet) == ["Not taken back: the entry was changed since."]


def test_undo_twice_is_refused(hub):
    sheet = actions.undo(by=None, sheet=applied(hub, CHOIR))
    with pytest.raises(UnreadyBatch):
        actions.undo(by=None, sheet=sheet)
    assert sheet.state == BatchState.UNDONE


# --- the round trip ----------------------------------------------------------------------------------------


def full(hub, atlas):
    choir = organisation("Chorverein Hamm e.V.", hub=hub)
    return initiative(
        "Choir, of the towns; and more",
        hub=hub,
        language="de",
        summary="=SUM(A1) is no formula;+49 either",
        story="First line\n\n- one;=two\n- **three**",
        started="2019-05",
        ended="2026",
        countries=("FR", "ES"),
        places=(atlas["Dijon"], atlas["Keene"]),
        terms=tuple(Term.objects.filter(position__lt=7)),
        languages=("de", "fr", "uk"),
        involved=(_lead(choir), _named("Friends, of Dijon", OrganisationRole.PARTNER)),
        needs={"volunteers": "two, for Saturdays", "room": ""},
        offers={"contacts": ""},
        contact=_contact(),
        links=(_address("https://example.org/a;b", "Our page; really"), _address("https://example.org/c")),
        development=_development(),
    )


@pytest.mark.parametrize("language", ["en", "de", "it", "ro", "fr"])
@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_what_is_exported_comes_in_again_unchanged(hub, atlas, words, language, extension):
    with translation.override(language):
        full(hub, atlas)
        initiative("Another", hub=hub, published=False)
        content = b"".join(writing.export(INITIATIVES, hub, extension))
        sheet = staged(hub, content)
    assert [(row.state, row.before, reasons(sheet)) for row in sheet.rows.all()] == [
        ("unchanged", {}, [])
    ] * 2


def test_every_field_is_exported(hub, atlas, words):
    full(hub, atlas)
    here = entries(INITIATIVES, hub)
    (line,) = writing.lines(here)
    missing = {each.name for each in here.fields if not each.only_new} - {
        name for name, text in line.items() if text
    }
    assert missing == {"external_id", "funders", "supporters", "contact_email"}  # the last is not public


# --- columns -----------------------------------------------------------------------------------------------


def test_what_the_columns_mean_is_remembered_by_the_hub(hub):
    sheet = sent(hub, csv_of("Was,Warum", "Choir,We sing"))
    actions.remap(by=None, sheet=sheet, mapping={"title": 0, "summary": 1})
    assert sent(hub, csv_of("Warum,Was", "We sing,Choir")).mapping == {"title": 1, "summary": 0}
    assert sent(HubFactory(), csv_of("Was,Warum", "Choir,We sing")).mapping == {}


def test_a_spreadsheet_is_read_as_a_person_sees_it(hub):
    content = xlsx_of(
        ["title", "started", "ended", "development"], ["Choir", 2019, dt.date(2026, 5, 31), True]
    )
    applied(hub, content)
    made = Initiative.objects.get()
    assert (made.since.iso, made.until.iso, made.is_development) == ("2019", "2026-05-31", True)


def _edit(standing, **said):
    from dataclasses import replace

    standing.refresh_from_db()
    edit_initiative(
        by=None, initiative=standing, facts=replace(facts_of(standing), **said), revision=standing.revision
    )


def _lead(organisation):
    from concivis.initiatives.actions import Involved

    return Involved(organisation=organisation)


def _named(name, role):
    from concivis.initiatives.actions import Involved

    return Involved(name=name, role=role)


def _contact():
    from concivis.initiatives.actions import Contact

    return Contact(
        name="Example Person",
        email="person@example.org",
        phone="+49 2381 0",
        public=frozenset({"name", "phone"}),
        consent_on=dt.date(2026, 5, 31),
        consent_how="by mail",
    )


def _address(url, title=""):
    from concivis.initiatives.actions import Address

    return Address(url=url, title=title)


def _development():
    from decimal import Decimal

    from concivis.initiatives.actions import Budget, Development

    line = Budget(starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 12, 31), amount=Decimal("5000.50"))
    return Development(dac_code="43030", budget=(line,))
