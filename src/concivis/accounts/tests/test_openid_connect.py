"""Signing in through a city's own identity server, up to the point where that server takes over."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.urls import reverse

from concivis.accounts.adapters import SocialAccountAdapter
from concivis.accounts.models import User
from concivis.site.environment import origin

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def identity_server() -> Iterator[str]:
    """The address of a server that answers what OpenID Connect Discovery 1.0 asks."""

    class Discovery(BaseHTTPRequestHandler):
        def do_GET(self):
            answer = json.dumps(
                {
                    "issuer": base,
                    "authorization_endpoint": f"{base}/authorize",
                    "token_endpoint": f"{base}/token",
                }
            ).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Discovery)
    base = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield base
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def configured(settings, identity_server) -> str:
    cache.clear()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "city",
                    "name": "City of Hamm",
                    "client_id": "concivis",
                    "secret": "s",
                    "settings": {"server_url": identity_server},
                }
            ],
        }
    }
    return identity_server


def test_without_configuration_nothing_is_offered(client):
    assert "City of Hamm" not in client.get(reverse("account_login")).content.decode()


def test_with_configuration_the_citys_own_server_is_offered_and_asked(client, configured):
    address = reverse("openid_connect_login", args=["city"])
    page = client.get(reverse("account_login")).content.decode()
    assert "City of Hamm" in page
    assert address in page
    asked = client.get(address)
    assert asked.status_code == 200  # a page of ours with a button: no sign-in by merely following a link
    sent = client.post(address)
    target = urlsplit(sent["Location"])
    assert f"{target.scheme}://{target.netloc}{target.path}" == f"{configured}/authorize"
    assert parse_qs(target.query)["client_id"] == ["concivis"]
    assert parse_qs(target.query)["code_challenge_method"] == ["S256"]


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"name": "Kim Meyer"}, "Kim Meyer"),
        ({"first_name": "Kim", "last_name": "Meyer"}, "Kim Meyer"),
        ({}, ""),
    ],
)
def test_the_name_is_taken_over(rf, told, name):
    login = SimpleNamespace(user=User())
    user = SocialAccountAdapter().populate_user(rf.get("/"), login, {"email": "kim@example.org", **told})
    assert (user.name, user.email) == (name, "kim@example.org")


def test_the_origin_of_the_server_is_what_the_policy_allows():
    assert origin("https://id.city.example:8443/realms/staff") == "https://id.city.example:8443"
