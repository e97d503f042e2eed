import datetime as dt
import re
import smtplib

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import translation

from concivis.accounts.factories import UserFactory
from concivis.accounts.keeping import personal_data
from concivis.accounts.people import Person
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import RecordLine
from concivis.places.factories import CountryFactory, PlaceFactory
from concivis.twinning import explaining_matches as explaining
from concivis.twinning import factories, letters, queries
from concivis.twinning.actions.letters import A_DAY, LetterDraft, left_today, write_letter
from concivis.twinning.matching import (
    Candidate,
    Kind,
    LanguageFacts,
    OpennessFacts,
    Reason,
    SharedPartners,
    SizeFacts,
)
from concivis.twinning.models import Letter, Partnership
from concivis.twinning.tests.finder_scene import fitted_towns

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def hub():
    place = PlaceFactory(name="Ahorn", population=20_400, country=CountryFactory(code="DE"))
    return HubFactory(slug="ahorn", name="Ahorn", place=place, contact_email="office@example.org")


@pytest.fixture
def colle():
    return PlaceFactory(name="Colle", country=CountryFactory(code="IT"))


@pytest.fixture
def writer(hub):
    return MembershipFactory(hub=hub, role="editor", user=UserFactory(name="Mara Example")).user


def draft(**facts) -> LetterDraft:
    return LetterDraft(**{"language": "it", "subject": "Ciao", "body": "Buongiorno", **facts})


def written(hub, by, place=None, *, send=False, **facts) -> Letter:
    return write_letter(by=by, hub=hub, place=place or PlaceFactory(), draft=draft(**facts), send=send)


# --- what a letter opens -----------------------------------------------------------------------------------


def test_a_letter_opens_an_enquiry_that_nobody_outside_sees(hub, colle, writer):
    letter = written(hub, writer, colle)
    tie = letter.partnership
    assert (tie.hub, tie.kind, tie.state, tie.is_published) == (hub, "contact", "enquiry", False)
    assert [side.place.name for side in tie.sides.all()] == ["Ahorn", "Colle"]
    assert not queries.public().exists()


def test_the_first_contact_is_noted_with_the_office_as_its_source(hub, colle, writer, time_machine):
    time_machine.move_to("2026-03-01T12:00:00Z", tick=False)
    milestone = written(hub, writer, colle).partnership.milestones.get()
    assert (milestone.kind, milestone.date) == ("first_contact", dt.date(2026, 3, 1))
    assert milestone.source.title == "Office of Ahorn"


def test_a_second_letter_belongs_to_the_same_enquiry(hub, colle, writer):
    first, second = written(hub, writer, colle), written(hub, writer, colle)
    assert first.partnership == second.partnership


def test_to_a_partner_no_first_letter_is_written(hub, colle, writer):
    factories.partnership(hub.place, colle)
    with pytest.raises(ValidationError, match="connected already"):
        written(hub, writer, colle)


def test_an_ended_twinning_is_no_obstacle_to_a_new_beginning(hub, colle, writer):
    factories.partnership(hub.place, colle, state="ended")
    assert written(hub, writer, colle).partnership.state == "enquiry"


def test_an_ended_contact_is_not_written_over(hub, colle, writer):
    old = factories.partnership(hub.place, colle, hub=hub, kind="contact", state="ended")
    with pytest.raises(ValidationError, match="which has ended"):
        written(hub, writer, colle)
    old.refresh_from_db()
    assert old.state == "ended"


def test_a_contact_that_another_office_keeps_in_private_is_not_written_over(hub, colle, writer):
    factories.partnership(
        hub.place, colle, hub=HubFactory(place=colle), kind="contact", state="enquiry", is_published=False
    )
    with pytest.raises(ValidationError, match="Another office has opened a contact"):
        written(hub, writer, colle)


def test_nobody_writes_to_the_own_city(hub, writer):
    with pytest.raises(ValidationError, match="your own city"):
        written(hub, writer, hub.place)
    assert Partnership.objects.count() == 0


# --- the mail ----------------------------------------------------------------------------------------------


def test_a_letter_is_mailed_once_committed_and_answers_go_to_the_office(
    hub, colle, writer, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        letter = written(hub, writer, colle, send=True, to_email="mayor@example.org")
    [sent] = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["mayor@example.org"], "Ciao", "Buongiorno")
    assert "office@example.org" in sent.extra_headers["Reply-To"]
    letter.refresh_from_db()
    assert letter.sent_at is not None


def test_a_printed_letter_is_not_mailed(hub, colle, writer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        letter = written(hub, writer, colle, to_email="mayor@example.org")
    assert (mail.outbox, letter.sent_at) == ([], None)


def test_a_mail_that_does_not_leave_is_not_called_sent(
    hub, colle, writer, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def refuse(*args: object, **kwargs: object) -> None:
        raise smtplib.SMTPRecipientsRefused({"mayor@example.org": (550, b"no")})

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        letter = written(hub, writer, colle, send=True, to_email="mayor@example.org")
    letter.refresh_from_db()
    assert letter.sent_at is None
    assert "mayor@example.org" not in caplog.text


@pytest.mark.parametrize(
    ("contact", "to", "sentence"),
    [("office@example.org", "", "Write the mail address"), ("", "mayor@example.org", "no contact address")],
)
def test_sending_needs_both_addresses(hub, colle, writer, contact, to, sentence):
    hub.contact_email = contact
    hub.save()
    with pytest.raises(ValidationError, match=sentence):
        written(hub, writer, colle, send=True, to_email=to)
    assert Partnership.objects.count() == 0


def test_a_line_break_in_the_subject_adds_no_header(hub, colle, writer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        written(
            hub, writer, colle, send=True, subject="Ciao\r\nBcc: all@example.org", to_email="m@example.org"
        )
    assert mail.outbox[0].subject == "Ciao Bcc: all@example.org"
    assert mail.outbox[0].recipients() == ["m@example.org"]


def test_an_office_writes_at_most_ten_letters_a_day(hub, writer, time_machine):
    time_machine.move_to("2026-03-01T12:00:00Z", tick=False)
    for _ in range(A_DAY):
        written(hub, writer)
    assert left_today(hub, writer) == 0
    with pytest.raises(ValidationError, match="10 letters were written today"):
        written(hub, MembershipFactory(hub=hub).user)
    time_machine.move_to("2026-03-02T00:30:00+01:00", tick=False)
    assert left_today(hub, writer) == A_DAY


def test_a_person_with_two_offices_has_no_twenty_letters(hub, writer):
    for _ in range(A_DAY):
        written(hub, writer)
    with pytest.raises(ValidationError, match="10 letters were written today"):
        written(HubFactory(), writer)


def test_the_record_knows_of_the_letter_and_not_to_whom_it_went(hub, colle, writer):
    written(hub, writer, colle, to_name="Maria Mayor", to_email="mayor@example.org")
    lines = "".join(f"{line.action} {line.details}" for line in RecordLine.objects.filter(chain__hub=hub))
    assert ("letter.written" in lines, "Maria" in lines, "mayor@" in lines) == (True, False, False)


def test_who_takes_their_data_along_gets_their_letters(hub, colle, writer):
    written(hub, writer, colle, to_email="mayor@example.org")
    [letter] = personal_data(Person.of_user(writer))["letters"]
    assert (letter["subject"], letter["body"], letter["to"]) == ("Ciao", "Buongiorno", "mayor@example.org")


# --- the words ---------------------------------------------------------------------------------------------


def test_the_letters_are_complete_in_every_language():
    assert set(letters.templates()) == {"en", "de", "it", "ro", "fr"}
    for language, parts in letters.templates().items():
        assert set(parts) == set(letters.PARTS), language
        assert all(parts.values()), language


def test_every_language_uses_the_same_marks():
    marks = {
        language: {part: sorted(set(re.findall(r"\{(\w+)\}", text))) for part, text in parts.items()}
        for language, parts in letters.templates().items()
    }
    assert all(found == marks["en"] for found in marks.values())


@pytest.mark.parametrize(
    ("country", "language"),
    [("IT", "it"), ("AT", "de"), ("MD", "ro"), ("CH", "de"), ("SN", "fr"), ("JP", "en")],
)
def test_a_letter_speaks_the_language_of_the_other_s_country_or_english(country, language):
    assert letters.usual_language(PlaceFactory(country=CountryFactory(code=country))) == language


@pytest.mark.parametrize("language", ["en", "de", "it", "ro", "fr"])
def test_a_composed_letter_names_both_and_leaves_no_mark_unfilled(hub, colle, language):
    made = letters.compose(
        hub=hub, place=colle, language=language, reasons=["{own} – x"], writer="Mara Example"
    )
    text = made.subject + made.body
    assert ("Ahorn" in text, "Colle" in text, "Mara Example" in text) == (True, True, True)
    assert re.findall(r"\{\w+\}", text) == []


def test_numbers_are_rounded_and_written_as_the_language_writes_them(hub, colle):
    made = letters.compose(hub=hub, place=colle, language="de", reasons=[], writer="")
    assert "rund 20.000 Menschen" in made.body
    assert "Deutschland" in made.body


def test_without_reasons_the_letter_does_not_announce_any(hub, colle):
    made = letters.compose(hub=hub, place=colle, language="en", reasons=[], writer="")
    assert "What speaks for it" not in made.body


def test_a_letter_gives_only_reasons_that_speak_for_it():
    world = fitted_towns()
    hub = HubFactory(place=world["Ahorn"])
    told = letters.reasons_in(hub, world["Dorno"], "de")
    with translation.override("de"):
        assert any("Dorno" in sentence for sentence in told)
    assert len(told) <= 4


def test_a_letter_does_not_tell_what_there_is_not():
    reasons = [
        Reason(Kind.SHARED_PARTNERS, 0.5, SharedPartners(())),
        Reason(Kind.OPENNESS, 0.4, OpennessFacts(0)),
        Reason(Kind.SIZE, 0.3, SizeFacts(5_000, 100_000)),
        Reason(Kind.LANGUAGE, 0.2, LanguageFacts(("de",))),
    ]
    told = explaining.for_letter(
        Candidate(1, 1.4, tuple(reasons)), "Ahorn", explaining.Words({1: "Colle"}, {})
    )
    assert told == ["A language in common: German"]


# --- the pages ---------------------------------------------------------------------------------------------


def answers(**more) -> dict[str, str]:
    return {"language": "it", "subject": "Ciao", "body": "Buongiorno", **more}


def test_the_form_begins_with_a_letter_in_the_other_s_language(client, hub, colle, writer):
    client.force_login(writer)
    page = f"/en/office/ahorn/finder/letter/{colle.public_id}/"
    assert "Gentili Signore e Signori" in client.get(page).content.decode()
    assert "Sehr geehrte Damen und Herren" in client.get(f"{page}?language=de").content.decode()
    assert "Gentili Signore e Signori" in client.get(f"{page}?language=xx").content.decode()


def test_the_letter_is_written_sent_and_read_again_in_the_browser(
    client, hub, colle, writer, django_capture_on_commit_callbacks
):
    client.force_login(writer)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            f"/en/office/ahorn/finder/letter/{colle.public_id}/", answers(to_email="m@example.org", send="1")
        )
    letter = Letter.objects.get()
    assert answer.url == f"/en/office/ahorn/letters/{letter.pk}/"
    text = client.get(answer.url).content.decode()
    assert ("Buongiorno" in text, f"/partnerships/{letter.partnership.public_id}/" in text) == (True, True)
    assert "Ciao" in client.get("/en/office/ahorn/letters/").content.decode()
    assert len(mail.outbox) == 1


def test_the_enquiry_s_page_lists_its_letters(client, hub, colle, writer):
    letter = written(hub, writer, colle)
    client.force_login(writer)
    text = client.get(f"/en/office/ahorn/partnerships/{letter.partnership.public_id}/").content.decode()
    assert f"/en/office/ahorn/letters/{letter.pk}/" in text


def test_a_refused_letter_keeps_what_was_written(client, hub, colle, writer):
    client.force_login(writer)
    text = client.post(
        f"/en/office/ahorn/finder/letter/{colle.public_id}/", answers(body="Long work", send="1")
    ).content.decode()
    assert ("Long work" in text, "Write the mail address to send it to" in text) == (True, True)
    assert Letter.objects.count() == 0


def test_where_a_tie_stands_the_page_links_it_and_has_no_form(client, hub, colle, writer):
    tie = factories.partnership(hub.place, colle)
    client.force_login(writer)
    text = client.get(f"/en/office/ahorn/finder/letter/{colle.public_id}/").content.decode()
    assert ("You are connected already" in text, f"/partnerships/{tie.public_id}/" in text) == (True, True)
    assert 'name="body"' not in text


def test_a_letter_of_another_office_is_not_there(client, hub, colle, writer):
    other = MembershipFactory()
    letter = written(other.hub, other.user)
    client.force_login(writer)
    assert client.get(f"/en/office/ahorn/letters/{letter.pk}/").status_code == 404


def test_an_empty_list_of_letters_says_how_to_write_one(client, hub, writer):
    client.force_login(writer)
    assert "No letter has been written yet" in client.get("/en/office/ahorn/letters/").content.decode()
