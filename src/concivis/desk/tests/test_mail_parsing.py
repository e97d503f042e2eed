"""Reading a mail: nothing in it can harm, and what a person wrote is found."""

import datetime as dt

import pytest

from concivis.desk.enums import Refusal
from concivis.desk.mail import boxes, parsing
from concivis.desk.mail.html_text import text_of
from concivis.desk.mail.parsing import LONGEST_TEXT, Refused
from concivis.desk.tests.mail_samples import box, mail, raw


@pytest.fixture(autouse=True)
def in_summer(time_machine):
    time_machine.move_to(dt.datetime(2030, 7, 1, 12, tzinfo=dt.UTC), tick=False)


def refused(content):
    with pytest.raises(Refused) as found:
        parsing.read(content)
    return found.value.refusal


def test_who_wrote_what_and_when():
    found = parsing.read(raw())
    assert (found.name, found.address, found.subject) == (
        "Ada Beispiel",
        "ada@example.org",
        "A choir for Toul",
    )
    assert (found.text, found.at) == ("Who sings with Toul?", dt.datetime(2030, 6, 3, 8, tzinfo=dt.UTC))


def test_headers_in_other_scripts_are_read():
    found = parsing.read(
        b"From: =?utf-8?b?w4Rubmk=?= <a@example.org>\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\n\nHallo"
    )
    assert (found.name, found.subject) == ("Änni", "Grüße")


@pytest.mark.parametrize(
    "charset", ["us-ascii", "x-unknown-9", "utf-7\0", "rot13", "", "\xff"], ids=lambda name: repr(name)
)
def test_a_wrong_charset_loses_no_text(charset):
    head = f'From: a@example.org\nContent-Type: text/plain; charset="{charset}"\n\n'.encode("latin-1")
    assert parsing.read(head + "Grüße".encode()).text == "Grüße"


def test_the_mark_of_an_enquiry_is_found_and_left_out_of_the_subject():
    found = parsing.read(
        raw(Subject="Re: A choir [#0123456789]", To='"Hamm [#abcdefabcd]" <office@example.org>')
    )
    assert (found.subject, found.marks) == ("Re: A choir", ("0123456789", "abcdefabcd"))


def test_what_is_quoted_below_the_answer_is_left_out():
    assert parsing.read(raw(text="Thank you.\n\n> You wrote:\n> More.\n")).text == "Thank you."


def test_a_mail_that_only_quotes_keeps_its_text():
    assert "More." in parsing.read(raw(text="> More.\n")).text


def test_html_becomes_text_and_shows_where_links_lead():
    html = (
        "<head><title>T</title><style>p{}</style></head><p>Dear&nbsp;office</p><script>steal()</script>"
        '<div>see <a href="https://evil.example/">bank.example</a></div><img src="http://tracker/">'
    )
    assert text_of(html) == "Dear office\n\nsee bank.example (https://evil.example/)"


@pytest.mark.parametrize(
    "html", ["<" * 5000, "<a href=" * 500, "</div>" * 500, "<!--", "<![CDATA[", "&#99999999999;"]
)
def test_broken_html_breaks_nothing(html):
    assert isinstance(text_of(html), str)


def test_of_two_forms_the_plain_one_is_read():
    message = mail()
    message.add_alternative("<p>In colours</p>", subtype="html")
    assert parsing.read(message.as_bytes()).text == "Who sings with Toul?"


def test_a_mail_of_html_alone_is_read():
    message = mail()
    message.set_content("<p>Only <b>HTML</b></p>", subtype="html")
    assert parsing.read(message.as_bytes()).text == "Only HTML"


def test_control_signs_and_tricks_with_direction_are_taken_out():
    assert parsing.read(b"From: a@example.org\n\nA\x00B\x1b[2J\xe2\x80\xaeC").text == "AB[2JC"


def test_a_very_long_text_is_cut():
    assert len(parsing.read(raw(text="long " * 20_000)).text) < LONGEST_TEXT + 10


@pytest.mark.parametrize(
    ("headers", "automatic"),
    [
        ({}, False),
        ({"Auto_Submitted": "no"}, False),
        ({"Auto_Submitted": "auto-replied"}, True),
        ({"Auto_Submitted": "auto-generated; owner=x"}, True),
        ({"Precedence": "bulk"}, True),
        ({"List_Id": "<news.example.org>"}, True),
        ({"Return_Path": "<>"}, True),
    ],
)
def test_what_a_program_wrote_is_known(headers, automatic):
    assert parsing.read(raw(**headers)).is_automatic is automatic


@pytest.mark.parametrize(
    "date", [None, "yesterday", "Mon, 99 Foo 9999 99:99:99 +9999", "Mon, 03 Jun 1970 10:00:00 +0000"]
)
def test_a_date_that_makes_no_sense_is_no_date(date):
    head = f"Date: {date}\n" if date else ""
    assert parsing.read(f"From: a@example.org\n{head}\nHello".encode()).at is None


def test_a_date_in_the_future_is_now():
    assert parsing.read(raw(Date="Mon, 03 Jun 2041 10:00:00 +0200")).at == dt.datetime(
        2030, 7, 1, 12, tzinfo=dt.UTC
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Refusal.UNREADABLE),
        (b"\x00\xff\xfe", Refusal.UNREADABLE),
        (b"just words", Refusal.UNREADABLE),
        (b"Subject: A\n\nB", Refusal.NO_SENDER),
        (b"From: nobody\nSubject: A\n\nB", Refusal.NO_SENDER),
        (b"From: a@example.org, b\nFrom: \xff\n\n", Refusal.EMPTY),
        (b"From: a@example.org\n\n \n", Refusal.EMPTY),
    ],
)
def test_what_is_no_mail_is_refused_with_the_reason(content, reason):
    assert refused(content) == reason


def test_a_mail_of_too_many_bytes_is_refused_unread(monkeypatch):
    monkeypatch.setattr(parsing, "LARGEST", 100)
    assert refused(raw(text="x" * 200)) == Refusal.TOO_LARGE


def test_a_bomb_of_parts_is_refused():
    parts = b"".join(b"--x\n\nB\n" for _number in range(200))
    bomb = b'From: a@example.org\nContent-Type: multipart/mixed; boundary="x"\n\n' + parts + b"--x--\n"
    assert refused(bomb) == Refusal.TOO_MANY_PARTS


@pytest.mark.parametrize("depth", [50, 5000])
def test_parts_within_parts_within_parts_are_refused(depth):
    bomb = b"From: a@example.org\n"
    for level in range(depth):
        bomb += b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (level, level)
    assert refused(bomb) == Refusal.TOO_MANY_PARTS


@pytest.mark.parametrize(
    "header",
    [
        b"Subject: =?utf-8?b?!!!?=",
        b"Subject: =?x-none?q?a?=",
        b"Subject: =?utf-8?q?" + b"=" * 5000,
        b"Content-Type: ;;;=\xff",
        b"Content-Type: multipart/mixed",
        b"Content-Transfer-Encoding: base64",
        b"Content-Disposition: attachment; filename*=x''%ff%fe",
        b"References: " + b"<a@b> " * 5000,
        b"Message-ID: <" + b"x" * 5000,
        b"To: " + b'"' * 5000,
    ],
)
def test_broken_headers_break_nothing(header):
    found = parsing.read(b"From: a@example.org\nSubject: A\n" + header + b"\n\nHello")
    assert found.address == "a@example.org"


def test_files_are_named_without_their_paths():
    message = mail()
    message.add_attachment(b"%PDF-1.5", maintype="application", subtype="pdf", filename="..\\..\\plan.pdf")
    (file,) = parsing.read(message.as_bytes()).files
    assert (file.name, file.content) == ("plan.pdf", b"%PDF-1.5")


def test_a_box_holds_many_and_a_line_that_was_quoted_is_whole_again():
    first, second = boxes.mails_in(box(raw(text="One\n\n>From here"), raw(text="Two")))
    assert (parsing.read(first).text, parsing.read(second).text) == ("One\n\nFrom here", "Two")


def test_a_single_mail_is_a_box_of_one():
    assert [parsing.read(each).subject for each in boxes.mails_in(raw())] == ["A choir for Toul"]
