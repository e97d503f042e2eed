import pytest
from django.core import mail
from django.core.mail.backends.filebased import EmailBackend

from concivis.demo import letterbox
from concivis.hubs.factories import HubFactory
from concivis.hubs.models import Membership

pytestmark = pytest.mark.django_db(databases="__all__")
HERE = {"Origin": "http://testserver"}


@pytest.fixture
def example(settings):
    settings.DEMO = True
    return HubFactory(slug="hamm", is_example=True)


def enter(client, slug="hamm", headers=HERE):
    return client.post(f"/en/demo/office/{slug}/", headers=headers)


def test_one_click_makes_a_visitor_the_coordinator_of_an_example(client, example):
    response = enter(client)
    assert response.url == "/en/office/hamm/"
    assert client.get(response.url).status_code == 200
    assert list(Membership.objects.values_list("hub__slug", "role")) == [("hamm", "coordinator")]


def test_two_visitors_share_the_example_coordinator(client, example):
    enter(client)
    enter(client)
    assert Membership.objects.count() == 1


def test_outside_the_demo_there_is_no_such_door(client, example, settings):
    settings.DEMO = False
    assert enter(client).status_code == 404
    assert client.get("/en/demo/mail/").status_code == 302  # to sign in
    assert Membership.objects.count() == 0


def test_the_door_leads_only_into_examples(client, example):
    HubFactory(slug="real")
    assert enter(client, "real").status_code == 404


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}])
def test_another_site_cannot_push_a_visitor_through_the_door(client, example, headers):
    assert enter(client, headers=headers).status_code == 403


def test_the_letters_of_the_demo_can_be_read(client, example, settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path
    letter = mail.EmailMessage("Grüße", "Öffnen: https://example.org/x", to=["a@example.org"])
    EmailBackend(file_path=tmp_path).send_messages([letter])
    enter(client)
    page = client.get("/en/demo/mail/").content.decode()
    assert "Grüße" in page
    assert '<a href="https://example.org/x"' in page
    assert [one.to for one in letterbox.latest()] == ["a@example.org"]


def test_where_letters_are_really_sent_there_is_nothing_to_read(settings):
    del settings.EMAIL_FILE_PATH
    assert letterbox.latest() == []
