"""Anybody may open an office for any city: it answers for its city only where the keeper lets that office answer."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from concivis.desk import reminders
from concivis.desk.models import ReminderLetter
from concivis.hubs import record_words, tokens
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import RecordLine
from concivis.hubs.scopes import Scope
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories, policies, queries
from concivis.twinning.actions import contacts, documents, sides
from concivis.twinning.actions.contacts import ContactFacts
from concivis.twinning.actions.journey import start_journey
from concivis.twinning.attention import Reason, attention
from concivis.twinning.enums import ContactRole, DocumentKind, PartnershipState
from concivis.twinning.models import Side
from concivis.twinning.office import ties

pytestmark = pytest.mark.django_db(databases="__all__")

CONTENTS = ("office_journey", "office_objectives", "office_agreement", "office_documents", "office_contacts")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def hub():
    return HubFactory(name="Hamm", slug="hamm", place__name="Hamm")


@pytest.fixture
def keeper(hub):
    return MembershipFactory(hub=hub, user__email="kim@example.org").user


@pytest.fixture
def tie(hub, keeper):
    return factories.partnership(
        hub.place, PlaceFactory(name="Toul"), hub=hub, is_published=False, state=PartnershipState.ACTIVE
    )


@pytest.fixture
def side(tie, keeper):
    """Of Toul, which was asked by letter."""
    asked = tie.sides.get(position=1)
    sides.ask_side(by=keeper, side=asked, email="town@example.org", language="en")
    asked.refresh_from_db()
    return asked


@pytest.fixture
def office(side):
    return HubFactory(name="Office of Toul", slug="toul", place=side.place)


@pytest.fixture
def editor(office):
    return MembershipFactory(hub=office, role="editor", user__email="lou@example.org").user


@pytest.fixture
def sent(django_capture_on_commit_callbacks, mailoutbox):
    """Calls an action as if it were committed; the letters that it sent."""

    def call(action, **arguments):
        before = len(mailoutbox)
        with django_capture_on_commit_callbacks(execute=True):
            action(**arguments)
        return mailoutbox[before:]

    return call


def opened(user):
    client = Client()
    client.force_login(user)
    return client


def at(tie, name, *args, office="toul"):
    return reverse(f"twinning:{name}", args=[office, tie.public_id, *args])


def text_of(response):
    return response.content.decode()


def paper(tie):
    return documents.add_document(
        by=None,
        partnership=tie,
        upload=SimpleUploadedFile("a.pdf", b"%PDF-1.7"),
        title="For us",
        kind=DocumentKind.OTHER,
    )


def statuses(tie, side, editor):
    """What an editor of the office of Toul gets: each page of what the sides share, the paper, the confirmation."""
    client, document = opened(editor), tie.documents.first() or paper(tie)
    pages = [client.get(at(tie, name)).status_code for name in CONTENTS]
    file = client.get(at(tie, "office_document", document.public_id))
    if file.streaming:
        list(file)  # a file that it hands out is closed at its end
    pages.append(file.status_code)
    return [*pages, client.post(at(tie, "office_partner_confirm", side.pk)).status_code]


# --- a stranger --------------------------------------------------------------------------------------------


def test_an_office_that_anybody_opened_sees_nothing_unpublished_and_answers_nothing(tie, side, editor):
    assert statuses(tie, side, editor) == [404] * 7
    side.refresh_from_db()
    assert (side.confirmed_at, policies.acting_for(editor, side)) == (None, None)


def test_of_a_public_tie_it_sees_what_everybody_sees_and_answers_nothing(tie, side, editor):
    tie.is_published = True
    tie.save()
    contact = contacts.add_contact(
        by=None, side=side, facts=ContactFacts(role=ContactRole.MAYOR, name="Ada Example")
    )
    assert statuses(tie, side, editor) == [200] * 5 + [404, 403]
    pages = " ".join(text_of(opened(editor).get(at(tie, name))) for name in CONTENTS)
    assert [words in pages for words in (contact.name, "For us")] == [False, False]
    page = text_of(opened(editor).get(at(tie, "office_partner")))
    assert ("Your answer" in page, "Your office does not answer for Toul" in page) == (False, True)


def test_a_second_office_of_the_keepers_city_speaks_for_nobody(tie, hub, office):
    tie.is_published = True
    tie.save()
    second = MembershipFactory(hub__place=hub.place).user
    assert [policies.acting_for(second, each) for each in tie.sides.all()] == [None, None]


def test_trusting_one_office_of_a_city_is_not_trusting_another(tie, side, keeper, office):
    sides.trust_office(by=keeper, side=side, office=office)
    other = HubFactory(place=side.place, slug="toul-two")
    stranger = MembershipFactory(hub=other).user
    side.refresh_from_db()
    assert policies.acting_for(stranger, side) is None
    assert [tie in queries.in_office(each) for each in (office, other)] == [True, False]


def test_no_letter_of_the_week_goes_to_an_office_that_is_not_trusted(side, office, keeper, time_machine):
    MembershipFactory(hub=office)

    def written_to():
        reminders.send_due()
        return set(ReminderLetter.objects.values_list("reminder__hub__slug", flat=True))

    time_machine.move_to("2027-04-05T10:00:00Z", tick=False)  # a Monday, the answer is overdue
    found = [written_to(), [matter.reason for matter in attention(office)]]
    sides.trust_office(by=keeper, side=side, office=office)
    found += [written_to(), [matter.reason for matter in attention(office)]]
    assert found == [{"hamm"}, [], {"hamm", "toul"}, [Reason.WAITING]]


def test_the_table_of_an_office_that_is_not_trusted_does_not_tell_the_next_step(tie, side, office, keeper):
    start_journey(by=None, partnership=tie)
    tie.is_published = True
    tie.save()

    def step():
        return ties.rows(ties.with_columns(queries.in_office(office), office), office)[0].next_step != ""

    before = step()
    sides.trust_office(by=keeper, side=side, office=office)
    assert (before, step()) == (False, True)


# --- the keeper trusts -------------------------------------------------------------------------------------


def test_the_office_that_the_keeper_trusts_sees_and_answers_until_it_is_taken_back(tie, side, keeper, editor):
    office = editor.memberships.get().hub
    client = opened(keeper)
    page = text_of(client.get(at(tie, "office_partner", office="hamm")))
    assert ("Anybody can open an office for any city." in page, "1 member<" in page) == (True, True)
    client.post(at(tie, "office_partner_trust", side.pk, office="hamm"), {"office": office.slug})
    assert statuses(tie, side, editor) == [200] * 6 + [302]
    page = text_of(client.get(at(tie, "office_partner", office="hamm")))
    assert ("This office answers for Toul." in page, "Take this back" in page) == (True, True)
    client.post(at(tie, "office_partner_distrust", side.pk, office="hamm"))
    assert statuses(tie, side, editor) == [404] * 7
    side.refresh_from_db()
    assert (side.office, side.confirmed_by) == (None, editor)  # what was answered stays


def test_the_coordinators_of_the_office_are_told_once_and_the_record_keeps_it(
    side, keeper, office, editor, sent
):
    MembershipFactory(hub=office, user__email="coordinator@example.org")
    letters = sent(sides.trust_office, by=keeper, side=side, office=office)
    assert [letter.to for letter in letters] == [["coordinator@example.org"]]
    assert f"/en/office/toul/partnerships/{side.partnership.public_id}/other-side/" in letters[0].body
    assert sent(sides.trust_office, by=keeper, side=side, office=office) == []
    line = RecordLine.objects.get(action="partnership.office_trusted")
    assert record_words.sentence(line) == "let the office Office of Toul answer for Toul"


def test_who_does_not_keep_it_trusts_nobody(hub, side, office, keeper):
    observer = MembershipFactory(hub=hub, role="observer").user
    sides.trust_office(by=keeper, side=side, office=office)
    for person in (observer, MembershipFactory(hub=office).user):
        with pytest.raises(PermissionDenied):
            sides.trust_office(by=person, side=side, office=office)
        with pytest.raises(PermissionDenied):
            sides.withdraw_trust(by=person, side=side)


def test_only_an_office_of_that_city_and_only_for_another_side_is_trusted(hub, tie, side, keeper):
    with pytest.raises(ValidationError, match="is not an office of Toul"):
        sides.trust_office(by=keeper, side=side, office=HubFactory())
    with pytest.raises(ValidationError, match="your own side"):
        sides.trust_office(by=keeper, side=tie.sides.get(position=0), office=HubFactory(place=hub.place))


def test_an_office_that_is_not_public_is_not_offered(tie, side, keeper, office):
    office.is_published = False
    office.save()
    client = opened(keeper)
    assert "Office of Toul" not in text_of(client.get(at(tie, "office_partner", office="hamm")))
    address = at(tie, "office_partner_trust", side.pk, office="hamm")
    assert client.post(address, {"office": "toul"}).status_code == 404


def test_a_side_that_was_let_in_by_trust_alone_is_as_if_never_asked_when_it_is_taken_back(hub, keeper):
    tie = factories.partnership(hub.place, PlaceFactory(), hub=hub)
    side = tie.sides.get(position=1)
    let_in = sides.trust_office(by=keeper, side=side, office=HubFactory(place=side.place))
    assert let_in.asked_at is not None
    assert sides.withdraw_trust(by=keeper, side=side).asked_at is None


def test_a_link_that_is_withdrawn_leaves_the_trusted_office_in(side, keeper, office):
    sides.trust_office(by=keeper, side=side, office=office)
    sides.withdraw_key(by=keeper, key=side.keys.get())
    side.refresh_from_db()
    assert (side.office, side.asked_at is None) == (office, False)


def test_no_office_answers_for_a_side_that_was_never_let_in(side, office):
    with pytest.raises(IntegrityError), transaction.atomic():
        Side.objects.filter(pk=side.pk).update(office=office, asked_at=None)


# --- who holds the mailed link -----------------------------------------------------------------------------


@pytest.fixture
def link(side, keeper, django_capture_on_commit_callbacks, mailoutbox):
    with django_capture_on_commit_callbacks(execute=True):
        sides.ask_side(by=keeper, side=side, email="town@example.org", language="en")
    return re.search(r"http://localhost:8000(\S+)", mailoutbox[-1].body)[1]


def test_an_editor_who_holds_the_link_lets_the_office_answer_and_the_keeper_is_told(
    tie, side, editor, link, mailoutbox, django_capture_on_commit_callbacks
):
    client = opened(editor)
    page = text_of(client.get(link))
    assert "Answer as Office of Toul from now on" in page
    side.refresh_from_db()
    assert side.office is None  # looking changes nothing
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"{link}office/", {"office": "toul"})
    assert response["Location"] == at(tie, "office_partner")
    assert mailoutbox[-1].to == ["kim@example.org"]
    assert statuses(tie, side, editor) == [200] * 6 + [302]
    assert "Answer as Office of Toul" not in text_of(client.get(link))


def test_the_link_gives_the_side_to_no_office_of_another_city_and_to_no_reader(side, office, link):
    elsewhere = MembershipFactory(hub__slug="elsewhere").user
    observer = MembershipFactory(hub=office, role="observer").user
    for person, slug in ((elsewhere, "elsewhere"), (elsewhere, "toul"), (observer, "toul")):
        assert opened(person).post(f"{link}office/", {"office": slug}).status_code == 404
    assert Client().post(f"{link}office/", {"office": "toul"}).status_code == 404
    side.refresh_from_db()
    assert side.office is None


def test_a_link_that_was_withdrawn_gives_the_side_to_nobody(side, keeper, office, editor, link):
    key = side.keys.get(withdrawn_at=None)
    sides.withdraw_key(by=keeper, key=key)
    assert opened(editor).post(f"{link}office/", {"office": "toul"}).status_code == 410
    with pytest.raises(ValidationError, match="lost its force"):
        sides.answer_as_office(by=editor, key=key, office=office)
    side.refresh_from_db()
    assert side.office is None


# --- programs ----------------------------------------------------------------------------------------------


def test_programs_of_an_office_see_and_answer_what_its_editors_do(client, tie, side, keeper, office):
    person = MembershipFactory(hub=office).user
    _token, key = tokens.issue_token(
        by=person, hub=office, name="website", scopes=list(Scope), expires_on=None
    )
    start_journey(by=None, partnership=tie)
    base, headers = f"/api/v1/hub/partnerships/{tie.public_id}", {"Authorization": f"Bearer {key}"}

    def answered():
        read = [client.get(base + path, headers=headers) for path in ("", "/journey", "/objectives")]
        return [each.status_code for each in [*read, client.post(f"{base}/confirmation", headers=headers)]]

    found = [answered()]
    tie.is_published = True
    tie.save()
    found.append(answered())
    sides.trust_office(by=keeper, side=side, office=office)
    found.append(answered())
    sides.withdraw_trust(by=keeper, side=side)
    found.append(answered())
    assert found == [[404] * 4, [200, 403, 403, 403], [200] * 4, [200, 403, 403, 403]]
