import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from concivis.accounts.factories import UserFactory
from concivis.desk import enquiries
from concivis.desk.actions import asking
from concivis.desk.actions import enquiries as actions
from concivis.desk.actions.blocks import save_block
from concivis.desk.enums import Outcome
from concivis.desk.models import Enquiry
from concivis.hubs import handling
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.matters import Urgency
from concivis.hubs.models import RecordLine
from concivis.hubs.testing import asks, assert_permission_table, people_around

pytestmark = pytest.mark.django_db(databases="__all__")

PAGE = "/en/office/hamm/enquiries/"


@pytest.fixture
def hub():
    return HubFactory(name="Hamm", slug="hamm", contact_email="office@example.org")


@pytest.fixture
def editor(hub, client):
    user = MembershipFactory(hub=hub, role="editor").user
    client.force_login(user)
    return user


def noted(hub, by, **said):
    given = {"channel": "phone", "language": "en", "subject": "A room for a choir", **said}
    return actions.note_enquiry(by=by, hub=hub, **given)


def test_what_somebody_calls_about_is_noted_and_waits_for_an_answer(hub, client, editor):
    sent = {"channel": "phone", "subject": "A room", "language": "de", "asker_name": "A caller"}
    page = client.post(PAGE + "new/", sent, follow=True).content.decode()
    assert ("A room" in page, "A caller" in page) == (True, True)
    (matter,) = enquiries.found(hub)
    assert (matter.title, matter.why) == ("A room", "Waits for a first answer.")


def test_without_a_subject_nothing_is_noted(hub, client, editor):
    client.post(PAGE + "new/", {"channel": "phone", "language": "de"})
    assert Enquiry.objects.count() == 0


def test_the_first_answer_is_the_one_that_counts(hub, editor, time_machine):
    enquiry = noted(hub, editor)
    time_machine.move_to(dt.datetime(2030, 1, 1, tzinfo=dt.UTC), tick=False)
    actions.answer(by=editor, enquiry=enquiry, text="Yes.", send=False)
    time_machine.move_to(dt.datetime(2030, 1, 2, tzinfo=dt.UTC), tick=False)
    actions.answer(by=editor, enquiry=enquiry, text="Still yes.", send=False)
    enquiry.refresh_from_db()
    assert enquiry.first_answered_at == dt.datetime(2030, 1, 1, tzinfo=dt.UTC)


def test_an_answer_is_mailed_and_replies_go_to_the_office(hub, editor, django_capture_on_commit_callbacks):
    enquiry = noted(hub, editor, asker_email="asker@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        actions.answer(by=editor, enquiry=enquiry, text="Yes, on Monday.", send=True)
    (letter,) = mail.outbox
    mark = f"[#{enquiry.public_id}]"
    assert (letter.to, letter.extra_headers["Reply-To"]) == (
        ["asker@example.org"],
        f'"Hamm {mark}" <office@example.org>',
    )
    assert (mark in letter.subject, "Yes, on Monday." in letter.body) == (True, True)


@pytest.mark.parametrize(("email", "office"), [("", "office@example.org"), ("asker@example.org", "")])
def test_nothing_is_mailed_without_an_address_on_both_sides(hub, editor, email, office):
    hub.contact_email = office
    hub.save()
    enquiry = noted(hub, editor, asker_email=email)
    with pytest.raises(ValidationError):
        actions.answer(by=editor, enquiry=enquiry, text="Yes.", send=True)
    assert enquiry.entries.count() == 0


def test_a_note_is_no_answer(hub, editor):
    enquiry = noted(hub, editor)
    actions.add_note(by=editor, enquiry=enquiry, text="Ask the theatre.")
    enquiry.refresh_from_db()
    assert enquiry.first_answered_at is None


def test_a_closed_enquiry_needs_no_attention_and_takes_no_answer_until_reopened(hub, editor):
    enquiry = actions.close(by=editor, enquiry=noted(hub, editor), outcome=Outcome.NOT_OURS)
    assert list(enquiries.found(hub)) == []
    with pytest.raises(ValidationError, match="closed"):
        actions.answer(by=editor, enquiry=enquiry, text="Yes.", send=False)
    actions.reopen(by=editor, enquiry=enquiry)
    assert len(list(enquiries.found(hub))) == 1


def test_no_enquiry_is_closed_without_an_outcome(hub, editor):
    enquiry = noted(hub, editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.filter(pk=enquiry.pk).update(closed_at=timezone.now())


def test_done_on_today_closes_it_and_undo_reopens_it(hub, editor):
    enquiry = noted(hub, editor)
    (matter,) = enquiries.found(hub)
    handling.done(by=editor, hub=hub, matters=[matter])
    enquiry.refresh_from_db()
    assert enquiry.outcome == Outcome.ANSWERED
    handling.bring_back(by=editor, hub=hub, keys=[matter.key])
    enquiry.refresh_from_db()
    assert enquiry.is_open


def test_it_is_assigned_to_members_only_also_on_today(hub, editor):
    enquiry = noted(hub, editor)
    handling.assign(by=editor, hub=hub, matters=list(enquiries.found(hub)), to=editor)
    assert [each.assignee for each in enquiries.found(hub)] == [editor.pk]
    with pytest.raises(ValidationError):
        actions.assign(by=editor, enquiry=enquiry, to=UserFactory())


def test_the_record_holds_neither_who_asked_nor_what(hub, editor):
    enquiry = noted(hub, editor, asker_name="A caller", asker_email="asker@example.org")
    actions.answer(by=editor, enquiry=enquiry, text="Secret.", send=False)
    told = str(list(RecordLine.objects.values_list("details", flat=True)))
    assert not any(word in told for word in ("caller", "asker", "Secret", "choir"))


def test_the_enquiries_of_another_office_are_not_found(hub, client, editor):
    other = noted(HubFactory(), editor)
    assert client.get(f"{PAGE}{other.public_id}/").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"), [("q=choir", True), ("q=theatre", False), ("state=closed", False)]
)
def test_the_list_is_searched(hub, client, editor, query, found):
    noted(hub, editor)
    assert ("A room for a choir" in client.get(f"{PAGE}?{query}").content.decode()) is found


def test_the_page_answers_assigns_closes_and_reopens(hub, client, editor):
    address = f"{PAGE}{noted(hub, editor).public_id}/act/"
    said = [
        client.post(address, sent, follow=True).content.decode()
        for sent in (
            {"answer": "1", "text": "Yes."},
            {"assign": "1", "person": editor.pk},
            {"close": "1", "outcome": "answered"},
            {"reopen": "1"},
        )
    ]
    words = ["The answer is noted.", "Saved.", "The enquiry is closed.", "The enquiry is open again."]
    assert [word in page for word, page in zip(words, said, strict=True)] == [True] * 4


@pytest.mark.parametrize(
    "sent", [{"note": "1", "text": ""}, {"close": "1", "outcome": "x"}, {"assign": "1", "person": "x"}]
)
def test_what_makes_no_sense_changes_nothing(hub, client, editor, sent):
    enquiry = noted(hub, editor)
    client.post(f"{PAGE}{enquiry.public_id}/act/", sent)
    enquiry.refresh_from_db()
    assert (enquiry.is_open, enquiry.assignee, enquiry.entries.count()) == (True, None, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_queries_however_many(hub, client, editor, count):
    for _number in range(count):
        noted(hub, editor)
    # person, hub, roles; topics, members; how many, the enquiries
    with asks(7):
        client.get(PAGE)


def test_who_works_at_the_desk(hub):
    people = people_around(hub)
    enquiry = noted(hub, people["editor"])
    block = save_block(by=people["editor"], hub=hub, title="Money", texts={"en": "Ask."})
    one = f"{PAGE}{enquiry.public_id}/"
    desk = "login 404 403 403 403 200 200 404"
    done = desk.replace("200", "302")
    rows = [
        *(
            ("GET", PAGE + page, desk)
            for page in ("", "new/", "figures/", "figures.csv", "mails/", "texts/", "texts/new/")
        ),
        *(("GET", one + page, desk) for page in ("", "edit/", "forget/", "hand-over/")),
        ("GET", f"{PAGE[:-1]}.csv", desk),
        ("GET", f"{PAGE}texts/{block.pk}/", desk),
        ("GET", f"{PAGE}texts/{block.pk}/delete/", desk),
        ("GET", PAGE + "rules/", "login 404 403 403 403 403 200 404"),
        ("POST", f"{one}act/", done, {"note": "1", "text": "A note"}),
        ("POST", f"{one}forget/", done),
        ("POST", f"{PAGE}texts/{block.pk}/delete/", done),
    ]
    assert_permission_table(people, rows)


@pytest.mark.parametrize(("due", "urgency"), [(None, Urgency.NOW), (dt.date(2030, 6, 1), Urgency.SOON)])
def test_a_question_is_due_on_the_day_that_was_promised_and_at_once_where_none_was(hub, editor, due, urgency):
    noted(hub, editor, due_on=due)
    (matter,) = enquiries.found(hub)
    assert (matter.due, matter.urgency) == (due, urgency)


def test_a_further_message_is_due_as_many_days_later_as_a_question(hub, editor, time_machine):
    time_machine.move_to(dt.datetime(2030, 5, 1, 12, tzinfo=dt.UTC), tick=False)
    enquiry = noted(hub, editor, due_on=dt.date(2030, 4, 1))
    actions.answer(by=editor, enquiry=enquiry, text="Yes.", send=False)
    time_machine.move_to(dt.datetime(2030, 5, 2, 12, tzinfo=dt.UTC), tick=False)
    asking.write_back(enquiry=enquiry, text="Which day?")
    (matter,) = enquiries.found(hub)
    assert matter.due == dt.date(2030, 5, 16)
