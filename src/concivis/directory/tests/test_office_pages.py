import pytest
from django.urls import reverse

from concivis.directory import actions
from concivis.directory.factories import organisation, person, tie
from concivis.directory.models import Claim, NotTheSame, Organisation, Person, Tie
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.testing import asks, assert_permission_table, people_around
from concivis.places.factories import PlaceFactory

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def hub():
    return HubFactory()


@pytest.fixture
def office(client, hub):
    client.force_login(MembershipFactory(hub=hub, role="editor").user)
    return client


def address(name, hub, *more):
    return reverse(f"directory:{name}", args=[hub.slug, *more])


def text(response) -> str:
    return response.content.decode()


def test_who_may_do_what(hub):
    one, other = organisation("Erste", hub=hub), organisation("Zweite", hub=hub)
    noted, role = tie(one), person(one)
    network = actions.join_network(by=None, member=one, network=other)
    merge = actions.merge_organisations(
        by=None, survivor=other, absorbed=organisation("Dritte im Bunde", hub=hub)
    )
    claim = Claim.objects.create(
        public_id="0123456789",
        organisation=one,
        name="Ada",
        email="a@example.org",
        language="en",
        state="open",
    )
    reads = "login 404 200 200 200 200 200 404"
    edits = "login 404 403 403 403 200 200 404"
    does = "login 404 403 403 403 302 302 404"

    def at(name, *more):
        return address(f"office_{name}", hub, *more)

    entry, second = one.public_id, other.public_id
    assert_permission_table(
        people_around(hub),
        [
            ("GET", at("organisations"), reads),
            ("GET", at("organisations_export", "csv"), reads),
            ("GET", at("organisation", entry), reads),
            ("GET", at("organisation_new"), edits),
            ("GET", at("organisation_edit", entry), edits),
            ("POST", at("organisation_confirm", entry), does),
            ("POST", at("organisation_show", entry), does, {"shown": "no"}),
            ("POST", at("organisation_delete", entry), does),
            ("GET", at("tie_new", entry), edits),
            ("GET", at("tie_change", entry, noted.pk), edits),
            ("POST", at("tie_delete", entry, noted.pk), does),
            ("GET", at("person_new", entry), edits),
            ("GET", at("person_change", entry, role.pk), edits),
            ("POST", at("person_end", entry, role.pk), does),
            ("POST", at("person_forget", entry, role.pk), does),
            ("GET", at("network_join", entry), edits),
            ("GET", at("network_leave", entry, network.pk), edits),
            ("POST", at("network_delete", entry, network.pk), does),
            ("GET", at("translate", entry), edits),
            ("GET", at("merge", entry), edits),
            ("POST", at("merge", entry), does, {"survivor": other.pk}),
            ("POST", at("merge_undo", second, merge.public_id), does),
            ("GET", at("duplicates"), edits),
            ("POST", at("not_the_same", entry, second), does),
            ("GET", at("claims"), edits),
            ("POST", at("claim_accept", claim.public_id), does),
            ("GET", at("claim_decline", claim.public_id), edits),
        ],
    )


def test_an_entry_of_another_office_is_not_there(office, hub):
    other = organisation("Fremd")
    for name in ("organisation", "organisation_edit", "merge"):
        assert office.get(address(f"office_{name}", hub, other.public_id)).status_code == 404


def test_how_to_reach_people_is_shown_to_editors_only(office, client, hub):
    made = organisation(hub=hub)
    person(made, email="p@example.org")
    assert "p@example.org" in text(office.get(address("office_organisation", hub, made.public_id)))
    client.force_login(MembershipFactory(hub=hub, role="observer").user)
    assert "p@example.org" not in text(client.get(address("office_organisation", hub, made.public_id)))


NEW = {"kind": "association", "name": "Freunde Togos", "place": "", "place_id": ""}


def test_a_new_entry_is_made_and_not_yet_public(office, hub):
    response = office.post(address("office_organisation_new", hub), NEW)
    made = Organisation.objects.get()
    assert response.headers["Location"] == address("office_organisation", hub, made.public_id)
    assert not made.is_published


def test_before_a_new_entry_is_made_those_it_may_be_are_proposed(office, hub):
    organisation("Verein der Freunde Togos e.V.", hub=hub)
    response = office.post(address("office_organisation_new", hub), NEW)
    assert "Is it one of these?" in text(response)
    assert Organisation.objects.count() == 1
    office.post(address("office_organisation_new", hub), {**NEW, "not_there": "on"})
    assert Organisation.objects.count() == 2


def test_the_same_name_in_the_same_town_is_never_made_twice(office, hub):
    organisation("Freunde Togos", hub=hub)
    response = office.post(address("office_organisation_new", hub), {**NEW, "not_there": "on"})
    assert "Open that one" in text(response)
    assert Organisation.objects.count() == 1


def test_all_of_an_entry_is_changed(office, hub):
    made = organisation("Alt", hub=hub)
    sent = {
        "kind": "foundation", "name": "Neu", "other_names": "Kurz\nFrüher", "links": "https://a.example/x",
        "needs": ["money"], "spoken": ["de", "tr"], "language": "de", "description": "Wir.", "place": "",
        "place_id": "",
    }  # fmt: skip
    assert office.post(address("office_organisation_edit", hub, made.public_id), sent).status_code == 302
    made.refresh_from_db()
    facts = actions.facts_of(made)
    assert (facts.name, facts.kind, facts.spoken, facts.needs) == (
        "Neu",
        "foundation",
        ("de", "tr"),
        ("money",),
    )
    assert [each.name for each in facts.other_names] == ["Kurz", "Früher"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"description": "Wir."}, "in which language"),
        ({"register_number": "7"}, "which register"),
        ({"links": "javascript:alert(1)"}, "valid URL"),
        ({"name": "…"}, "needs a name"),
        ({"other_names": "\n".join(map(str, range(13)))}, "At most 12"),
    ],
)
def test_what_is_wrong_is_said(office, hub, wrong, said):
    made = organisation("Alt", hub=hub)
    sent = {"kind": "association", "name": "Alt", "place": "", "place_id": "", **wrong}
    assert said in text(office.post(address("office_organisation_edit", hub, made.public_id), sent))


def test_a_tie_is_noted_changed_and_taken_out(office, hub):
    made, town = organisation(hub=hub), PlaceFactory(name="Tamale", country__code="GH")
    sent = {
        "kind": "origin",
        "place": "Tamale",
        "place_id": town.public_id,
        "number": "40",
        "unit": "families",
    }
    office.post(address("office_tie_new", hub, made.public_id), sent)
    noted = Tie.objects.get()
    assert (noted.number, noted.country_id) == (40, "GH")
    office.post(address("office_tie_change", hub, made.public_id, noted.pk), {**sent, "number": "41"})
    noted.refresh_from_db()
    assert noted.number == 41
    office.post(address("office_tie_delete", hub, made.public_id, noted.pk))
    assert not Tie.objects.exists()


def test_a_tie_without_a_country_says_so(office, hub):
    made = organisation(hub=hub)
    sent = {"kind": "origin", "place": "", "place_id": ""}
    assert "Name the country" in text(office.post(address("office_tie_new", hub, made.public_id), sent))


def test_a_person_is_noted_with_consent_and_forgotten(office, hub):
    made = organisation(hub=hub)
    sent = {"function": "Chair", "name": "Erika Beispiel", "public": ["name"]}
    assert "when and how" in text(office.post(address("office_person_new", hub, made.public_id), sent))
    office.post(
        address("office_person_new", hub, made.public_id),
        {**sent, "agreed_on": "2026-01-02", "agreed_how": "by mail"},
    )
    role = made.roles.get()
    office.post(address("office_person_forget", hub, made.public_id, role.pk))
    assert not Person.objects.exists()


def test_duplicates_are_proposed_until_the_office_says_that_they_are_two(office, hub):
    one = organisation("Freunde Togos e.V.", hub=hub)
    other = organisation("Freunde Togos Hamm", hub=hub)
    page = address("office_duplicates", hub)
    assert "Freunde Togos Hamm" in text(office.get(page))
    office.post(address("office_not_the_same", hub, one.public_id, other.public_id))
    assert NotTheSame.objects.count() == 1
    assert "No two entries look alike" in text(office.get(page))


def test_a_merge_is_done_and_undone(office, hub):
    one, other = organisation("Erste", hub=hub), organisation("Zweite", hub=hub)
    office.post(address("office_merge", hub, other.public_id), {"survivor": one.pk})
    assert office.get(address("office_organisation", hub, other.public_id)).headers["Location"] == address(
        "office_organisation", hub, one.public_id
    )
    merge = one.merges.get()
    assert "Undo the merge" in text(office.get(address("office_organisation", hub, one.public_id)))
    office.post(address("office_merge_undo", hub, one.public_id, merge.public_id))
    other.refresh_from_db()
    assert other.merged_into is None


@pytest.mark.parametrize("many", [1, 3])
def test_the_table_costs_the_same_however_long(office, hub, many):
    town = PlaceFactory(country__code="GH")
    for number in range(many):
        tie(organisation(f"Verein Nummer {number}", hub=hub, spoken=("de",)), town)
    with asks(TABLE_QUERIES):
        office.get(address("office_organisations", hub))


TABLE_QUERIES = 14


def test_an_empty_table_says_what_to_do(office, hub):
    assert "Enter your first organisation" in text(office.get(address("office_organisations", hub)))
