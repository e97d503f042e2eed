"""Somebody without an account proposes something: rules first, step by step, mail, first supporters, the office."""

from io import BytesIO

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.safestring import mark_safe
from PIL import Image

from concivis.catalogue.models import Card
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import Hub
from concivis.places.factories import PlaceFactory
from concivis.proposals import factories, hooks, points
from concivis.proposals.actions import belongings, ending, holding, sponsoring, writing
from concivis.proposals.actions.authors import new_key
from concivis.proposals.actions.publishing import publish
from concivis.proposals.enums import Purpose, State
from concivis.proposals.models import Proposal, ProposalDraft, ProposalKey
from concivis.proposals.tests.author_scene import drawn, link_in
from concivis.shell.guard import signer
from concivis.site.logs import without_keys

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_counted")]

TEXT = {
    "language": "de",
    "title": "Mehr Bänke im Park",
    "summary": "Die Stadt stellt im Park zehn Bänke auf.",
    "body": "Wer älter ist, muss sich **ausruhen** können.",
}
YOU = {"author_name": "Example Author", "author_email": "author@example.org", "agreed": "on"}


def written(client: Client, **you: str) -> str:
    """The address of the last step, with everything before it filled in."""
    at = client.post("/en/hubs/hamm/proposals/new/text/", TEXT)["Location"]
    at = client.post(at, {"themes": []})["Location"]
    return client.post(at, {**YOU, **you})["Location"]


def confirmed(client: Client, commits: object) -> Proposal:
    with commits():  # type: ignore[operator]
        client.post(written(client), {"drawn": drawn()})
    with commits():  # type: ignore[operator]
        client.post(link_in(mail.outbox[-1]))
    return Proposal.objects.get()


def own_page(proposal: Proposal) -> str:
    return f"/en/proposals/mine/{new_key(proposal, Purpose.EDIT)}/"


def picture() -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (8, 8), "green").save(content, "PNG")
    return SimpleUploadedFile("bench.png", content.getvalue(), "image/png")


# --- the guided form ---------------------------------------------------------------------------------------


def test_the_rules_come_first_and_in_plain_words(client: Client, hub: Hub) -> None:
    page = client.get("/en/hubs/hamm/proposals/new/").content.decode()
    assert "within 60 days" in page and "/en/hubs/hamm/proposals/new/text/" in page


def test_where_there_are_no_rules_nothing_can_be_proposed(client: Client) -> None:
    HubFactory(slug="lyon")
    assert "Nothing can be proposed here" in client.get("/en/hubs/lyon/proposals/new/").content.decode()
    assert client.get("/en/hubs/lyon/proposals/new/text/").status_code == 302


def test_each_step_is_kept_and_found_again_under_its_own_address(client: Client, hub: Hub) -> None:
    at = client.post("/en/hubs/hamm/proposals/new/text/", TEXT)["Location"]
    assert at.endswith("/where/")
    assert "Mehr Bänke im Park" in client.get(at.replace("/where/", "/text/")).content.decode()


def test_a_step_with_a_mistake_is_kept_all_the_same(client: Client, hub: Hub) -> None:
    page = client.post("/en/hubs/hamm/proposals/new/text/", {**TEXT, "summary": ""})
    assert page.status_code == 200
    assert ProposalDraft.objects.get().answers["title"] == ["Mehr Bänke im Park"]


def test_going_back_asks_nothing_and_loses_nothing(client: Client, hub: Hub) -> None:
    at = client.post("/en/hubs/hamm/proposals/new/text/", TEXT)["Location"]
    response = client.post(at, {"point": "nonsense", "back": "1"})
    assert response["Location"].endswith("/text/")
    assert ProposalDraft.objects.get().answers["point"] == ["nonsense"]


def test_a_title_in_capitals_is_refused_in_plain_words(client: Client, hub: Hub) -> None:
    page = client.post("/en/hubs/hamm/proposals/new/text/", {**TEXT, "title": "MORE BENCHES NOW"})
    assert "do not write everything in capitals" in page.content.decode()


def test_the_preview_shows_it_exactly_and_without_the_mail_address_of_others(
    client: Client, hub: Hub
) -> None:
    page = client.get(written(client)).content.decode()
    assert "<strong>ausruhen</strong>" in page and "Die Stadt stellt im Park" in page


def test_the_preview_of_what_is_not_finished_leads_to_the_step(client: Client, hub: Hub) -> None:
    at = client.post("/en/hubs/hamm/proposals/new/text/", {**TEXT, "keep": "1"})["Location"]
    response = client.get(at.split("#")[0].replace("/text/", "/look/"))
    assert response["Location"].endswith("/you/?check=1")


def test_other_rooms_speak_beside_the_form(client: Client, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[hooks.Written] = []
    monkeypatch.setattr(
        hooks, "beside_form", [lambda request, what: told.append(what) or mark_safe("<p>Alike</p>")]
    )
    page = client.post("/en/hubs/hamm/proposals/new/text/", {**TEXT, "look": "1"}).content.decode()
    assert "<p>Alike</p>" in page and told[0].title == "Mehr Bänke im Park"


def test_nothing_is_sent_by_a_program_within_a_second(client: Client, hub: Hub) -> None:
    client.post(written(client), {"drawn": signer.sign("form")})
    assert not Proposal.objects.exists()


def test_the_form_is_kept_by_no_cache_and_its_key_in_no_log(client: Client, hub: Hub) -> None:
    at = client.post("/en/hubs/hamm/proposals/new/text/", TEXT)["Location"]
    assert client.get(at)["Cache-Control"] == "private, no-store"
    key = at.split("/")[-3]
    assert key not in without_keys(at)


@pytest.mark.parametrize(
    "text",
    [
        "51.68, 7.82",
        "geo:51.68,7.82",
        "https://maps.example/?mlat=51.68&mlon=7.82",
        "https://maps.example/#map=15/51.68/7.82",
    ],
)
def test_a_point_is_two_numbers_or_the_link_of_a_map(text: str) -> None:
    assert points.read(text) == (51.68, 7.82)


@pytest.mark.parametrize("text", ["the park", "91, 7", "51.68", "51.68, 7.82, 3"])
def test_what_is_no_point_is_said_so(text: str) -> None:
    with pytest.raises(ValidationError):
        points.read(text)


# --- the mail ----------------------------------------------------------------------------------------------


def test_opening_the_link_changes_nothing(client: Client, hub: Hub, commits: object) -> None:
    with commits():  # type: ignore[operator]
        client.post(written(client), {"drawn": drawn()})
    assert client.get(link_in(mail.outbox[0])).status_code == 200
    assert Proposal.objects.get().state == State.DRAFT


def test_the_button_leads_on_to_the_private_page(client: Client, hub: Hub, commits: object) -> None:
    made = confirmed(client, commits)
    assert (made.state, made.language, made.author_name_public) == (State.IDEA, "de", False)
    assert "/proposals/mine/" in mail.outbox[-1].body
    assert not ProposalDraft.objects.exists()


def test_the_button_pressed_twice_changes_nothing(client: Client, hub: Hub, commits: object) -> None:
    confirmed(client, commits)
    letters = len(mail.outbox)
    with commits():  # type: ignore[operator]
        assert client.post(link_in(mail.outbox[0])).status_code == 200
    assert len(mail.outbox) == letters


def test_nobody_can_fill_a_strangers_mailbox(hub: Hub) -> None:
    facts = writing.ProposalFacts(**TEXT)
    author = writing.Author(name="A", email="a@example.org")
    for _number in range(3):
        writing.begin(hub=hub, facts=facts, author=author)
    with pytest.raises(ValidationError, match="still wait"):
        writing.begin(hub=hub, facts=facts, author=author)


# --- the private page --------------------------------------------------------------------------------------


def test_the_private_page_says_what_comes_next_and_by_when(client: Client, hub: Hub) -> None:
    proposal = factories.unpublished(hub=hub, state=State.REVIEW, submitted_at=timezone.now())
    page = client.get(own_page(proposal)).content.decode()
    assert "The office publishes it, asks back, or rejects it" in page and "By " in page


def test_its_author_changes_it_until_it_is_sent(client: Client, hub: Hub) -> None:
    proposal = factories.unpublished(hub=hub)
    place = PlaceFactory(name="Bradford")
    said = {**TEXT, "place": "Bradford", "place_id": place.public_id, "point": "51.68, 7.82", "revision": 0}
    client.post(own_page(proposal) + "edit/", said)
    proposal.refresh_from_db()
    assert (proposal.title, proposal.place, proposal.latitude) == ("Mehr Bänke im Park", place, 51.68)


def test_who_saved_later_is_told_that_somebody_was_first(client: Client, hub: Hub) -> None:
    proposal = factories.unpublished(hub=hub, revision=3)
    page = client.post(own_page(proposal) + "edit/", {**TEXT, "revision": 2})
    assert page.status_code == 200
    proposal.refresh_from_db()
    assert proposal.title != "Mehr Bänke im Park"


@pytest.mark.parametrize("state", [State.REVIEW, State.PUBLISHED])
def test_the_text_is_frozen_once_the_office_has_it(hub: Hub, state: State) -> None:
    made = factories.ProposalFactory if state == State.PUBLISHED else factories.unpublished
    proposal = made(hub=hub, state=state)
    with pytest.raises(ValidationError):
        writing.edit(by=None, proposal=proposal, facts=writing.ProposalFacts(**TEXT), revision=0)
    with pytest.raises(ValidationError):
        belongings.translate(by=None, proposal=proposal, language="fr", title="Plus de bancs")


def test_a_picture_is_drawn_anew_and_says_what_is_seen(client: Client, hub: Hub) -> None:
    proposal = factories.unpublished(hub=hub)
    said = {"file": picture(), "alt": "A bench", "may_be_shown": "on"}
    client.post(own_page(proposal) + "picture/", said)
    kept = proposal.pictures.get()
    assert (kept.alt, kept.width) == ("A bench", 8)
    assert client.get(f"/en/proposals/{proposal.public_id}/pictures/{kept.public_id}").status_code == 404


def test_what_is_no_picture_is_refused_by_its_bytes(client: Client, hub: Hub) -> None:
    proposal = factories.unpublished(hub=hub)
    said = {"file": SimpleUploadedFile("a.png", b"MZ program"), "alt": "A bench", "may_be_shown": "on"}
    assert "This is not a picture" in client.post(own_page(proposal) + "picture/", said).content.decode()


def test_a_co_author_joins_by_the_button_and_is_named_only_if_they_say_so(
    client: Client, hub: Hub, commits: object
) -> None:
    proposal = factories.unpublished(hub=hub)
    with commits():  # type: ignore[operator]
        client.post(own_page(proposal) + "authors/", {"name": "Ben", "email": "ben@example.org"})
    link = link_in(mail.outbox[0])
    assert client.get(link).status_code == 200
    assert proposal.co_authors.get().joined_at is None
    response = client.post(link, {})
    assert "/proposals/mine/" in response["Location"]
    person = proposal.co_authors.get()
    assert (person.joined_at is not None, person.name_public) == (True, False)


def test_whoever_is_taken_out_cannot_act_any_more(hub: Hub, client: Client) -> None:
    proposal = factories.unpublished(hub=hub)
    person = belongings.ask_co_author(proposal=proposal, name="Ben", email="ben@example.org")
    key = ProposalKey.objects.get(co_author=person)
    _person, own = belongings.join(key=key, name_public=True)
    belongings.remove_co_author(proposal=proposal, co_author=person)
    assert client.get(f"/en/proposals/mine/{own}/").status_code == 404


def test_an_unknown_key_opens_nothing_and_says_so(client: Client) -> None:
    response = client.get("/en/proposals/mine/nothing-of-ours/")
    assert (response.status_code, response["X-Robots-Tag"]) == (404, "noindex, nofollow")


def test_withdrawing_asks_once_more_and_keeps_the_public_page(client: Client) -> None:
    proposal = factories.ProposalFactory()
    address = own_page(proposal) + "withdraw/"
    assert "cannot be undone" in client.get(address).content.decode()
    proposal.refresh_from_db()
    assert proposal.state == State.PUBLISHED
    client.post(address)
    assert "Withdrawn" in client.get(f"/en/proposals/{proposal.public_id}/").content.decode()
    assert not Card.objects.filter(kind="proposal").exists()


def test_what_was_handed_over_cannot_be_withdrawn() -> None:
    proposal = factories.ProposalFactory(state=State.HANDED_OVER)
    with pytest.raises(ValidationError):
        ending.withdraw(by=None, proposal=proposal)


def test_a_new_link_is_mailed_to_the_author_only(client: Client, commits: object) -> None:
    proposal = factories.ProposalFactory()
    address = f"/en/proposals/{proposal.public_id}/link/"
    for email in ("stranger@example.org", "author@example.org"):
        with commits():  # type: ignore[operator]
            page = client.post(address, {"email": email, "drawn": drawn()}).content.decode()
        assert "is on its way" in page
    assert [letter.to for letter in mail.outbox] == [["author@example.org"]]


# --- corrections -------------------------------------------------------------------------------------------


def test_a_correction_keeps_what_stood_there_and_why_for_everybody(client: Client, hub: Hub) -> None:
    proposal = factories.ProposalFactory(hub=hub, title="More benchs here", summary="Ten benches.")
    person = MembershipFactory(hub=hub).user
    holding.correct(
        by=person, proposal=proposal, revision=0, field="title", after="More benches here", reason="A slip"
    )
    page = client.get(f"/en/proposals/{proposal.public_id}/").content.decode()
    assert "More benchs here" in page and "A slip" in page


def test_an_authors_wish_for_a_correction_reaches_the_office(
    client: Client, hub: Hub, commits: object
) -> None:
    proposal = factories.ProposalFactory(hub=hub)
    member = MembershipFactory(hub=hub).user
    with commits():  # type: ignore[operator]
        client.post(own_page(proposal) + "wish/", {"wish": "It is spelt benches."})
    assert mail.outbox[-1].to == [member.email] and "It is spelt benches." in mail.outbox[-1].body


def test_from_the_first_word_to_everybody(client: Client, hub: Hub, commits: object) -> None:
    made = confirmed(client, commits)
    sent = sponsoring.send_off(by=None, proposal=made)
    shown = publish(by=None, proposal=sent)
    page = client.get(f"/de/proposals/{shown.public_id}/").content.decode()
    assert "Mehr Bänke im Park" in page and "author@example.org" not in page
