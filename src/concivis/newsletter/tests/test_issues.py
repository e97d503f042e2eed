from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from concivis.catalogue import actions as catalogue
from concivis.hubs.factories import HubFactory
from concivis.mailings import sending
from concivis.mailings.models import Letter
from concivis.newsletter import queries, writing
from concivis.newsletter.actions import issues
from concivis.newsletter.actions.issues import IssueChanged, Words
from concivis.newsletter.enums import IssueState, Section
from concivis.newsletter.factories import SubscriptionFactory
from concivis.newsletter.models import Issue, Subscription
from concivis.newsletter.tests.scene import draft, office, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_kept_of_other_tests() -> None:
    writing._finished.cache_clear()


def headings(issue: Issue) -> list[str]:
    return [item.texts.get(language="en").heading for item in issue.items.all()]


def test_a_draft_begins_with_what_became_public_in_the_period() -> None:
    hub, person = office()
    publish(HubFactory(), "other1", "GH", "Of another office")
    issue = draft(hub, person)
    assert sorted(headings(issue)) == ["A school in Tamale", "Water for Mazatlán"]
    assert {item.section for item in issue.items.all()} == {Section.NEW}


def test_what_was_public_before_has_changed() -> None:
    hub, person = office()
    hub.cards.update(published_at=timezone.now() - timedelta(days=90))
    assert {item.section for item in draft(hub, person).items.all()} == {Section.CHANGED}


def test_there_is_one_draft_at_a_time() -> None:
    hub, person = office()
    draft(hub, person)
    with pytest.raises(ValidationError, match="a draft already"):
        draft(hub, person)


def test_two_colleagues_do_not_overwrite_each_other() -> None:
    hub, person = office()
    issue = draft(hub, person)
    words = Words("First", "", "")
    issues.edit_words(by=person, issue=issue, revision=1, language="en", words=words)
    with pytest.raises(IssueChanged):
        issues.edit_words(by=person, issue=issue, revision=1, language="en", words=Words("Second", "", ""))
    assert issue.texts.get(language="en").subject == "First"


def test_items_are_ordered_and_left_out() -> None:
    hub, person = office()
    issue = draft(hub, person)
    first, second = issue.items.all()
    issues.arrange(by=person, issue=issue, revision=1, order=[second.pk, first.pk], included=[first.pk])
    assert [(item.pk, item.is_included) for item in issue.items.all()] == [
        (second.pk, False),
        (first.pk, True),
    ]


def test_own_words_stand_first_and_keep_a_heading_in_one_language() -> None:
    hub, person = office()
    issue = draft(hub, person)
    item = issues.add_item(by=person, issue=issue, language="en", heading="We have moved", text="**Here**")
    assert headings(issue)[0] == "We have moved"
    with pytest.raises(ValidationError, match="one language at least"):
        issues.edit_item(by=person, item=item, language="en", heading="", text="")


def test_each_reader_gets_one_letter_in_their_language() -> None:
    hub, person = office()
    SubscriptionFactory(hub=hub, email="en@example.org")
    SubscriptionFactory(hub=hub, email="de@example.org", language="de")
    SubscriptionFactory(hub=hub, email="unconfirmed@example.org", confirmed_at=None, key_hash="x")
    issue = draft(hub, person)
    issues.send(by=person, issue=issue, revision=1)
    assert sending.send_due() == 2
    by_address = {letter.to[0]: letter for letter in mail.outbox}
    assert set(by_address) == {"en@example.org", "de@example.org"}
    assert "A school in Tamale (de)" in str(by_address["de@example.org"].body)
    assert "/de/things/ghana1/" in str(by_address["de@example.org"].body)
    assert "(de)" not in str(by_address["en@example.org"].body)
    issue.refresh_from_db()
    assert issue.state == IssueState.SENT


def test_a_letter_ends_by_one_click_and_carries_text_and_html() -> None:
    hub, person = office()
    SubscriptionFactory(hub=hub)
    issues.send(by=person, issue=draft(hub, person), revision=1)
    sending.send_due()
    letter = mail.outbox[0]
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/newsletter/leave/" in letter.extra_headers["List-Unsubscribe"]
    html = letter.alternatives[0][0]
    for text in (str(letter.body), str(html)):
        assert "/newsletter/leave/" in text
        assert ".invalid" not in text


def test_a_reader_of_ghana_gets_what_concerns_ghana() -> None:
    hub, person = office()
    SubscriptionFactory(hub=hub, wanted={"country": ["GH"]})
    issues.send(by=person, issue=draft(hub, person), revision=1)
    sending.send_due()
    assert "Tamale" in str(mail.outbox[0].body)
    assert "Mazatlán" not in str(mail.outbox[0].body)


def test_a_reader_for_whom_nothing_happened_gets_no_letter() -> None:
    hub, person = office()
    SubscriptionFactory(hub=hub, wanted={"country": ["IT"]})
    issue = draft(hub, person)
    issues.add_item(by=person, issue=issue, language="en", heading="We have moved", text="")
    issues.send(by=person, issue=issue, revision=2)
    assert sending.send_due() == 0
    assert Letter.objects.get().state == "not_wanted"


def test_two_wishes_of_one_address_make_one_letter_with_both() -> None:
    hub, person = office()
    SubscriptionFactory(hub=hub, email="a@example.org", wanted={"country": ["GH"]})
    SubscriptionFactory(hub=hub, email="a@example.org", wanted={"country": ["MX"]})
    issues.send(by=person, issue=draft(hub, person), revision=1)
    assert sending.send_due() == 1
    assert "Tamale" in str(mail.outbox[0].body)
    assert "Mazatlán" in str(mail.outbox[0].body)


def test_who_leaves_between_the_click_and_the_sending_gets_nothing() -> None:
    hub, person = office()
    SubscriptionFactory(hub=hub)
    issues.send(by=person, issue=draft(hub, person), revision=1)
    Subscription.objects.all().delete()
    assert sending.send_due() == 0


def test_a_newsletter_is_sent_once_and_then_stays_as_it_is() -> None:
    hub, person = office()
    SubscriptionFactory(hub=hub)
    issue = draft(hub, person)
    issues.send(by=person, issue=issue, revision=1)
    with pytest.raises(ValidationError, match="was sent"):
        issues.send(by=person, issue=issue, revision=1)
    with pytest.raises(ValidationError, match="was sent"):
        issues.add_item(by=person, issue=issue, language="en", heading="Late", text="")


def test_what_stands_against_sending_is_said() -> None:
    hub, person = office(is_published=False)
    issue = draft(hub, person)
    issue.items.update(is_included=False)
    issue.texts.update(subject="")
    assert len(queries.obstacles(issue)) == 4
    with pytest.raises(ValidationError, match="Nothing is in this newsletter"):
        issues.send(by=person, issue=issue, revision=1)


def test_words_from_others_are_escaped_in_the_letter() -> None:
    hub, person = office()
    publish(hub, "evil1", "GH", "<script>alert(1)</script>")
    letter = writing.finish(draft(hub, person), "en", ())
    assert letter
    assert "<script>alert" not in letter.html
    assert "<script>alert(1)</script>" in letter.text


def test_a_thing_that_is_no_longer_public_keeps_its_words_in_the_draft_of_before() -> None:
    hub, person = office()
    issue = draft(hub, person)
    catalogue.withdraw("test", ["ghana1"])
    assert "A school in Tamale" in headings(issue)


def test_a_reader_of_some_words_gets_what_they_find() -> None:
    hub, person = office()
    issue = draft(hub, person)
    SubscriptionFactory(hub=hub, email="a@example.org", wanted={"q": ["schools"]})
    SubscriptionFactory(hub=hub, email="b@example.org", wanted={"q": ["volcanoes"]})
    issues.send(by=person, issue=issue, revision=1)
    assert sending.send_due() == 1
    assert "Tamale" in str(mail.outbox[0].body)
    assert "Mazatlán" not in str(mail.outbox[0].body)
