"""The pages of the desk: texts for answers, rules, response times, the list in other formats."""

import csv
import datetime as dt
import io

import pytest

from concivis.catalogue.actions import publish
from concivis.catalogue.cards import CardDraft, Text
from concivis.desk import figures
from concivis.desk.actions import blocks
from concivis.desk.actions import enquiries as actions
from concivis.desk.enums import Channel, Outcome
from concivis.desk.factories import EnquiryFactory
from concivis.desk.models import DeskRules, Enquiry, TextBlock
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.testing import asks

pytestmark = pytest.mark.django_db(databases="__all__")
PAGE = "/en/office/hamm/enquiries/"
NOW = dt.datetime(2030, 6, 15, 12, tzinfo=dt.UTC)
A_DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def in_summer(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def hub():
    return HubFactory(
        name="Hamm", slug="hamm", language="de", contact_email="office@example.org", timezone="UTC"
    )


@pytest.fixture
def editor(hub, client):
    user = MembershipFactory(hub=hub, role="editor", user__name="Ed Editor").user
    client.force_login(user)
    return user


@pytest.fixture
def coordinator(hub, client):
    user = MembershipFactory(hub=hub, role="coordinator").user
    client.force_login(user)
    return user


def asked(hub, days_ago, *, answered_after=None, closed_after=None, **columns):
    """An enquiry of so many days ago, answered and closed so many days after it came."""
    came = NOW - days_ago * A_DAY
    return EnquiryFactory(
        hub=hub,
        received_at=came,
        first_answered_at=None if answered_after is None else came + answered_after * A_DAY,
        closed_at=None if closed_after is None else came + closed_after * A_DAY,
        outcome="" if closed_after is None else "answered",
        **columns,
    )


def rows_of(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


# --- texts -------------------------------------------------------------------------------------------------


def test_a_text_is_written_changed_and_deleted(client, hub, editor):
    client.post(PAGE + "texts/new/", {"title": "Money", "text_en": "Ask {office}.", "text_de": "Frag."})
    block = TextBlock.objects.get()
    assert sorted(block.texts.values_list("language", flat=True)) == ["de", "en"]
    client.post(f"{PAGE}texts/{block.pk}/", {"title": "Funding", "text_en": "Ask."})
    assert ("Funding" in client.get(PAGE + "texts/").content.decode(), block.texts.count()) == (True, 1)
    client.post(f"{PAGE}texts/{block.pk}/delete/")
    assert TextBlock.objects.count() == 0


@pytest.mark.parametrize("sent", [{"title": "Money"}, {"text_en": "Ask."}])
def test_a_text_needs_a_title_and_words(client, hub, editor, sent):
    page = client.post(PAGE + "texts/new/", sent).content.decode()
    assert ("Please look at one thing" in page, TextBlock.objects.count()) == (True, 0)


def test_two_texts_of_an_office_have_two_titles(client, hub, editor):
    blocks.save_block(by=editor, hub=hub, title="Money", texts={"en": "Ask."})
    page = client.post(PAGE + "texts/new/", {"title": "Money", "text_en": "Ask."}).content.decode()
    assert "There is a text with this title already." in page


def test_the_text_of_another_office_is_not_found(client, hub, editor):
    other = blocks.save_block(by=editor, hub=HubFactory(), title="Money", texts={"en": "Ask."})
    assert client.get(f"{PAGE}texts/{other.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("language", "text"), [("en", "Dear Ada, ask Hamm: {link}"), ("fr", "Frag."), ("de", "Frag.")]
)
def test_a_text_is_inserted_in_the_askers_language_with_the_name_filled_in(hub, editor, language, text):
    texts = {"en": "Dear {name}, ask {office}: {link}", "de": "Frag."}
    block = blocks.save_block(by=editor, hub=hub, title="Money", texts=texts)
    assert blocks.filled(block, EnquiryFactory(hub=hub, asker_name="Ada", language=language)) == text


def test_inserting_keeps_what_was_written_and_sends_nothing(client, hub, editor):
    block = blocks.save_block(by=editor, hub=hub, title="Money", texts={"en": "Ask the mayor."})
    enquiry = EnquiryFactory(hub=hub)
    sent = {"insert": "1", "block": block.pk, "text": "Hello."}
    page = client.post(f"{PAGE}{enquiry.public_id}/act/", sent).content.decode()
    assert ("Hello.\n\nAsk the mayor.</textarea>" in page, enquiry.entries.count()) == (True, 0)


# --- what is noted -----------------------------------------------------------------------------------------


def test_what_is_noted_is_changed_and_linked_to_what_it_is_about(client, hub, editor):
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
    enquiry = EnquiryFactory(hub=hub)
    sent = {
        "channel": "visit",
        "subject": "Choirs",
        "language": "de",
        "due_on": "2030-06-30",
        "about": "http://localhost:8000/de/initiatives/i1/",
    }
    page = client.post(f"{PAGE}{enquiry.public_id}/edit/", sent, follow=True).content.decode()
    enquiry.refresh_from_db()
    assert ("A choir of two towns" in page, enquiry.due_on, enquiry.channel) == (
        True,
        dt.date(2030, 6, 30),
        "visit",
    )


@pytest.mark.parametrize(
    "about", ["nothing", "initiative:none", "/en/nowhere/", "https://elsewhere.example/x"]
)
def test_what_it_is_about_must_have_a_public_page_here(client, hub, editor, about):
    enquiry = EnquiryFactory(hub=hub)
    sent = {"channel": "visit", "subject": "Choirs", "language": "de", "about": about}
    page = client.post(f"{PAGE}{enquiry.public_id}/edit/", sent).content.decode()
    assert "There is no public page here under this address." in page


def test_the_office_removes_what_is_kept_of_an_asker_only_after_a_question(client, hub, editor):
    enquiry = EnquiryFactory(hub=hub, asker_name="Ada")
    address = f"{PAGE}{enquiry.public_id}/forget/"
    client.get(address)
    enquiry.refresh_from_db()
    assert enquiry.asker_name == "Ada"
    page = client.post(address, follow=True).content.decode()
    assert "What was kept of the asker was removed on" in page


def test_a_link_for_the_asker_is_shown_once(client, hub, editor):
    enquiry = EnquiryFactory(hub=hub)
    address = f"{PAGE}{enquiry.public_id}/"
    page = client.post(address + "act/", {"link": "1"}, follow=True).content.decode()
    assert ("/enquiries/yours/" in page, "/enquiries/yours/" in client.get(address).content.decode()) == (
        True,
        False,
    )


def test_a_colleague_is_given_it_with_a_word(client, hub, editor):
    enquiry = EnquiryFactory(hub=hub)
    colleague = MembershipFactory(hub=hub, role="editor").user
    client.post(
        f"{PAGE}{enquiry.public_id}/act/", {"assign": "1", "person": colleague.pk, "words": "You know him."}
    )
    enquiry.refresh_from_db()
    assert (enquiry.assignee, enquiry.entries.get().text) == (colleague, "You know him.")


# --- the list ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=waiting", {"New"}),
        ("state=overdue", set()),
        ("state=open", {"New", "Answered"}),
        ("state=closed", {"Closed"}),
        ("topic=Choirs", {"Closed"}),
        ("channel=mail", {"Answered"}),
        ("person=0", {"New", "Answered", "Closed"}),
        ("since=2030-06-12", {"New"}),
        ("until=2030-06-06", {"Closed"}),
        ("q=new choir", set()),
        ("q=NEW", {"New"}),
        ("since=nonsense", {"New", "Answered", "Closed"}),
    ],
)
def test_the_list_is_filtered(client, hub, editor, query, found):
    asked(hub, 1, subject="New")
    asked(hub, 5, answered_after=1, subject="Answered", channel="mail")
    asked(hub, 10, answered_after=1, closed_after=2, subject="Closed", topic="Choirs")
    rows = client.get(f"{PAGE}?{query}").context["page"].object_list
    assert {each.subject for each in rows} == found


def test_what_is_late_is_overdue_until_it_is_answered(client, hub, editor):
    late = asked(hub, 20, due_on=NOW.date() - A_DAY)
    assert [each.pk for each in client.get(f"{PAGE}?state=overdue").context["page"]] == [late.pk]
    actions.answer(by=editor, enquiry=late, text="Yes.", send=False)
    assert list(client.get(f"{PAGE}?state=overdue").context["page"]) == []


def test_unconfirmed_enquiries_are_nowhere_in_the_office(client, hub, editor):
    hidden = EnquiryFactory(hub=hub, channel=Channel.FORM, is_confirmed=False)
    statuses = [
        client.get(f"{PAGE}{hidden.public_id}/{rest}").status_code for rest in ("", "edit/", "forget/")
    ]
    assert (list(client.get(PAGE).context["page"]), statuses) == ([], [404, 404, 404])


def test_the_list_as_a_file_holds_nothing_of_the_askers(client, hub, editor):
    asked(
        hub,
        3,
        answered_after=1.5,
        topic="Choirs",
        subject="=1+1",
        asker_name="Ada",
        asker_email="ada@example.org",
    )
    answer = client.get(f"{PAGE[:-1]}.csv?topic=Choirs")
    (row,) = rows_of(answer)
    assert (row["subject"], row["hours_to_first_answer"], row["topic"]) == ("'=1+1", "36.0", "Choirs")
    assert not any("ada" in str(value).lower() for value in row.values())


# --- rules -------------------------------------------------------------------------------------------------


def test_the_rules_are_written_and_followed(client, hub, coordinator):
    sent = {
        "form_is_open": "on",
        "topics": "Choirs\n\n Choirs \nSchools",
        "answer_days": "7",
        "keep_months": "6",
    }
    client.post(PAGE + "rules/", sent)
    rules = DeskRules.objects.get()
    assert (rules.topics, rules.answer_days, rules.keep_months) == ("Choirs\nSchools", 7, 6)


@pytest.mark.parametrize(
    "wrong", [{"answer_days": "0"}, {"keep_months": "0"}, {"keep_months": "121"}, {"topics": "x" * 81}]
)
def test_senseless_rules_are_refused(client, hub, coordinator, wrong):
    sent = {"form_is_open": "on", "topics": "", "answer_days": "7", "keep_months": "6", **wrong}
    page = client.post(PAGE + "rules/", sent).content.decode()
    assert ("Please look at one thing" in page, DeskRules.objects.count()) == (True, 0)


# --- response times ----------------------------------------------------------------------------------------


def test_the_median_is_of_what_was_answered(hub):
    for days in (1, 2, 9):
        asked(hub, 20, answered_after=days, closed_after=days + 1)
    asked(hub, 20)
    found = figures.of(hub, NOW.date() - 30 * A_DAY, NOW.date()).all
    assert (found.received, found.answered, found.first_answer, found.closing) == (4, 3, 2.0, 3.0)


def test_figures_are_of_those_that_came_within_the_days(hub):
    asked(hub, 40, answered_after=1)
    found = figures.of(hub, NOW.date() - 30 * A_DAY, NOW.date()).all
    assert (found.received, found.first_answer) == (0, None)


def test_figures_by_month_and_by_topic(hub):
    asked(hub, 40, answered_after=1, topic="Choirs")
    asked(hub, 3, answered_after=2, topic="Choirs")
    asked(hub, 2)
    found = figures.of(hub, NOW.date() - 60 * A_DAY, NOW.date())
    assert [(line.name, line.received, line.first_answer) for line in found.months] == [
        ("May 2030", 1, 1.0),
        ("June 2030", 2, 2.0),
    ]
    assert [(line.name, line.received) for line in found.topics] == [("Choirs", 2), ("without a topic", 1)]


def test_what_is_open_is_counted_by_age_whenever_it_came(hub):
    for days in (0, 7, 8, 40, 400):
        asked(hub, days, due_on=NOW.date() - A_DAY)
    found = figures.of(hub, NOW.date(), NOW.date())
    assert ([count for _name, count in found.open_by_age], found.overdue) == ([2, 1, 0, 1, 1], 5)


def test_letters_of_the_office_itself_are_no_questions(hub):
    asked(hub, 3, channel=Channel.LETTER)
    found = figures.of(hub, NOW.date() - 30 * A_DAY, NOW.date())
    assert (found.all.received, sum(count for _name, count in found.open_by_age)) == (0, 0)


def test_the_page_and_the_file_say_the_same(client, hub, editor):
    asked(hub, 20, answered_after=2.5, topic="Choirs")
    page = client.get(PAGE + "figures/").content.decode()
    rows = rows_of(client.get(PAGE + "figures.csv"))
    assert ("2.5 days" in page, rows[0]["median_days_to_first_answer"], rows[-1]["key"]) == (
        True,
        "2.5",
        "Choirs",
    )


def test_without_enquiries_the_page_says_what_to_do(client, hub, editor):
    assert "Note an enquiry" in client.get(PAGE + "figures/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [("figures/", 5), ("texts/", 5)])
def test_pages_cost_the_same_queries_however_many(client, hub, editor, count, page, queries):
    for number in range(count):
        asked(hub, number, topic=f"Topic {number}", answered_after=1)
        blocks.save_block(by=editor, hub=hub, title=f"Text {number}", texts={"en": "Ask."})
    with asks(queries):
        client.get(PAGE + page)


@pytest.mark.parametrize("count", [1, 3])
def test_an_enquiry_costs_the_same_queries_however_much_was_written(client, hub, editor, count):
    enquiry = EnquiryFactory(hub=hub)
    for _number in range(count):
        actions.add_note(by=editor, enquiry=enquiry, text="A note")
    with asks(10):
        client.get(f"{PAGE}{enquiry.public_id}/")


def test_closing_by_the_page_says_how_it_ended(client, hub, editor):
    enquiry = EnquiryFactory(hub=hub)
    client.post(f"{PAGE}{enquiry.public_id}/act/", {"close": "1", "outcome": "not_ours"})
    assert Enquiry.objects.get().outcome == Outcome.NOT_OURS
