"""The register for programs: what everybody may read, and what a token of the office may do."""

import pytest
from django.test import Client

from concivis.catalogue.enums import Support
from concivis.hubs.factories import HubFactory
from concivis.hubs.models import Hub
from concivis.hubs.scopes import Scope
from concivis.hubs.tokens import issue_token
from concivis.initiatives import actions, factories
from concivis.initiatives.models import Initiative
from concivis.places.factories import PlaceFactory

pytestmark = pytest.mark.django_db


def with_token(hub: Hub, *scopes: Scope) -> dict[str, str]:
    _token, key = issue_token(by=None, hub=hub, name="Website", scopes=[*scopes], expires_on=None)
    return {"HTTP_AUTHORIZATION": f"Bearer {key}"}


def test_the_public_reads_what_is_public(client: Client) -> None:
    shown = factories.initiative("Friends", needs={Support.ROOM: "For thirty."}, places=(PlaceFactory(),))
    factories.initiative(published=False)
    found = client.get("/api/v1/initiatives").json()
    assert (found["count"], found["results"][0]["id"]) == (1, shown.public_id)
    assert found["results"][0]["needs"] == [{"what": "room", "sentence": "For thirty."}]


def test_nothing_of_the_owner_is_read(client: Client) -> None:
    shown = factories.initiative()
    told = client.get(f"/api/v1/initiatives/{shown.public_id}").content.decode()
    assert "owner@example.org" not in told


def test_the_list_is_narrowed(client: Client) -> None:
    factories.initiative("Here", places=(PlaceFactory(country__code="MX"),))
    factories.initiative("There")
    found = client.get("/api/v1/initiatives?country=MX").json()
    assert [each["title"] for each in found["results"]] == ["Here"]


@pytest.mark.parametrize("query", ["kind=gold", "country=mexico", "page=0", "needs=sun"])
def test_a_senseless_filter_is_a_problem(client: Client, query: str) -> None:
    assert client.get(f"/api/v1/initiatives?{query}").status_code == 422


def test_a_translation_says_its_state(client: Client) -> None:
    shown = factories.initiative()
    actions.translate(by=None, initiative=shown, language="de", title="Freunde")
    Initiative.objects.update(text_revision=5)
    found = client.get(f"/api/v1/initiatives/{shown.public_id}").json()
    assert [(each["language"], each["state"]) for each in found["translations"]] == [("de", "outdated")]


def test_without_a_token_nobody_reads_the_office(client: Client) -> None:
    assert client.get("/api/v1/hub/initiatives").status_code == 401


def test_a_token_that_reads_does_not_write(client: Client) -> None:
    token = with_token(HubFactory(), Scope.INITIATIVES_READ)
    response = client.post("/api/v1/hub/initiatives", {}, content_type="application/json", **token)
    assert response.status_code == 403


def test_a_token_reads_its_own_office_alone(client: Client) -> None:
    hub = HubFactory()
    factories.initiative("Ours", hub=hub, published=False)
    other = factories.initiative("Theirs", published=False)
    token = with_token(hub, Scope.INITIATIVES_READ)
    found = client.get("/api/v1/hub/initiatives", **token).json()
    assert [each["title"] for each in found["results"]] == ["Ours"]
    assert client.get(f"/api/v1/hub/initiatives/{other.public_id}", **token).status_code == 404


def test_a_program_enters_changes_and_publishes(client: Client) -> None:
    hub = HubFactory()
    token = with_token(hub, Scope.INITIATIVES_WRITE)
    given = {
        "title": "Choir",
        "language": "en",
        "started": "1998-05",
        "needs": [{"what": "room", "sentence": ""}],
    }
    made = client.post("/api/v1/hub/initiatives", given, content_type="application/json", **token)
    assert made.status_code == 201
    address = f"/api/v1/hub/initiatives/{made.json()['id']}"
    change = {"summary": "We sing.", "revision": made.json()["revision"]}
    changed = client.patch(address, change, content_type="application/json", **token).json()
    assert (changed["summary"], changed["started"], changed["needs"][0]["what"]) == (
        "We sing.",
        "1998-05",
        "room",
    )
    moved = client.post(f"{address}/steps", {"to": "published"}, content_type="application/json", **token)
    assert moved.json()["state"] == "published"


def test_an_earlier_revision_is_a_conflict(client: Client) -> None:
    made = factories.initiative()
    token = with_token(made.hub, Scope.INITIATIVES_WRITE)
    response = client.patch(
        f"/api/v1/hub/initiatives/{made.public_id}",
        {"title": "Late", "revision": 0},
        content_type="application/json",
        **token,
    )
    assert response.status_code == 409


@pytest.mark.parametrize(
    "given",
    [{"places": ["gn0"]}, {"themes": ["nothing"]}, {"started": "soon"}, {"organisations": [{"organisation": "x"}]},
     {"countries": ["QQ"]}, {"title": " "}],
)  # fmt: skip
def test_what_cannot_be_is_a_problem(client: Client, given: dict[str, object]) -> None:
    token = with_token(HubFactory(), Scope.INITIATIVES_WRITE)
    said = {"title": "Choir", "language": "en", **given}
    assert (
        client.post("/api/v1/hub/initiatives", said, content_type="application/json", **token).status_code
        == 422
    )
