"""The door of the API for programs: who comes in, and what the others are told."""

from datetime import date

import pytest
from django.test import override_settings
from django.urls import path
from ninja import NinjaAPI

from concivis.hubs import api_auth, tokens
from concivis.hubs.api_auth import HubToken, TokenRefused
from concivis.hubs.factories import HubFactory
from concivis.hubs.scopes import Scope
from concivis.site import api as site_api

pytestmark = pytest.mark.django_db
HUB = "/api/v1/hub"


def key_of(hub=None, scopes=("finder:read",), **details) -> str:
    asked = {"by": None, "hub": hub or HubFactory(), "name": "site", "expires_on": None, **details}
    return tokens.issue_token(scopes=scopes, **asked)[1]


def ask(client, key, address=HUB, scheme="Bearer"):
    return client.get(address, headers={"Authorization": f"{scheme} {key}"})


def assert_problem(response, status, detail):
    assert response["Content-Type"] == "application/problem+json"
    assert (response.status_code, response.json()["detail"]) == (status, detail)
    assert "token" not in response.json()


def test_a_program_learns_whose_token_it_has(client):
    hub = HubFactory(name="Hamm", slug="hamm", is_published=False)
    key = key_of(hub, scopes=["journey:read", "finder:read"], expires_on=date(2199, 1, 31))
    response = ask(client, key)
    assert response.status_code == 200
    assert response.json() == {
        "id": hub.public_id,
        "address": "hamm",
        "name": "Hamm",
        "place": hub.place.public_id,
        "language": "en",
        "timezone": "Europe/Berlin",
        "url": "http://localhost:8000/en/hubs/hamm/",
        "is_published": False,
        "token": {"name": "site", "scopes": ["journey:read", "finder:read"], "expires_on": "2199-01-31"},
    }


def test_the_last_day_of_use_is_kept(client, time_machine):
    time_machine.move_to("2026-06-30T12:00:00Z", tick=False)
    key = key_of()
    ask(client, key)
    assert tokens.find(key).last_used_on == date(2026, 6, 30)


def test_who_brings_no_token_is_told_how(client):
    response = client.get(HUB)
    assert_problem(response, 401, "Send a token: Authorization: Bearer ccv_…")
    assert response["WWW-Authenticate"] == 'Bearer realm="Concivis"'


def test_another_scheme_is_no_token(client):
    response = ask(client, key_of(), scheme="Basic")
    assert_problem(response, 401, "Send the token as: Authorization: Bearer ccv_…")


@pytest.mark.parametrize("key", ["", "ccv_", "ccv_" + "x" * 43, "x" * 5000, "ccv_é", "ccv_\udcff"])
def test_a_wrong_key_opens_nothing(client, key):
    key_of()
    response = client.get(HUB, headers={"Authorization": f"Bearer {key}"})
    assert_problem(response, 401, "This token is not known here.")
    assert response["WWW-Authenticate"] == 'Bearer realm="Concivis", error="invalid_token"'


def test_a_revoked_token_opens_nothing(client):
    key = key_of()
    tokens.revoke_token(by=None, token=tokens.find(key))
    assert_problem(ask(client, key), 401, "This token was revoked. Ask the hub's coordinator for a new one.")


def test_an_expired_token_opens_nothing(client, time_machine):
    time_machine.move_to("2026-06-30T12:00:00Z", tick=False)
    key = key_of(expires_on=date(2026, 6, 30))
    assert ask(client, key).status_code == 200
    time_machine.move_to("2026-07-01T12:00:00Z", tick=False)
    detail = "This token expired on 2026-06-30. Ask the hub's coordinator for a new one."
    assert_problem(ask(client, key), 401, detail)


def test_a_refused_token_is_not_noted_as_used(client):
    key = key_of()
    tokens.revoke_token(by=None, token=tokens.find(key))
    ask(client, key)
    assert tokens.find(key).last_used_on is None


def test_a_token_of_one_hub_is_never_one_of_another(client):
    hub, other = HubFactory(), HubFactory()
    assert ask(client, key_of(other)).json()["id"] == other.public_id != hub.public_id


# --- scopes ------------------------------------------------------------------------------------------------

scoped = NinjaAPI(urls_namespace="scoped", docs_url=None)
scoped.add_exception_handler(TokenRefused, site_api.token_refused)


@scoped.get("/write", auth=HubToken(Scope.PARTNERSHIPS_WRITE))
def write(request):
    return {"hub": request.hub.slug}


urlpatterns = [path("scoped/", scoped.urls)]


@override_settings(ROOT_URLCONF=__name__)
def test_a_token_does_only_what_its_scopes_say(client):
    response = ask(client, key_of(scopes=["partnerships:read", "journey:write"]), "/scoped/write")
    assert_problem(
        response,
        403,
        "This token lacks the scope partnerships:write (Enter and change partnerships, and confirm the city's own "
        "side). A token's scopes cannot be changed; ask the hub's coordinator for another token.",
    )
    challenge = 'Bearer realm="Concivis", error="insufficient_scope", scope="partnerships:write"'
    assert response["WWW-Authenticate"] == challenge


@override_settings(ROOT_URLCONF=__name__)
def test_a_token_with_the_scope_comes_in(client):
    hub = HubFactory()
    key = key_of(hub, scopes=["partnerships:write"])
    assert ask(client, key, "/scoped/write").json() == {"hub": hub.slug}


# --- limits and caches -------------------------------------------------------------------------------------


def test_a_token_that_asks_too_often_is_told_when_to_come_again(client, monkeypatch, time_machine):
    monkeypatch.setattr(api_auth, "REQUESTS_A_MINUTE", 2)
    time_machine.move_to("2026-06-30T12:00:10Z", tick=False)
    key, other = key_of(), key_of()
    assert [ask(client, key).status_code for _ in range(2)] == [200, 200]
    response = ask(client, key)
    assert_problem(response, 429, "More than 2 requests within a minute. Wait, then go on.")
    assert response["Retry-After"] == "50"
    assert ask(client, other).status_code == 200
    time_machine.move_to("2026-06-30T12:01:00Z", tick=False)
    assert ask(client, key).status_code == 200


def test_no_cache_keeps_what_a_token_was_answered(client):
    assert ask(client, key_of())["Cache-Control"] == "private, no-store"
    assert ask(client, "ccv_wrong")["Cache-Control"] == "private, no-store"
    assert ask(client, key_of(), "/api/v1/places")["Cache-Control"] == "private, no-store"
    assert "Cache-Control" not in client.get("/api/v1/places")


def test_the_description_names_the_token(client):
    described = client.get("/api/v1/openapi.json").json()
    assert described["paths"]["/api/v1/hub"]["get"]["security"] == [{"HubToken": []}]
    assert described["components"]["securitySchemes"]["HubToken"]["scheme"] == "bearer"
