import json

import pytest

from concivis.accounts.factories import UserFactory
from concivis.directory import actions
from concivis.directory.factories import organisation, person, tie
from concivis.directory.models import Organisation
from concivis.hubs.factories import HubFactory
from concivis.hubs.tokens import issue_token
from concivis.places.factories import PlaceFactory

pytestmark = pytest.mark.django_db(databases="__all__")

ALL = "/api/v1/organisations"
OWN = "/api/v1/hub/organisations"


@pytest.fixture
def hub():
    return HubFactory()


@pytest.fixture
def ask(client, hub):
    def asked(method, path, sent=None, *, scopes=("directory:read", "directory:write")):
        _token, key = issue_token(by=UserFactory(), hub=hub, name="Website", scopes=scopes, expires_on=None)
        return client.generic(
            method, path, json.dumps(sent) if sent is not None else "", content_type="application/json",
            headers={"Authorization": f"Bearer {key}"},
        )  # fmt: skip

    return asked


def test_everybody_reads_public_organisations_with_their_ties(client, hub):
    made = organisation("Freunde Ghanas", hub=hub, address="Weg 1")
    tie(made, PlaceFactory(country__code="GH"))
    organisation("Geheim", hub=hub, is_published=False)
    (row,) = client.get(ALL).json()["results"]
    assert (row["name"], row["ties"][0]["country"], row["address"]) == ("Freunde Ghanas", "GH", "")


def test_they_are_filtered_as_on_the_page(client, hub):
    tie(organisation(hub=hub), PlaceFactory(country__code="GH"))
    assert client.get(ALL, {"country": "GH"}).json()["count"] == 1
    assert client.get(ALL, {"country": "TG"}).json()["count"] == 0
    assert client.get(ALL, {"country": "Ghana"}).status_code == 422


def test_an_old_id_gives_the_surviving_entry(client, hub):
    one, old = organisation(hub=hub), organisation(hub=hub)
    actions.merge_organisations(by=None, survivor=one, absorbed=old)
    assert client.get(f"{ALL}/{old.public_id}").json()["id"] == one.public_id
    assert client.get(f"{ALL}/nobody").status_code == 404


def test_people_are_not_in_it(client, hub):
    made = organisation(hub=hub)
    person(made, "Erika Beispiel", public=("name",))
    assert "Beispiel" not in client.get(f"{ALL}/{made.public_id}").content.decode()


def test_a_token_without_the_scope_opens_nothing(client, ask):
    assert client.get(OWN).status_code == 401
    assert ask("GET", OWN, scopes=("finder:read",)).status_code == 403
    assert ask("POST", OWN, {"name": "A", "kind": "school"}, scopes=("directory:read",)).status_code == 403


def test_the_office_reads_what_is_not_public_and_nothing_of_others(ask, hub):
    organisation("Geheim", hub=hub, is_published=False)
    other = organisation("Fremd")
    assert [row["name"] for row in ask("GET", OWN).json()["results"]] == ["Geheim"]
    assert ask("GET", f"{OWN}/{other.public_id}").status_code == 404


def test_what_may_be_there_already_is_proposed_before_one_is_made(ask, hub):
    organisation("Freunde Togos e.V.", hub=hub)
    sent = {"name": "Verein Freunde Togos", "kind": "association"}
    refused = ask("POST", OWN, sent)
    assert (refused.status_code, refused.json()["similar"][0]["reasons"]) == (409, ["same_name"])
    made = ask("POST", OWN, {**sent, "none_of_those": True})
    assert (made.status_code, made.json()["is_published"]) == (201, False)
    assert ask("GET", f"{OWN}/similar?name=Freunde+Togos").json()[0]["confidence"] > 0.8


def test_an_entry_is_changed_confirmed_and_tied(ask, hub):
    town = PlaceFactory(country__code="GH")
    made = organisation("Alt", hub=hub, links=("https://a.example/x",))
    at = f"{OWN}/{made.public_id}"
    changed = ask("PUT", at, {"name": "Neu", "kind": "school", "needs": ["money"], "spoken": ["de"]})
    assert (changed.json()["name"], changed.json()["needs"]) == ("Neu", ["money"])
    made.refresh_from_db()
    assert made.links.count() == 1  # what is not asked for stays
    tied = ask(
        "POST", f"{at}/ties", {"kind": "origin", "place": town.public_id, "number": 40, "unit": "families"}
    )
    (row,) = tied.json()["ties"]
    assert (row["country"], row["number"]) == ("GH", 40)
    assert ask("DELETE", f"{at}/ties/{row['id']}").json()["ties"] == []
    Organisation.objects.update(last_confirmed=None)
    assert ask("POST", f"{at}/confirmation").json()["last_confirmed"] is not None


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "…"},
        {"kind": "club"},
        {"place": "gn1"},
        {"terms": ["music"]},
        {"website": "javascript:alert(1)"},
        {"description": "text without its language"},
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(ask, wrong):
    response = ask("POST", OWN, {"name": "Verein Test", "kind": "association", **wrong})
    assert (response.status_code, Organisation.objects.count()) == (422, 0)
