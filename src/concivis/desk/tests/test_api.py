"""The enquiries of an office, for its own programs."""

import datetime as dt

import pytest
from django.core import mail

from concivis.catalogue.actions import publish
from concivis.catalogue.cards import CardDraft, Text
from concivis.desk.actions import enquiries as actions
from concivis.desk.enums import Channel
from concivis.desk.factories import EnquiryFactory
from concivis.desk.models import Enquiry
from concivis.hubs import webhooks
from concivis.hubs.factories import HubFactory, WebhookFactory
from concivis.hubs.models import Delivery, RecordLine
from concivis.hubs.scopes import Scope
from concivis.hubs.testing import Program

pytestmark = pytest.mark.django_db(databases="__all__")
PATH = "/api/v1/hub/enquiries"


@pytest.fixture
def hub():
    return HubFactory(name="Hamm", slug="hamm", contact_email="office@example.org")


@pytest.fixture
def program(client, hub):
    return Program(client, hub, Scope.ENQUIRIES_READ, Scope.ENQUIRIES_WRITE, Scope.ENQUIRIES_ANSWER)


def test_the_list_tells_nothing_of_the_askers(program, hub):
    EnquiryFactory(hub=hub, subject="A choir", asker_name="Ada", asker_email="ada@example.org", text="Hello")
    found = program.get(PATH)
    assert (
        [each["subject"] for each in found.json()["results"]],
        "ada" in found.content.decode().lower(),
    ) == (
        ["A choir"],
        False,
    )


def test_one_tells_everything(program, hub):
    enquiry = EnquiryFactory(hub=hub, asker_name="Ada", text="Hello")
    actions.add_note(by=program.person, enquiry=enquiry, text="A note")
    told = program.get(f"{PATH}/{enquiry.public_id}").json()
    assert (told["asker_name"], told["text"], [each["text"] for each in told["entries"]]) == (
        "Ada",
        "Hello",
        ["A note"],
    )


def test_what_nobody_confirmed_is_not_told(program, hub):
    hidden = EnquiryFactory(hub=hub, channel=Channel.FORM, is_confirmed=False)
    assert (program.get(PATH).json()["count"], program.get(f"{PATH}/{hidden.public_id}").status_code) == (
        0,
        404,
    )


def test_a_form_of_the_citys_own_website_notes_an_enquiry(program, hub):
    said = {"channel": "form", "subject": "A choir", "language": "de-AT", "asker_email": "Ada@Example.org"}
    made = program.send("post", PATH, **said)
    enquiry = Enquiry.objects.get()
    assert (made.status_code, enquiry.language, enquiry.asker_email) == (201, "de", "ada@example.org")
    assert RecordLine.objects.get(action="enquiry.noted").details == {"channel": "form", "through": "website"}


def test_it_says_what_it_is_about_by_the_address_of_a_page(program, hub):
    texts = {"en": Text(title="A choir of two towns")}
    card = CardDraft(
        kind="initiative", public_id="i1", path="/initiatives/i1/", language="en", texts=texts, hub=hub.pk
    )
    publish(card)
    said = {"channel": "form", "subject": "A choir", "about": "http://localhost:8000/en/initiatives/i1/"}
    assert program.send("post", PATH, **said).json()["about"] == "initiative:i1"
    assert program.send("post", PATH, **{**said, "about": "initiative:none"}).status_code == 422


def test_an_answer_is_mailed_if_it_is_to_be(program, hub, django_capture_on_commit_callbacks):
    enquiry = EnquiryFactory(hub=hub, asker_email="ada@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        made = program.send("post", f"{PATH}/{enquiry.public_id}/answers", text="On Monday.", send=True)
    assert (made.status_code, [letter.to for letter in mail.outbox]) == (201, [["ada@example.org"]])


def test_without_an_address_nothing_can_be_mailed(program, hub):
    enquiry = EnquiryFactory(hub=hub)
    made = program.send("post", f"{PATH}/{enquiry.public_id}/answers", text="On Monday.", send=True)
    assert (made.status_code, enquiry.entries.count()) == (422, 0)


def test_closing_needs_an_outcome_and_doing_it_twice_changes_nothing(program, hub):
    address = f"{PATH}/{EnquiryFactory(hub=hub).public_id}/state"
    assert program.send("put", address, state="closed").status_code == 422
    closed = [
        program.send("put", address, state="closed", outcome="answered").json()["closed_at"] for _time in "12"
    ]
    assert (closed[0] == closed[1], closed[0] is None) == (True, False)
    assert program.send("put", address, state="open").json()["closed_at"] is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"channel": "pigeon"},
        {"subject": " "},
        {"subject": "x" * 201},
        {"asker_email": "nobody"},
        {"topic": "x" * 81},
        {"due_on": "9999-12-31"},
    ],
)
def test_what_makes_no_sense_is_refused(program, wrong):
    assert program.send("post", PATH, **{"channel": "form", "subject": "A choir", **wrong}).status_code == 422


def test_figures_are_those_of_the_page(program, hub):
    came = dt.datetime(2030, 5, 1, 12, tzinfo=dt.UTC)
    EnquiryFactory(hub=hub, received_at=came, first_answered_at=came + dt.timedelta(days=2))
    told = program.get("/api/v1/hub/enquiry-figures?since=2030-01-01&until=2030-12-31").json()
    assert [(line["group"], line["key"], line["first_answer"]) for line in told[:2]] == [
        ("all", "", 2.0),
        ("month", "2030-05", 2.0),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_queries_however_many(program, hub, count, django_assert_num_queries):
    for _number in range(count):
        EnquiryFactory(hub=hub)
    program.get(PATH)
    with django_assert_num_queries(3):
        program.get(PATH)


def test_the_offices_programs_are_told_what_happened_and_not_to_whom(program, hub):
    WebhookFactory(hub=hub, events=[name for name in webhooks.EVENTS if name.startswith("enquiry.")])
    enquiry = actions.note_enquiry(
        by=program.person, hub=hub, channel="phone", language="en", subject="A choir", asker_name="Ada"
    )
    actions.answer(by=program.person, enquiry=enquiry, text="Secret", send=False)
    told = list(Delivery.objects.order_by("pk").values_list("event", "payload"))
    assert told == [
        ("enquiry.received", {"enquiry": enquiry.public_id, "channel": "phone"}),
        ("enquiry.answered", {"enquiry": enquiry.public_id, "mailed": False}),
    ]
