import pytest
from django.conf import settings

from concivis.site import gate


def test_a_body_of_any_size_is_refused_before_it_is_read(client):
    heavy = str(gate.LARGEST_BODY + 1)
    response = client.post("/en/accounts/login/", CONTENT_LENGTH=heavy)
    assert (response.status_code, response["Content-Type"]) == (413, "text/plain; charset=utf-8")


def test_it_is_refused_before_anything_else_looks_into_it():
    assert settings.MIDDLEWARE.index("concivis.site.gate.refuse_the_senseless") < settings.MIDDLEWARE.index(
        "django.middleware.csrf.CsrfViewMiddleware"
    )


@pytest.mark.parametrize("address", ["/en/search/?q=a%00b", "/en/partnerships/a%00b/", "/en/map/?hub=%00"])
def test_an_address_with_a_character_that_is_none_is_refused(client, address):
    assert client.get(address).status_code == 400
