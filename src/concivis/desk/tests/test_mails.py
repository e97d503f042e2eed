"""Mail that arrives becomes an enquiry, joins one, is a duplicate, or is refused: seen before it is kept."""

import datetime as dt
import imaplib

import pytest
from django.core import mail as box_of_letters
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from concivis.desk import enquiries
from concivis.desk.actions import enquiries as actions
from concivis.desk.actions.forgetting import forget, forget_due
from concivis.desk.actions.mails import Fate, judge, keep_upload, take_in
from concivis.desk.enums import EntryKind, Outcome, Refusal
from concivis.desk.factories import EnquiryFactory
from concivis.desk.mail import fetching
from concivis.desk.models import Attachment, Enquiry, MailTrace, MailUpload
from concivis.desk.tests.mail_samples import box, mail, raw
from concivis.hubs.factories import HubFactory, MembershipFactory

pytestmark = pytest.mark.django_db(databases="__all__")
PAGE = "/en/office/hamm/enquiries/mails/"


@pytest.fixture(autouse=True)
def in_summer(time_machine):
    time_machine.move_to(dt.datetime(2030, 7, 1, 12, tzinfo=dt.UTC), tick=False)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def hub():
    return HubFactory(name="Hamm", slug="hamm", contact_email="office@example.org")


@pytest.fixture
def editor(hub, client):
    user = MembershipFactory(hub=hub, role="editor").user
    client.force_login(user)
    return user


@pytest.fixture
def letters_sent(django_capture_on_commit_callbacks):
    def done(action, **facts):
        with django_capture_on_commit_callbacks(execute=True):
            action(**facts)
        return box_of_letters.outbox

    return done


def uploaded(client, content, name="mails.mbox"):
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_a_mail_becomes_an_enquiry_that_waits_for_an_answer(hub):
    take_in(hub=hub, content=raw())
    enquiry = Enquiry.objects.get()
    assert (enquiry.channel, enquiry.asker_email, enquiry.text) == (
        "mail",
        "ada@example.org",
        "Who sings with Toul?",
    )
    assert (enquiry.received_at.date(), [each.title for each in enquiries.found(hub)]) == (
        dt.date(2030, 6, 3),
        ["A choir for Toul"],
    )


def test_the_same_mail_is_taken_in_once(hub):
    fates = [take_in(hub=hub, content=raw()).fate for _time in range(2)]
    assert (fates, Enquiry.objects.count()) == ([Fate.NEW, Fate.DUPLICATE], 1)


def test_a_mail_without_an_id_is_known_by_its_content(hub):
    fates = [take_in(hub=hub, content=raw(Message_ID=None)).fate for _time in range(2)]
    assert fates == [Fate.NEW, Fate.DUPLICATE]


def test_an_answer_to_our_letter_joins_its_enquiry(hub, editor, letters_sent):
    enquiry = EnquiryFactory(hub=hub, asker_email="ada@example.org")
    (letter,) = letters_sent(actions.answer, by=editor, enquiry=enquiry, text="On Monday.", send=True)
    content = raw(
        Message_ID="<two@example.org>", In_Reply_To=letter.extra_headers["Message-ID"], Subject="Re"
    )
    assert take_in(hub=hub, content=content).fate == Fate.THREADED
    assert [each.kind for each in enquiry.entries.all()] == [EntryKind.MESSAGE, EntryKind.ANSWER]


@pytest.mark.parametrize("header", [{"Subject": "Re: [#{}]"}, {"To": '"Hamm [#{}]" <office@example.org>'}])
def test_where_the_ids_were_lost_the_mark_leads_to_the_enquiry(hub, header):
    enquiry = EnquiryFactory(hub=hub, asker_email="ada@example.org")
    said = {name: value.format(enquiry.public_id) for name, value in header.items()}
    assert take_in(hub=hub, content=raw(**said)).enquiry == enquiry


def test_the_mark_of_another_office_leads_nowhere(hub):
    other = EnquiryFactory()
    assert judge(hub, raw(Subject=f"[#{other.public_id}]")).fate == Fate.NEW


def test_a_mail_from_another_address_is_marked(hub):
    enquiry = EnquiryFactory(hub=hub, asker_email="somebody@example.org")
    take_in(hub=hub, content=raw(Subject=f"[#{enquiry.public_id}]"))
    assert enquiry.entries.get().is_from_other is True


def test_nothing_joins_an_enquiry_of_which_the_asker_is_forgotten(hub, editor):
    enquiry = EnquiryFactory(hub=hub, asker_email="ada@example.org")
    forget(by=None, enquiry=actions.close(by=editor, enquiry=enquiry, outcome=Outcome.ANSWERED))
    assert judge(hub, raw(Subject=f"[#{enquiry.public_id}]")).fate == Fate.NEW


def test_a_message_opens_a_closed_enquiry_again(hub, editor, time_machine):
    enquiry = EnquiryFactory(hub=hub, asker_email="ada@example.org")
    actions.close(by=editor, enquiry=enquiry, outcome=Outcome.ANSWERED)
    time_machine.move_to(dt.datetime(2030, 7, 2, 12, tzinfo=dt.UTC), tick=False)
    take_in(hub=hub, content=raw(Subject=f"[#{enquiry.public_id}]", Date=None))
    enquiry.refresh_from_db()
    assert (enquiry.is_open, enquiry.waits) == (True, True)


def test_a_mail_that_is_older_than_the_closing_opens_nothing(hub, editor):
    enquiry = EnquiryFactory(hub=hub, asker_email="ada@example.org")
    actions.close(by=editor, enquiry=enquiry, outcome=Outcome.ANSWERED)
    take_in(hub=hub, content=raw(Subject=f"[#{enquiry.public_id}]"))
    enquiry.refresh_from_db()
    assert (enquiry.is_open, enquiry.entries.count()) == (False, 1)


def test_an_automatic_answer_is_marked_and_wakes_nobody(hub, letters_sent):
    enquiry = EnquiryFactory(hub=hub, asker_email="ada@example.org")
    content = raw(Subject=f"[#{enquiry.public_id}]", Auto_Submitted="auto-replied")
    sent = letters_sent(take_in, hub=hub, content=content)
    enquiry.refresh_from_db()
    assert (sent, enquiry.entries.get().is_automatic, enquiry.asker_wrote_at) == ([], True, None)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"Auto_Submitted": "auto-replied"}, Refusal.AUTOMATIC),
        ({"From": "Hamm <OFFICE@example.org>"}, Refusal.OWN),
        ({"From": "nobody"}, Refusal.NO_SENDER),
    ],
)
def test_what_a_program_or_the_office_itself_sent_becomes_no_enquiry(hub, said, reason):
    content = raw(**said) if said.get("From") != "nobody" else b"From: nobody\n\nHello"
    assert take_in(hub=hub, content=content).refusal == reason
    assert (Enquiry.objects.count(), MailTrace.objects.get().refusal) == (0, reason)


def test_nobody_is_answered_by_itself(hub, editor, letters_sent):
    sent = letters_sent(take_in, hub=hub, content=raw())
    assert [letter.to for letter in sent] == [[editor.email]]


def test_files_are_kept_if_they_may_be_and_named_if_not(hub):
    message = mail()
    message.add_attachment(b"%PDF-1.5", maintype="application", subtype="pdf", filename="plan.pdf")
    message.add_attachment(b"MZ\x90", maintype="application", subtype="pdf", filename="invoice.pdf")
    message.add_attachment(mail(), filename="forwarded.eml")
    take_in(hub=hub, content=message.as_bytes())
    kept = [(each.name, bool(each.file), each.left[:17]) for each in Attachment.objects.all()]
    assert kept == [
        ("plan.pdf", True, ""),
        ("invoice.pdf", False, "This is a program"),
        ("forwarded.eml", False, "An attached mail "),
    ]


def test_who_works_at_the_desk_gets_a_file_and_others_do_not(hub, client, editor):
    message = mail()
    message.add_attachment(b"%PDF-1.5", maintype="application", subtype="pdf", filename="plan.pdf")
    take_in(hub=hub, content=message.as_bytes())
    enquiry, file = Enquiry.objects.get(), Attachment.objects.get()
    address = f"/en/office/hamm/enquiries/{enquiry.public_id}/files/{file.public_id}/"
    answer = client.get(address)
    assert (b"".join(answer.streaming_content), "attachment" in answer["Content-Disposition"]) == (
        b"%PDF-1.5",
        True,
    )
    assert file.name in client.get(f"/en/office/hamm/enquiries/{enquiry.public_id}/").content.decode()


def test_the_files_of_a_forgotten_asker_are_gone(hub, editor, django_capture_on_commit_callbacks):
    message = mail()
    message.add_attachment(b"%PDF-1.5", maintype="application", subtype="pdf", filename="plan.pdf")
    take_in(hub=hub, content=message.as_bytes())
    file = Attachment.objects.get().file
    with django_capture_on_commit_callbacks(execute=True):
        forget(by=None, enquiry=Enquiry.objects.get())
    assert (Attachment.objects.count(), file.storage.exists(file.name)) == (0, False)


def test_a_file_of_mails_is_seen_before_anything_is_kept(hub, client, editor):
    take_in(hub=hub, content=raw())
    content = box(
        raw(), raw(Message_ID="<2@x.y>", Subject="Another"), raw(Message_ID="<3@x.y>", Precedence="bulk")
    )
    page = uploaded(client, content).content.decode()
    assert ["taken in already" in page, "new enquiry" in page, "A program wrote it" in page] == [True] * 3
    assert Enquiry.objects.count() == 1


def test_those_ticked_are_taken_in_and_the_file_is_thrown_away(hub, client, editor):
    content = box(raw(Message_ID="<1@x.y>", Subject="First"), raw(Message_ID="<2@x.y>", Subject="Second"))
    seen = uploaded(client, content).request["PATH_INFO"]
    page = client.post(seen, {"take": "1", "mail": ["1"]}, follow=True).content.decode()
    assert ("1 new enquiry." in page, [each.subject for each in Enquiry.objects.all()]) == (True, ["Second"])
    assert MailUpload.objects.count() == 0


def test_a_mail_that_is_twice_in_a_file_is_a_duplicate(hub, editor, client):
    page = uploaded(client, box(raw(), raw())).content.decode()
    assert ("new enquiry" in page, "taken in already" in page) == (True, True)


def test_a_file_is_thrown_away_unused(hub, client, editor):
    seen = uploaded(client, raw(), "one.eml").request["PATH_INFO"]
    client.post(seen, {"discard": "1"})
    assert (MailUpload.objects.count(), Enquiry.objects.count()) == (0, 0)


def test_what_nobody_took_in_is_thrown_away_after_two_days(hub, editor, time_machine):
    keep_upload(by=editor, hub=hub, upload=SimpleUploadedFile("a.eml", raw()))
    time_machine.move_to(dt.datetime(2030, 7, 3, 13, tzinfo=dt.UTC), tick=False)
    forget_due()
    assert MailUpload.objects.count() == 0


@pytest.mark.parametrize("content", [b"", b" \n"])
def test_an_empty_file_is_refused(hub, client, editor, content):
    assert uploaded(client, content).status_code == 200
    assert MailUpload.objects.count() == 0


def test_too_many_mails_in_a_file_are_refused(hub, client, editor, monkeypatch):
    monkeypatch.setattr("concivis.desk.mail.boxes.MOST_MAILS", 2)
    page = uploaded(client, box(raw(), raw(), raw())).content.decode()
    assert "more than 2 mails" in page


# --- the mailbox -------------------------------------------------------------------------------------------


class Server:
    """What `imaplib.IMAP4_SSL` answers, for a mailbox that holds `unread`: {number: bytes}."""

    def __init__(self, unread, claimed=None):
        self.unread, self.claimed, self.seen, self.loaded = unread, claimed or {}, [], []

    def __call__(self, host, port, *, ssl_context, timeout):
        self.opened = (host, port, ssl_context.verify_mode.name, timeout)
        return self

    def login(self, user, password):
        self.as_whom = (user, password)

    def select(self, folder):
        self.folder = folder
        return "OK", [b"1"]

    def logout(self):
        self.is_closed = True

    def uid(self, command, *said):
        if command == "SEARCH":
            return "OK", [" ".join(self.unread).encode()]
        number = said[0]
        if command == "STORE":
            self.seen.append(number)
            return "OK", [None]
        if said[1] == "(RFC822.SIZE)":
            size = self.claimed.get(number, len(self.unread[number]))
            return "OK", [f"{number} (UID {number} RFC822.SIZE {size})".encode()]
        self.loaded.append(number)
        return "OK", [(b"1 (BODY[] {9}", self.unread[number]), b")"]


@pytest.fixture
def mailbox(monkeypatch, settings, hub):
    """`mailbox({number: mail})`: the mailbox of Hamm holds these unread."""
    settings.MAILBOXES = {
        "hamm": {"url": "imaps://office%40hamm.example@imap.example:9993/Enquiries", "password": "p"}
    }

    def holds(unread, **more):
        server = Server(unread, **more)
        monkeypatch.setattr(fetching.imaplib, "IMAP4_SSL", server)
        return server

    return holds


def test_the_mailbox_is_read_over_tls_with_a_checked_certificate(mailbox):
    server = mailbox({"7": raw()})
    server_port = fetching.fetch_all()
    assert (server_port, server.opened) == (1, ("imap.example", 9993, "CERT_REQUIRED", 30))
    assert (server.as_whom, server.folder) == (("office@hamm.example", "p"), '"Enquiries"')


def test_what_was_taken_in_is_marked_as_read_and_nothing_is_deleted(mailbox):
    server = mailbox({"7": raw(), "8": raw(Message_ID="<2@x.y>", Precedence="bulk")})
    fetching.fetch_all()
    assert (server.seen, Enquiry.objects.count(), server.is_closed) == (["7", "8"], 1, True)


def test_a_huge_mail_is_never_loaded_and_the_office_sees_that_there_was_one(mailbox, hub, client, editor):
    server = mailbox({"7": raw()}, claimed={"7": 10**9})
    assert (fetching.fetch_all(), server.loaded, server.seen) == (0, [], ["7"])
    assert "It is too large." in client.get(PAGE).content.decode()


def test_a_mailbox_that_does_not_answer_leaves_the_others_alone(mailbox, settings, monkeypatch, caplog):
    settings.MAILBOXES = {"toul": {"url": "imaps://a@x.example/", "password": "p"}, **settings.MAILBOXES}
    HubFactory(slug="toul", name="A")
    server = mailbox({"7": raw()})
    asked = []

    def opened(host, *more, **options):
        asked.append(host)
        if host == "x.example":
            raise imaplib.IMAP4.error("LOGIN failed for a@x.example")
        return server

    opened.error = imaplib.IMAP4.error
    monkeypatch.setattr(fetching.imaplib, "IMAP4_SSL", opened)
    assert (fetching.fetch_all(), len(asked)) == (1, 2)
    assert "a@x.example" not in caplog.text


def test_the_command_says_how_many(mailbox, capsys):
    mailbox({"7": raw()})
    call_command("fetch_mail")
    assert capsys.readouterr().out == "Mails taken in: 1\n"
