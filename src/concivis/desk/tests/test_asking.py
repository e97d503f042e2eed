"""Anybody asks the office without an account, and follows the answer by a private link."""

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from concivis.catalogue.actions import publish
from concivis.catalogue.cards import CardDraft, Text
from concivis.desk import enquiries
from concivis.desk.actions import asking
from concivis.desk.actions import enquiries as actions
from concivis.desk.actions.rules import set_rules
from concivis.desk.enums import Outcome
from concivis.desk.models import AskerKey, Enquiry
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import RecordLine
from concivis.shell.guard import signer
from concivis.site.logs import without_keys

pytestmark = pytest.mark.django_db(databases="__all__")

PAGE = "/en/hubs/hamm/ask/"


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def hub():
    return HubFactory(name="Hamm", slug="hamm", contact_email="office@example.org")


@pytest.fixture
def editor(hub):
    return MembershipFactory(hub=hub, role="editor").user


@pytest.fixture
def sent(client, hub, django_capture_on_commit_callbacks):
    """`sent(…)`: the form with these answers, ten seconds after it was drawn; the answer, with letters in the box."""

    def send(page=PAGE, **said):
        with time_machine.travel(timezone.now() - dt.timedelta(seconds=10)):
            drawn = signer.sign("form")
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(page, {**answers(), "drawn": drawn, **said})

    return send


@pytest.fixture
def acted(client, django_capture_on_commit_callbacks):
    """`acted(address, …)`: the text of the page after a button was pressed."""

    def act(address, **said):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, said, follow=True).content.decode()

    return act


def answers():
    return {
        "topic": "Partner cities",
        "subject": "A choir for Toul",
        "text": "Who sings with Toul?",
        "language": "de",
        "name": "Ada Beispiel",
    }


def links(letter):
    return re.findall(r"http://localhost:8000(/\S+)", letter.body)


def own_page(sent):
    """The address of an enquiry that was asked without a mail address."""
    return sent().url


def test_who_leaves_no_address_gets_a_link_at_once_and_the_office_the_question(sent, client, hub):
    answer = sent()
    assert re.fullmatch(r"/en/enquiries/yours/[\w-]{43}/", answer.url)
    assert "Who sings with Toul?" in client.get(answer.url).content.decode()
    assert [each.title for each in enquiries.found(hub)] == ["A choir for Toul"]


def test_who_leaves_an_address_confirms_it_by_a_button_before_the_office_sees_anything(
    sent, acted, client, hub
):
    assert sent(email="Ada@example.org").url == f"{PAGE}sent/"
    (letter,) = mail.outbox
    (address,) = links(letter)
    client.get(address)
    assert (letter.to, list(enquiries.found(hub)), enquiries.of(hub).count()) == (["ada@example.org"], [], 0)
    acted(address)
    assert len(list(enquiries.found(hub))) == 1


def test_after_confirming_a_second_letter_brings_the_link_to_follow_it(sent, acted, client):
    sent(email="ada@example.org")
    acted(links(mail.outbox[0])[0])
    (address,) = links(mail.outbox[-1])
    assert ("/enquiries/yours/" in address, client.get(address).status_code) == (True, 200)


def test_confirming_twice_tells_the_office_once(sent, acted, editor):
    sent(email="ada@example.org")
    address = links(mail.outbox[0])[0]
    acted(address)
    acted(address)
    assert [each.to for each in mail.outbox].count([editor.email]) == 1


def test_the_office_is_to_answer_within_the_days_it_promised(sent, hub, editor, time_machine):
    time_machine.move_to(dt.datetime(2030, 5, 1, 12, tzinfo=dt.UTC), tick=False)
    set_rules(by=editor, hub=hub, form_is_open=True, topics="", answer_days=5, keep_months=12)
    sent()
    assert Enquiry.objects.get().due_on == dt.date(2030, 5, 6)


def test_the_page_promises_what_the_office_decided(client, hub, editor):
    set_rules(by=editor, hub=hub, form_is_open=True, topics="Choirs\nSchools", answer_days=5, keep_months=3)
    page = client.get(PAGE).content.decode()
    assert ["within 5 days" in page, "3 months after" in page, "Choirs" in page] == [True] * 3


def test_topics_are_shown_in_the_readers_language_and_kept_in_the_hubs(sent, client, hub):
    hub.language = "en"
    hub.save()
    sent(page="/de/hubs/hamm/ask/")
    assert Enquiry.objects.get().topic == "Partner cities"


def test_an_office_may_close_its_form(client, hub, editor, sent):
    set_rules(by=editor, hub=hub, form_is_open=False, topics="", answer_days=5, keep_months=12)
    page = client.get(PAGE).content.decode()
    assert ("<form method" in page.split("<main")[1], "office@example.org" in page) == (False, True)
    assert (sent().status_code, Enquiry.objects.count()) == (200, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"drawn": ""},
        {"nickname": "robot"},
        {"subject": ""},
        {"text": ""},
        {"topic": "Not offered"},
        {"language": "tlh"},
        {"email": "no address"},
        {"text": "<a href='x'>buy</a>"},
    ],
)
def test_what_programs_send_or_is_missing_is_not_taken(sent, wrong):
    answer = sent(**wrong)
    assert (answer.status_code, Enquiry.objects.count()) == (200, 0)


def test_from_one_connection_ten_forms_an_hour_are_taken(sent):
    for _number in range(12):
        sent()
    assert Enquiry.objects.count() == 10


def test_nobody_can_fill_a_strangers_mailbox(sent):
    for _number in range(5):
        sent(email="victim@example.org")
    assert len(mail.outbox) == asking.UNCONFIRMED_AT_ONCE


def test_a_question_may_be_about_something_that_has_a_public_card(sent, client, hub):
    publish(
        CardDraft(
            kind="initiative",
            public_id="i1",
            path="/initiatives/i1/",
            language="en",
            texts={"en": Text(title="A choir of two towns")},
            hub=hub.pk,
        )
    )
    assert "A choir of two towns" in client.get(f"{PAGE}?about=initiative:i1").content.decode()
    sent(about="initiative:i1")
    enquiry = Enquiry.objects.get()
    assert (enquiry.concerns_kind, enquiry.concerns_id) == ("initiative", "i1")


def test_what_has_no_card_is_no_concern(sent):
    sent(about="secret:x1")
    assert Enquiry.objects.get().concerns_kind == ""


def test_the_asker_reads_answers_and_no_notes(sent, client, editor):
    address = own_page(sent)
    enquiry = Enquiry.objects.get()
    actions.add_note(by=editor, enquiry=enquiry, text="Difficult person.")
    actions.answer(by=editor, enquiry=enquiry, text="The choir of Toul.", send=False)
    page = client.get(address).content.decode()
    assert ("The choir of Toul." in page, "Difficult" in page) == (True, False)


def test_the_asker_writes_back_and_the_enquiry_waits_for_the_office_again(sent, acted, hub, editor):
    address = own_page(sent)
    enquiry = Enquiry.objects.get()
    actions.answer(by=editor, enquiry=enquiry, text="The choir of Toul.", send=False)
    actions.close(by=editor, enquiry=enquiry, outcome=Outcome.ANSWERED)
    page = acted(address, write="1", text="Which days?")
    (matter,) = enquiries.found(hub)
    assert ("Which days?" in page, matter.why) == (True, "The asker has written again.")


def test_who_sees_to_it_is_told_that_the_asker_wrote(sent, acted, editor):
    address = own_page(sent)
    actions.assign(by=editor, enquiry=Enquiry.objects.get(), to=editor)
    mail.outbox.clear()
    acted(address, write="1", text="Which days?")
    (letter,) = mail.outbox
    assert (letter.to, "Which days?" in letter.body) == ([editor.email], False)


def test_an_empty_message_is_not_sent(sent, acted):
    page = acted(own_page(sent), write="1", text=" ")
    assert ("Please look at one thing" in page, Enquiry.objects.get().entries.count()) == (True, 0)


def test_the_asker_withdraws(sent, acted, hub):
    acted(own_page(sent), withdraw="1")
    assert (Enquiry.objects.get().outcome, list(enquiries.found(hub))) == (Outcome.WITHDRAWN, [])


def test_nothing_happens_by_looking(sent, client):
    address = own_page(sent)
    lines = RecordLine.objects.count()
    client.get(address)
    client.get(f"{address}forget/")
    assert (RecordLine.objects.count(), Enquiry.objects.get().forgotten_at) == (lines, None)


def test_a_key_opens_what_it_is_for_and_nothing_else(sent, client):
    address = own_page(sent)
    confirming = address.replace("yours", "confirm")
    assert [client.get(path).status_code for path in (confirming, "/en/enquiries/yours/guessed/")] == [
        404,
        404,
    ]


def test_of_a_key_only_the_hash_is_kept_and_logs_do_not_hold_it(sent):
    address = own_page(sent)
    key = address.split("/")[-2]
    assert (AskerKey.objects.get().key_hash == key, key in without_keys(f"GET {address} 200")) == (
        False,
        False,
    )


def test_the_pages_are_kept_by_no_cache_and_listed_by_nobody(sent, client):
    for address in (PAGE, own_page(sent)):
        answer = client.get(address)
        assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, no-store", "noindex, nofollow")


def test_a_form_from_elsewhere_is_refused(hub):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(PAGE, answers()).status_code == 403


def test_the_hub_leads_to_the_form(client, hub):
    assert f'href="{PAGE}"' in client.get("/en/hubs/hamm/").content.decode()


def test_an_answer_carries_a_link_where_its_placeholder_stands(
    sent, acted, editor, django_capture_on_commit_callbacks
):
    sent(email="ada@example.org")
    acted(links(mail.outbox[0])[0])
    with django_capture_on_commit_callbacks(execute=True):
        actions.answer(by=editor, enquiry=Enquiry.objects.get(), text="See {link} for more.", send=True)
    body = mail.outbox[-1].body
    assert re.search(r"See http://localhost:8000/de/enquiries/yours/[\w-]{43}/ for more\.", body)
    assert "{link}" in Enquiry.objects.get().entries.get().text
