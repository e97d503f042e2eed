import pytest
from django.test import Client

from concivis.hubs.testing import assert_permission_table, people_around
from concivis.mailings.enums import MailingState
from concivis.mailings.factories import MailingFactory
from concivis.newsletter.actions import issues
from concivis.newsletter.factories import SubscriptionFactory
from concivis.newsletter.tests.scene import draft, office

pytestmark = pytest.mark.django_db(databases="__all__")

READ = "login 404 403 403 403 200 200 404"
WRITE = "login 404 403 403 403 302 302 404"


def test_who_may_open_and_do_what_with_newsletters() -> None:
    hub, person = office(slug="hamm")
    subscription = SubscriptionFactory(hub=hub)
    sent = draft(hub, person)
    issues.send(by=person, issue=sent, revision=1)
    issue = draft(hub, person)
    item = issue.items.all()[0].pk
    base = "/en/office/hamm/newsletter"
    here, there = f"{base}/{issue.public_id}", f"{base}/{sent.public_id}"
    day = {"since": "2026-01-01", "until": "2026-01-31"}
    assert_permission_table(
        people_around(hub),
        [
            ("GET", f"{base}/", READ),
            ("GET", f"{base}/new/", READ),
            ("POST", f"{base}/new/", READ, day),  # there is a draft: the form again
            ("GET", f"{base}/subscribers/", READ),
            ("GET", f"{base}/subscribers/{subscription.public_id}/remove/", READ),
            ("POST", f"{base}/subscribers/{subscription.public_id}/remove/", WRITE),
            ("GET", f"{here}/", READ),
            ("POST", f"{here}/", WRITE, {"revision": "1", "subject": "News"}),
            ("GET", f"{here}/preview/", READ),
            ("POST", f"{here}/test/", WRITE),
            ("GET", f"{here}/delete/", READ),
            ("POST", f"{here}/delete/", WRITE),
            ("POST", f"{here}/items/", WRITE, {"revision": "1"}),
            ("GET", f"{here}/items/new/", READ),
            ("POST", f"{here}/items/new/", WRITE, {"heading": "Moved"}),
            ("GET", f"{here}/items/{item}/", READ),
            ("POST", f"{here}/items/{item}/", WRITE, {"heading": "Moved"}),
            ("POST", f"{here}/items/{item}/remove/", WRITE),
            ("GET", f"{here}/send/", READ),
            ("POST", f"{here}/send/", WRITE, {"revision": "1"}),
            ("GET", f"{there}/", READ),
            ("GET", f"{there}/progress/", READ),
            ("POST", f"{there}/pause/", WRITE),
            ("POST", f"{there}/burn/", "login 404 403 403 403 404 404 404"),
        ],
    )


def test_another_hubs_newsletter_is_not_found_by_its_id(client: Client) -> None:
    _hub, person = office(slug="hamm")
    other, colleague = office()
    issue, subscription = draft(other, colleague), SubscriptionFactory(hub=other)
    client.force_login(person)
    for address in (f"{issue.public_id}/", f"subscribers/{subscription.public_id}/remove/"):
        assert client.get(f"/en/office/hamm/newsletter/{address}").status_code == 404


def test_a_newsletter_that_was_not_sent_is_not_public(client: Client) -> None:
    hub, person = office(slug="hamm")
    issue = draft(hub, person)
    assert client.get(f"/en/hubs/hamm/newsletter/{issue.public_id}/").status_code == 404
    SubscriptionFactory(hub=hub)
    issues.send(by=person, issue=issue, revision=1)
    page = client.get(f"/en/hubs/hamm/newsletter/{issue.public_id}/")
    assert "A school in Tamale" in page.text
    assert "sessionid" not in page.cookies
    assert issue.texts.get(language="en").subject in client.get("/en/hubs/hamm/newsletter/").text
    assert b"".join(client.get("/en/hubs/hamm/newsletter.atom").streaming_content).count(b"<entry>") == 1


def test_who_saves_over_a_colleague_is_told_and_keeps_what_was_typed(client: Client) -> None:
    hub, person = office(slug="hamm")
    issue = draft(hub, person)
    issues.edit_words(by=person, issue=issue, revision=1, language="en", words=issues.Words("First", "", ""))
    client.force_login(person)
    sent = {"revision": "1", "subject": "Mine"}
    page = client.post(f"/en/office/hamm/newsletter/{issue.public_id}/", sent)
    assert "Somebody has changed this newsletter meanwhile" in page.text
    assert 'value="Mine"' in page.text


def test_the_sending_shows_how_far_it_is(client: Client) -> None:
    hub, person = office(slug="hamm")
    SubscriptionFactory(hub=hub)
    issue = draft(hub, person)
    issues.send(by=person, issue=issue, revision=1)
    client.force_login(person)
    page = client.get(f"/en/office/hamm/newsletter/{issue.public_id}/")
    assert "0 of 1 letters" in page.text
    assert MailingFactory._meta.model.objects.get().state == MailingState.SENDING
