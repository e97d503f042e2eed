import datetime as dt
import json

import pytest
from django.urls import reverse
from lxml import etree

from concivis.exchange.iati import codes, gathering
from concivis.exchange.iati.checking import missing
from concivis.exchange.iati.tests.ruleset import broken
from concivis.exchange.iati.tests.scene import OWN, publishing, wells
from concivis.initiatives.actions import Development
from concivis.shell.dates import PartialDate
from concivis.vocabulary.actions import load_vocabulary

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub():
    return publishing()


def fetch(client, name="iati_activities"):
    response = client.get(reverse(f"exchange:{name}", args=["hamm"]))
    assert response.status_code == 200
    return etree.fromstring(response.content)


def schema(published, name):
    return etree.XMLSchema(etree.parse(published / "schemas" / name))


def record(initiative):
    found = gathering.marked(initiative.hub).get(pk=initiative.pk)
    return gathering.activity(found, gathering.publisher_of(initiative.hub))


def test_the_file_of_activities_is_valid_by_the_schema_and_the_ruleset(client, hub, published):
    load_vocabulary()
    wells(hub)
    wells_of_one_country = wells_again(hub)
    root = fetch(client)
    valid = schema(published, "iati-activities-schema.xsd")
    assert valid.validate(root), valid.error_log
    assert broken(root, published / "rules" / "standard.json") == []
    assert len(root) == 2 and wells_of_one_country.public_id in root[1].findtext("iati-identifier")


def wells_again(hub):
    from concivis.initiatives.actions import Involved
    from concivis.initiatives.factories import initiative

    return initiative(
        "Another one",
        hub=hub,
        summary="Told in a sentence.",
        started="2030",
        stage="planned",
        countries=("GH",),
        involved=(Involved(name="Somebody"),),
        development=Development(dac_code="11220"),
    )


def test_the_file_of_organisations_is_valid_by_the_schema_and_the_ruleset(client, hub, published):
    root = fetch(client, "iati_organisations")
    valid = schema(published, "iati-organisations-schema.xsd")
    assert valid.validate(root), valid.error_log
    assert broken(root, published / "rules" / "standard.json") == []
    assert root.findtext(".//organisation-identifier") == OWN


def test_texts_stand_in_every_language_that_people_translated(client, hub):
    wells(hub)
    titles = fetch(client).findall(".//title/narrative")[:2]
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [(each.get(lang), each.text) for each in titles] == [
        (None, "Brunnen für Tamale"),
        ("en", "Wells for Tamale"),
    ]


def test_only_what_a_person_agreed_to_is_written(client, hub):
    wells(hub)
    contact = fetch(client).find(".//contact-info")
    assert contact.findtext("person-name/narrative") == "Example Person"
    assert contact.find("email") is None and contact.find("telephone") is None


def test_themes_and_goals_are_tags(client, hub):
    load_vocabulary()
    wells(hub)
    tags = {(tag.get("vocabulary"), tag.get("code")) for tag in fetch(client).iter("tag")}
    assert tags == {("2", "6"), ("99", "theme:water-and-sanitation")}


def test_what_is_not_public_or_not_complete_is_left_out(client, hub):
    wells(hub, published=False)
    incomplete = wells_again(hub)
    incomplete.involvements.all().delete()
    assert len(fetch(client)) == 0


def test_a_city_that_does_not_publish_has_no_file(client):
    assert client.get(reverse("exchange:iati_activities", args=["nowhere"])).status_code == 404


def test_the_file_asks_for_the_same_number_of_queries_whatever_it_holds(
    client, hub, django_assert_max_num_queries
):
    wells(hub)
    for _number in range(2):
        wells_again(hub)
    with django_assert_max_num_queries(17):
        fetch(client)


def test_each_thing_that_lacks_is_named(hub):
    today = dt.date(2026, 11, 28)
    whole = wells(hub)
    assert missing(record(whole), today) == []
    bare = wells_again(hub)
    bare.dac_code, bare.summary, bare.started, bare.started_precision = "", "", None, ""
    bare.save()
    bare.countries.clear()
    bare.involvements.all().delete()
    assert len(missing(record(bare), today)) == 5


def test_several_countries_need_their_shares(hub):
    several = wells(hub, countries=("GH", "TG"))
    assert "percent" in " ".join(missing(record(several), dt.date(2026, 11, 28)))


def test_a_year_is_not_made_a_day(hub):
    said = wells(hub)
    [begun] = gathering.dates(said, dt.date(2026, 11, 28))
    assert (begun.type, begun.date, begun.said) == ("2", dt.date(2019, 1, 1), "2019")


def test_what_lies_ahead_is_planned(hub):
    said = wells(hub)
    said.ended, said.ended_precision = dt.date(2028, 5, 1), "month"
    until = gathering.dates(said, dt.date(2026, 11, 28))[1]
    assert (until.type, until.date, until.said) == ("3", dt.date(2028, 5, 31), "2028-05")
    assert gathering.last_day(PartialDate.parse("2028")) == dt.date(2028, 12, 31)


def test_every_proposed_purpose_is_in_the_code_list_under_its_name(published):
    path = published / "codelists" / "Sector.xml"
    names = {
        each.findtext("code"): " ".join(each.findtext("name/narrative").split())
        for each in etree.parse(path).iter("codelist-item")
    }
    assert {code: names[code] for code in codes.purposes()} == codes.purposes()


def test_every_theme_that_proposes_a_purpose_is_known():
    load_vocabulary()
    from concivis.vocabulary.models import Term

    known = set(Term.objects.filter(scheme="theme").values_list("code", flat=True))
    assert set(codes.purpose_of_theme()) <= known
    assert json.dumps(codes.purpose_of_theme())
