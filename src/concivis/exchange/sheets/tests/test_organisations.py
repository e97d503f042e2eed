import pytest

from concivis.directory.actions import change_organisation, facts_of
from concivis.directory.enums import OrganisationKind
from concivis.directory.factories import organisation, tie
from concivis.directory.models import Organisation
from concivis.exchange.sheets import actions, writing
from concivis.exchange.sheets.tests.scene import ORGANISATIONS, applied, csv_of, only, reasons, staged, states
from concivis.vocabulary.models import Term

pytestmark = pytest.mark.django_db(databases="__all__")

LIST = csv_of(
    "Verein;Art;Ort;Sprachen;Beschreibung;Webseite;Diaspora",
    "Chorverein Hamm e.V.;Verein;Hamm, Deutschland;Deutsch, Türkisch;Wir singen.;chor.example.org;ja",
)


def bring(hub, content, **more):
    return applied(hub, content, ORGANISATIONS, **more)


def test_a_row_becomes_an_organisation(hub, atlas):
    sheet = bring(hub, LIST)
    assert (states(sheet), reasons(sheet)) == (["new"], [])
    made = Organisation.objects.get()
    facts = facts_of(made)
    assert (facts.name, facts.kind, facts.place) == (
        "Chorverein Hamm e.V.",
        OrganisationKind.ASSOCIATION,
        atlas["Hamm"],
    )
    assert (facts.spoken, facts.language, facts.is_diaspora) == (("de", "tr"), "de", True)
    assert (facts.website, made.is_published) == ("https://chor.example.org", True)


def test_the_same_name_in_the_same_town_is_the_same(hub, atlas):
    standing = organisation("Chorverein Hamm e.V.", hub=hub, place=atlas["Hamm"])
    row = only(staged(hub, LIST, ORGANISATIONS))
    assert (row.state, row.match, row.object_id) == ("changed", "name", standing.public_id)


def test_nearly_the_same_name_is_found_and_may_be_added_nevertheless(hub, atlas):
    organisation("Chorverein Hamm", hub=hub, place=atlas["Hamm"])
    sheet = staged(hub, LIST, ORGANISATIONS)
    assert only(sheet).match == "similar"
    actions.choose(by=None, sheet=sheet, choices={2: "add"})
    actions.apply(by=None, sheet=sheet)
    assert Organisation.objects.count() == 2


def test_what_merely_looks_alike_is_new_and_said(hub, atlas):
    organisation("Chorverein Hamm West", hub=hub, place=atlas["Dijon"])
    row = only(staged(hub, csv_of("name,town", 'Chorverein Hamm West,"Hamm, Germany"'), ORGANISATIONS))
    assert (row.state, [note.code for note in row.said]) == ("new", ["looks_like"])


def test_a_rule_of_the_directory_that_is_broken_is_said_before_anything_counts(hub):
    sheet = staged(hub, csv_of("name,register_number", "Choir,VR 17"), ORGANISATIONS)
    assert (states(sheet), reasons(sheet)) == (["rejected"], ["Say in which register the number stands."])


def test_undo_takes_back_what_nobody_has_used(hub):
    sheet = bring(hub, csv_of("name,description", "Choir,We sing", "Dance,We dance", "Theatre,We play"))
    tie(Organisation.objects.get(name="Choir"))
    dance = Organisation.objects.get(name="Dance")
    from dataclasses import replace

    change_organisation(by=None, organisation=dance, facts=replace(facts_of(dance), description="We do"))
    undone = actions.undo(by=None, sheet=sheet)
    assert sorted(Organisation.objects.values_list("name", flat=True)) == ["Choir", "Dance"]
    assert (undone.counts["taken_back"], undone.counts["kept"]) == (1, 2)


def test_undo_puts_back_what_was_overwritten(hub, atlas):
    standing = organisation(
        "Chorverein Hamm e.V.", hub=hub, place=atlas["Hamm"], description="Old", language="de"
    )
    before = facts_of(standing)
    actions.undo(by=None, sheet=bring(hub, LIST))
    standing.refresh_from_db()
    assert facts_of(standing) == before


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_what_is_exported_comes_in_again_unchanged(hub, atlas, words, extension):
    from concivis.directory.actions import NameFacts
    from concivis.directory.enums import NameUse

    organisation(
        "Chorverein; Hamm | e.V.",
        hub=hub,
        place=atlas["Hamm"],
        other_names=(
            NameFacts(name="Hamm Choir", language="en", use=NameUse.LANGUAGE),
            NameFacts(name="CVH", use=NameUse.SHORT),
            NameFacts(name="Old choir", language="en", use=NameUse.FORMER),
        ),
        address="Street 1\n59065 Hamm",
        email="info@example.org",
        phone="+49 2381 0",
        terms=frozenset(Term.objects.filter(position__lt=3).values_list("pk", flat=True)),
        spoken=("tr", "de"),
        language="de",
        description="=1+1\n\n- two",
        website="https://example.org/",
        links=("https://example.org/b", "https://example.org/a"),
        needs=("room", "volunteers"),
    )
    organisation("Consulate", hub=hub, kind=OrganisationKind.CONSULATE, represents="FR", is_published=False)
    sheet = staged(hub, b"".join(writing.export(ORGANISATIONS, hub, extension)), ORGANISATIONS)
    assert [(row.state, row.before, reasons(sheet)) for row in sheet.rows.all()] == [
        ("unchanged", {}, [])
    ] * 2
