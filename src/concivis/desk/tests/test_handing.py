"""An enquiry leaves the office only with the asker's consent."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from concivis.desk.actions import enquiries as actions
from concivis.desk.actions import handing
from concivis.desk.actions.handing import Recipient
from concivis.desk.actions.keys import new_key
from concivis.desk.enums import Consent, Outcome
from concivis.desk.factories import EnquiryFactory
from concivis.desk.models import Enquiry, Handover
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import RecordLine

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def hub():
    return HubFactory(name="Hamm", slug="hamm", contact_email="office@example.org")


@pytest.fixture
def other():
    return HubFactory(name="Toul", slug="toul", contact_email="bureau@example.org")


@pytest.fixture
def editor(hub, client):
    user = MembershipFactory(hub=hub, role="editor").user
    client.force_login(user)
    return user


@pytest.fixture
def enquiry(hub):
    return EnquiryFactory(
        hub=hub, subject="A choir", text="Who sings?", asker_name="Ada", asker_email="ada@example.org"
    )


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    def done(action, **facts):
        with django_capture_on_commit_callbacks(execute=True):
            return action(**facts)

    return done


def test_nothing_leaves_before_the_asker_agrees(enquiry, editor, other, sent):
    sent(handing.ask_consent, by=editor, enquiry=enquiry, to=Recipient(hub=other))
    (letter,) = mail.outbox
    assert (letter.to, "Toul" in letter.body, Enquiry.objects.filter(hub=other).count()) == (
        ["ada@example.org"],
        True,
        0,
    )


def test_with_the_askers_yes_it_goes_and_is_closed_here(enquiry, editor, other, sent, client):
    sent(handing.ask_consent, by=editor, enquiry=enquiry, to=Recipient(hub=other))
    page = client.post(
        f"/en/enquiries/yours/{new_key(enquiry)}/", {"agree": "1"}, follow=True
    ).content.decode()
    enquiry.refresh_from_db()
    there = Enquiry.objects.get(hub=other)
    assert ("passed on to somebody else: Toul" in page, enquiry.outcome) == (True, Outcome.PASSED_ON)
    assert (there.channel, there.asker_email, there.text) == ("office", "ada@example.org", "Who sings?")


def test_with_a_no_it_stays_and_the_office_learns_of_it(enquiry, editor, other, sent):
    handover = handing.ask_consent(by=editor, enquiry=enquiry, to=Recipient(hub=other))
    sent(handing.decide, handover=handover, agrees=False)
    enquiry.refresh_from_db()
    assert (enquiry.is_open, Enquiry.objects.filter(hub=other).count()) == (True, 0)
    assert mail.outbox[-1].to == [editor.email]


def test_the_asker_decides_once(enquiry, editor, other):
    handover = handing.ask_consent(by=editor, enquiry=enquiry, to=Recipient(hub=other))
    handing.decide(handover=handover, agrees=False)
    with pytest.raises(ValidationError, match="Nobody asks"):
        handing.decide(handover=handover, agrees=True)


def test_an_agreement_by_telephone_is_noted_with_how_it_was_given(enquiry, editor, other):
    with pytest.raises(ValidationError, match="how and when"):
        handing.hand_over(by=editor, enquiry=enquiry, to=Recipient(hub=other), how=" ")
    handover = handing.hand_over(by=editor, enquiry=enquiry, to=Recipient(hub=other), how="by telephone")
    assert (handover.how, handover.became.hub) == ("by telephone", other)


def test_the_notes_of_an_office_stay_in_it(enquiry, editor, other):
    actions.add_note(by=editor, enquiry=enquiry, text="Secret.")
    actions.answer(by=editor, enquiry=enquiry, text="We look.", send=False)
    handing.hand_over(
        by=editor, enquiry=enquiry, to=Recipient(hub=other), how="mail", words="Yours, I think."
    )
    texts = list(Enquiry.objects.get(hub=other).entries.values_list("text", flat=True))
    assert texts == ["Hamm:\nWe look.", "Hamm:\nYours, I think."]


def test_somebody_without_an_office_here_gets_it_by_mail_and_answers_the_asker(enquiry, editor, sent):
    to = Recipient(name="The choir of Toul", email="choir@example.org")
    sent(handing.hand_over, by=editor, enquiry=enquiry, to=to, how="by telephone")
    (letter,) = mail.outbox
    assert (letter.to, letter.extra_headers["Reply-To"]) == (["choir@example.org"], "ada@example.org")
    assert "Who sings?" in letter.body


@pytest.mark.parametrize("to", [Recipient(), Recipient(name="Nobody"), Recipient(email="a@example.org")])
def test_it_needs_somebody_who_gets_it(enquiry, editor, to):
    with pytest.raises(ValidationError):
        handing.hand_over(by=editor, enquiry=enquiry, to=to, how="by telephone")


def test_it_is_not_handed_to_ones_own_office(enquiry, editor, hub):
    with pytest.raises(ValidationError, match="your own office"):
        handing.ask_consent(by=editor, enquiry=enquiry, to=Recipient(hub=hub))


def test_whoever_left_no_address_cannot_be_asked_by_mail(hub, editor, other):
    with pytest.raises(ValidationError, match="Ask them yourself"):
        handing.ask_consent(by=editor, enquiry=EnquiryFactory(hub=hub), to=Recipient(hub=other))


def test_the_asker_is_asked_about_one_at_a_time(enquiry, editor, other):
    handing.ask_consent(by=editor, enquiry=enquiry, to=Recipient(hub=other))
    with pytest.raises(ValidationError, match="asked already"):
        handing.ask_consent(by=editor, enquiry=enquiry, to=Recipient(hub=other))
    handing.stop(by=editor, enquiry=enquiry)
    handing.ask_consent(by=editor, enquiry=enquiry, to=Recipient(hub=other))
    assert [each.consent for each in enquiry.handovers.all()] == [Consent.ASKED, Consent.STOPPED]


def test_the_database_lets_nothing_leave_without_consent(enquiry, editor, other):
    handover = handing.ask_consent(by=editor, enquiry=enquiry, to=Recipient(hub=other))
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.filter(pk=handover.pk).update(handed_at=enquiry.received_at)


def test_the_record_of_a_handover_names_nobody(enquiry, editor):
    to = Recipient(name="The choir of Toul", email="choir@example.org")
    handing.hand_over(by=editor, enquiry=enquiry, to=to, how="by telephone")
    told = str(list(RecordLine.objects.values_list("details", flat=True)))
    assert not any(word in told for word in ("choir", "Ada", "ada@", "Who"))


def test_the_page_asks_for_consent_or_hands_over(enquiry, editor, other, client):
    address = f"/en/office/hamm/enquiries/{enquiry.public_id}/hand-over/"
    page = client.post(address, {"hub": other.pk}, follow=True).content.decode()
    assert "The asker is asked by mail" in page
    client.post(f"/en/office/hamm/enquiries/{enquiry.public_id}/act/", {"stop": "1"})
    page = client.post(address, {"hub": other.pk, "how": "by telephone"}, follow=True).content.decode()
    assert ("The enquiry was handed over." in page, "Toul: the asker agrees (by telephone)" in page) == (
        True,
        True,
    )


def test_an_office_that_is_not_public_is_not_offered(enquiry, editor, client):
    hidden = HubFactory(name="Hidden", is_published=False)
    address = f"/en/office/hamm/enquiries/{enquiry.public_id}/hand-over/"
    assert "Hidden" not in client.get(address).content.decode()
    client.post(address, {"hub": hidden.pk, "how": "x"})
    assert Enquiry.objects.filter(hub=hidden).count() == 0
