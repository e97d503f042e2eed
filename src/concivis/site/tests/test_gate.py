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


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/en/partnerships/a%00b/", "/en/hubs/%00/", "/api/v1/partnerships/%00"])
def test_a_path_with_a_character_that_is_none_leads_nowhere(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/en/search/?q=%00",
        "/en/map/?hub=%00&place=%00&q=%00&field=%00",
        "/en/partnerships/?q=a%00",
        "/en/figures/?hub=%00",
        "/en/figures/?country=%00",
        "/en/chain/?from=%00&to=%00",
        "/en/hubs/?q=%00",
        "/en/places/suggest/?q=%00&country=%00",
        "/api/v1/partnerships?q=%00&hub=%00",
        "/api/v1/places?q=%00",
    ],
)
def test_a_query_with_a_character_that_is_none_gets_an_answer(client, address):
    assert client.get(address).status_code < 500


@pytest.mark.django_db
def test_a_character_that_is_none_cannot_be_put_together_from_two_halves(client):
    assert client.get("/en/search/?q=a%0%000b").wsgi_request.META["QUERY_STRING"] == "q=ab"
