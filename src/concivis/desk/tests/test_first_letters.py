"""The answer to a letter of first contact finds the desk."""

import pytest
from django.core import mail as box_of_letters

from concivis.desk import enquiries
from concivis.desk.actions.mails import Fate, take_in
from concivis.desk.models import Enquiry
from concivis.desk.tests.mail_samples import raw
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.places.factories import PlaceFactory
from concivis.twinning.actions.letters import LetterDraft, write_letter

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def hub():
    return HubFactory(name="Hamm", slug="hamm", contact_email="office@example.org")


@pytest.fixture
def editor(hub, client):
    user = MembershipFactory(hub=hub, role="editor").user
    client.force_login(user)
    return user


@pytest.fixture
def letter(hub, editor, django_capture_on_commit_callbacks):
    """A letter that was mailed to Colle."""
    draft = LetterDraft(language="it", subject="Ciao", body="Buongiorno", to_email="Mayor@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        return write_letter(by=editor, hub=hub, place=PlaceFactory(name="Colle"), draft=draft, send=True)


def answer(letter_sent):
    return raw(From="mayor@example.org", References=letter_sent.extra_headers["Message-ID"], Date=None)


def test_a_letter_that_was_mailed_is_kept_at_the_desk_and_needs_nobody_yet(letter, hub, editor):
    enquiry = Enquiry.objects.get()
    assert (enquiry.channel, enquiry.asker_email, enquiry.assignee) == ("letter", "mayor@example.org", editor)
    assert (list(enquiries.found(hub)), enquiry.waits) == ([], False)


def test_a_letter_that_was_printed_is_not(hub, editor):
    draft = LetterDraft(language="it", subject="Ciao", body="Buongiorno")
    write_letter(by=editor, hub=hub, place=PlaceFactory(), draft=draft, send=False)
    assert Enquiry.objects.count() == 0


def test_its_answer_joins_it_and_waits_for_the_office(letter, hub):
    assert take_in(hub=hub, content=answer(box_of_letters.outbox[0])).fate == Fate.THREADED
    (matter,) = enquiries.found(hub)
    assert (matter.title, matter.why) == ("Ciao", "Your first letter was answered.")


def test_the_office_sees_to_which_contact_it_belongs(letter, client):
    page = client.get(f"/en/office/hamm/enquiries/{Enquiry.objects.get().public_id}/").content.decode()
    assert f"/en/office/hamm/partnerships/{letter.partnership.public_id}/" in page


def test_changing_what_is_noted_keeps_the_contact_it_belongs_to(letter, client):
    enquiry = Enquiry.objects.get()
    sent = {
        "channel": "letter",
        "subject": "Ciao a tutti",
        "language": "it",
        "about": f"partnership:{letter.partnership.public_id}",
    }
    client.post(f"/en/office/hamm/enquiries/{enquiry.public_id}/edit/", sent)
    enquiry.refresh_from_db()
    assert (enquiry.subject, enquiry.concerns_id) == ("Ciao a tutti", letter.partnership.public_id)
