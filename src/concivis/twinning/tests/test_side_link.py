"""The mailed link of the other side, as a visitor without an account meets it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import RecordLine
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.actions import agreements, objectives, plan, sides
from concivis.twinning.enums import PartnershipState
from concivis.twinning.models import (
    Approval,
    Journey,
    Milestone,
    Objective,
    Review,
    Side,
    SideKey,
    Source,
    Step,
)
from concivis.twinning.policies import Acting

pytestmark = pytest.mark.django_db(databases="__all__")

NAMED = {"named": "A. Example, town clerk"}


@pytest.fixture
def hub():
    return HubFactory(name="Hamm", slug="hamm", place__name="Hamm")


@pytest.fixture
def coordinator(hub):
    return MembershipFactory(hub=hub, user__email="kim@example.org").user


@pytest.fixture
def tie(hub):
    bradford = PlaceFactory(name="Bradford", country__code="GB")
    return factories.partnership(
        hub.place, bradford, hub=hub, signed="1976", is_published=False, state=PartnershipState.ACTIVE
    )


@pytest.fixture
def bradford(tie):
    return tie.sides.get(position=1)


@pytest.fixture
def mail_link(coordinator, django_capture_on_commit_callbacks, mailoutbox):
    """Asks a side; the address in the letter, without the site's name."""

    def ask(side, language="en"):
        with django_capture_on_commit_callbacks(execute=True):
            sides.ask_side(by=coordinator, side=side, email="town@example.org", language=language)
        return re.search(r"http://localhost:8000(\S+)", mailoutbox[-1].body)[1]

    return ask


@pytest.fixture
def link(mail_link, bradford):
    return mail_link(bradford)


def text_of(response) -> str:
    return response.content.decode()


def everything():
    """All that looking at a page could change."""
    tables = (Side, SideKey, Milestone, Source, Approval, RecordLine)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_the_page_says_who_asks_what_is_written_and_offers_three_answers(client, link):
    page = text_of(client.get(link))
    assert "<h1>Hamm – Bradford</h1>" in page
    assert "The office of Hamm asks Bradford: is this right?" in page
    assert "1976" in page
    for answer in ("This is right", "Correct our side", "This is not our partnership"):
        assert f"<h3>{answer}</h3>" in page
    assert "never your name" in page


def test_the_page_speaks_the_language_of_the_letter(client, mail_link, bradford):
    link = mail_link(bradford, language="de")
    assert link.startswith("/de/sides/")
    assert '<html lang="de"' in text_of(client.get(link))


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("page", ["", "correct/", "decline/"])
def test_a_mail_scanner_that_opens_the_link_changes_nothing(client, link, method, page):
    before = everything()
    response = getattr(client, method)(link + page, headers={"Sec-Purpose": "prefetch"})
    assert response.status_code == 200
    assert everything() == before


def test_no_cache_keeps_the_page_no_robot_lists_it_and_no_other_page_learns_its_address(client, link):
    for address in (link, f"{link}correct/", f"{link}decline/", "/en/sides/unknown/"):
        response = client.get(address)
        assert response["Cache-Control"] == "private, no-store"
        assert response["Referrer-Policy"] == "strict-origin"
        assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_the_page_leads_nowhere_with_its_address_in_the_query(client, link):
    key = link.split("/")[3]
    elsewhere = [
        address for address in re.findall(r'href="([^"]+)"', text_of(client.get(link))) if key in address
    ]
    assert [address for address in elsewhere if "?" in address] == []


def test_confirming_needs_a_name_and_leads_back_to_the_page(client, link, bradford):
    refused = client.post(link, {"named": "  "})
    assert "Please look at one thing" in text_of(refused)
    response = client.post(link, NAMED)
    assert (response.status_code, response["Location"]) == (302, link)
    bradford.refresh_from_db()
    assert bradford.confirmed_as == "A. Example, town clerk"
    assert "Bradford confirmed this on" in text_of(client.get(link))


def test_a_link_used_twice_says_since_when_it_is_confirmed_and_doubles_nothing(client, link, bradford):
    client.post(link, NAMED)
    first = Side.objects.values().get(pk=bradford.pk)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        response = client.post(link, {"named": "Somebody Else"}, follow=True)
    assert "has been confirmed since" in text_of(response)
    assert Side.objects.values().get(pk=bradford.pk) == first
    assert RecordLine.objects.filter(action="partnership.confirmed").count() == 1


def test_hostile_text_in_the_name_is_only_text(client, link, bradford, coordinator, tie):
    hostile = '<script>alert(1)</script>\r\nBcc: x\u202etxt {{ 7 }} Ann"'
    client.post(link, {"named": hostile})
    bradford.refresh_from_db()
    assert bradford.confirmed_as == '<script>alert(1)</script> Bcc: x txt {{ 7 }} Ann"'
    assert "<script>alert" not in text_of(client.get(link))
    client.force_login(coordinator)
    office = text_of(client.get(f"/en/office/hamm/partnerships/{tie.public_id}/other-side/"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in office
    assert "<script>alert" not in office


@pytest.mark.parametrize("name", ["…", "12", "\u200b\u200e", "a" * 201])
def test_a_name_has_letters_and_an_end(client, link, bradford, name):
    client.post(link, {"named": name})
    bradford.refresh_from_db()
    assert bradford.confirmed_at is None


def test_the_side_corrects_itself_with_the_form(client, link, bradford):
    page = text_of(client.get(f"{link}correct/"))
    assert 'value="1976"' in page  # begins with what the office wrote
    said = {"signed": "1975-05", "state": "suspended", "remark": "Depuis mai.", "language": "fr", **NAMED}
    response = client.post(f"{link}correct/", said, follow=True)
    bradford.refresh_from_db()
    assert (bradford.state_said, bradford.remark, bradford.remark_language) == (
        "suspended",
        "Depuis mai.",
        "fr",
    )
    assert bradford.confirmed_at is None  # the box was not ticked
    shown = text_of(response)
    assert "How Bradford sees it" in shown
    assert '<blockquote lang="fr" dir="ltr">' in shown
    assert "May 1975" in shown


def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(client, link):
    said = {"signed": "2999", "renewed": "soon", "remark": "Kept", "language": "en", **NAMED}
    page = text_of(client.post(f"{link}correct/", said))
    assert "“soon” is not a date" in page
    assert "Kept" in page
    page = text_of(client.post(f"{link}correct/", {**said, "renewed": ""}))
    assert "This date is in the future" in page
    assert "Kept" in page


def test_the_side_says_that_it_is_not_its_partnership(client, link, bradford):
    said = {"reason": "We never agreed.", "language": "en", **NAMED}
    response = client.post(f"{link}decline/", said, follow=True)
    bradford.refresh_from_db()
    assert bradford.state_said == "ended"
    assert "that this is not its partnership" in text_of(response)


# --- links that open nothing -------------------------------------------------------------------------------


def test_an_unknown_link_is_said_to_be_unknown(client, link):
    response = client.get(link[:-3] + "/")
    assert response.status_code == 404
    assert "cut in two" in text_of(response)


def test_an_expired_link_offers_to_ask_the_office_for_a_new_one(
    client, link, bradford, mailoutbox, django_capture_on_commit_callbacks
):
    with time_machine.travel(timezone.now() + timedelta(days=61)):
        for response in (client.get(link), client.post(link, NAMED)):
            assert response.status_code == 410
            assert "This link has expired." in text_of(response)
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(f"{link}ask/", follow=True)
        assert "The office has been told" in text_of(response)
        assert "told today already" in text_of(client.post(f"{link}ask/", follow=True))
    assert mailoutbox[-1].to == ["kim@example.org"]
    bradford.refresh_from_db()
    assert bradford.confirmed_at is None


def test_a_withdrawn_link_says_so_and_asks_nobody(client, link, coordinator, mailoutbox):
    sides.withdraw_key(by=coordinator, key=SideKey.objects.get())
    response = client.get(link)
    assert response.status_code == 410
    assert "This link was withdrawn." in text_of(response)
    assert "/ask/" not in text_of(response)
    client.post(f"{link}ask/")
    assert len(mailoutbox) == 1  # the letter with the link


def test_an_earlier_link_opens_nothing_after_a_second_letter(client, link, mail_link, bradford):
    second = mail_link(bradford)
    assert client.get(link).status_code == 410
    assert client.get(second).status_code == 200


# --- what both sides agree ---------------------------------------------------------------------------------


@pytest.fixture
def propose(coordinator):
    def make(tie):
        keeper = Acting(tie.sides.get(position=0), coordinator)
        return objectives.propose_objective(
            acting=keeper,
            partnership=tie,
            text="Two classes meet.",
            measure="Both classes have met.",
            language="en",
            due_on=timezone.localdate() + timedelta(days=300),
        )

    return make


def read_and_agree(client, address):
    """As a person does: what stands on the page goes back with the form."""
    page = text_of(client.get(address))
    read = re.search(r'name="read" value="(\w+)"', page)[1]
    return client.post(address, {"read": read, **NAMED}, follow=True)


def test_the_side_agrees_to_an_objective(
    client, link, tie, bradford, propose, mailoutbox, django_capture_on_commit_callbacks
):
    objective = propose(tie)
    address = f"{link}agree/objective/{objective.public_id}/"
    assert address in text_of(client.get(link))
    with django_capture_on_commit_callbacks(execute=True):
        response = read_and_agree(client, address)
    objective.refresh_from_db()
    assert objective.state == "agreed"
    assert Approval.objects.get(side=bradford).given_as == "A. Example, town clerk"
    assert "You have agreed" in text_of(response)
    assert (mailoutbox[-1].to, mailoutbox[-1].subject) == (
        ["kim@example.org"],
        "Bradford agrees: Hamm – Bradford",
    )
    assert SideKey.objects.get().used_at is not None


def test_agreeing_twice_doubles_nothing(client, link, tie, bradford, propose):
    address = f"{link}agree/objective/{propose(tie).public_id}/"
    page = text_of(client.get(address))
    read = re.search(r'name="read" value="(\w+)"', page)[1]
    for _ in range(2):
        client.post(address, {"read": read, **NAMED})
    assert Approval.objects.filter(side=bradford).count() == 1
    assert "You have agreed to this." in text_of(client.get(address))


def test_nobody_agrees_to_words_that_were_changed_while_they_read(client, link, tie, bradford):
    today = timezone.localdate()
    review = plan.hold_review(
        by=None, partnership=tie, year=today.year, held_on=today, summary="It went well.", language="en"
    )
    address = f"{link}agree/review/{review.pk}/"
    read = re.search(r'name="read" value="(\w+)"', text_of(client.get(address)))[1]
    Review.objects.update(summary="It went badly.")
    response = client.post(address, {"read": read, **NAMED}, follow=True)
    assert "The text was changed while you read it." in text_of(response)
    assert "It went badly." in text_of(response)
    assert not Approval.objects.filter(side=bradford).exists()
    read_and_agree(client, address)
    assert Approval.objects.get(side=bradford).review == review


def test_the_side_reads_a_version_of_the_agreement_whole_and_agrees(client, link, tie, coordinator, propose):
    read_and_agree(client, f"{link}agree/objective/{propose(tie).public_id}/")
    draft = agreements.draft_agreement(by=None, partnership=tie, languages=["en", "de"])
    keeper = Acting(tie.sides.get(position=0), coordinator)
    agreements.propose_agreement(acting=keeper, agreement=draft)
    address = f"{link}agree/agreement/{draft.pk}/"
    page = text_of(client.get(address))
    for article in draft.articles.all():
        for language in ("en", "de"):
            assert escape(article.heading[language]) in page
    assert "Two classes meet." in page
    assert "{objectives}" not in page
    read_and_agree(client, address)
    draft.refresh_from_db()
    assert draft.state == "agreed"


def test_a_draft_of_the_agreement_is_not_shown(client, link, tie):
    draft = agreements.draft_agreement(by=None, partnership=tie, languages=["en"])
    assert client.get(f"{link}agree/agreement/{draft.pk}/").status_code == 404


def test_a_key_cannot_touch_an_objective_of_another_partnership(client, link, hub, propose):
    other = factories.partnership(hub.place, PlaceFactory(), hub=hub)
    objective = propose(other)
    for send in (client.get, client.post):
        assert send(f"{link}agree/objective/{objective.public_id}/", NAMED).status_code == 404
    assert Objective.objects.get(pk=objective.pk).state == "proposed"


def test_looking_at_an_objective_agrees_to_nothing(client, link, tie, propose):
    objective = propose(tie)
    before = everything()
    client.get(f"{link}agree/objective/{objective.public_id}/")
    assert everything() == before


@pytest.mark.parametrize("kind", ["agreement", "review", "objective", "plan"])
def test_what_is_not_there_cannot_be_agreed_to(client, link, kind):
    assert client.post(f"{link}agree/{kind}/1/", NAMED).status_code == 404


def test_the_page_shows_how_far_the_journey_has_come(client, link, tie):
    journey = Journey.objects.create(partnership=tie, template="ten-steps-1")
    now = timezone.now()
    Step.objects.create(journey=journey, code="partner", position=1, state="done", finished_at=now)
    Step.objects.create(journey=journey, code="citizens", position=2)
    assert "1 of 2 steps are done." in text_of(client.get(link))


# --- the key stays between the letter and the page ---------------------------------------------------------


def test_a_form_without_a_token_is_refused_in_plain_words_and_changes_nothing(link, bradford):
    response = Client(enforce_csrf_checks=True).post(link, NAMED)
    assert response.status_code == 403
    assert "Go back, load the page again" in text_of(response)
    bradford.refresh_from_db()
    assert bradford.confirmed_at is None


def test_only_the_link_that_answered_reads_the_name_again(client, link, mail_link, bradford):
    client.post(link, NAMED)
    assert "A. Example" in client.get(f"{link}correct/").content.decode()
    another = mail_link(bradford)
    assert "A. Example" not in client.get(f"{another}correct/").content.decode()
