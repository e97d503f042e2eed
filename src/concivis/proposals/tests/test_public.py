"""What everybody sees: the list, the page, what became of it, the formats."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from concivis.catalogue.models import Card
from concivis.hubs import hooks
from concivis.hubs.factories import HubFactory
from concivis.hubs.testing import asks
from concivis.proposals import cards, factories
from concivis.proposals.enums import (
    Event,
    MeasureState,
    Rejection,
    State,
    Threshold,
    Verdict,
)
from concivis.proposals.models import Answer, Happening, Measure, Proposal, Step, Tally

pytestmark = pytest.mark.django_db


def page(client: Client, proposal: Proposal, language: str = "en") -> str:
    return client.get(f"/{language}/proposals/{proposal.public_id}/").content.decode()


def signed(number: int, goal: int = 2000, **tally: object) -> Proposal:
    proposal = factories.ProposalFactory(hub__slug="hamm", hub__timezone="Europe/Berlin")
    Step.objects.create(rules=proposal.rules, threshold=Threshold.ANSWER, number=goal)
    Tally.objects.create(proposal=proposal, legal=number, counted_at=timezone.now(), **tally)
    return proposal


def test_the_page_says_how_many_of_how_many_and_as_of_when(client: Client) -> None:
    shown = page(client, signed(1234))
    assert "1,234 of 2,000 signatures" in shown and "As of " in shown


def test_a_page_kept_while_signing_is_open_is_young(client: Client) -> None:
    response = client.get(f"/en/proposals/{signed(1).public_id}/")
    assert response["Cache-Control"] == "max-age=2"
    assert "csrf" not in response.content.decode() and not response.cookies


def test_support_by_others_is_counted_apart(client: Client) -> None:
    shown = page(client, signed(10, consultative=3))
    assert "10 of 2,000 signatures" in shown and "Besides, 3 people support it" in shown


def test_valid_signatures_and_those_that_await_the_check_are_told_apart(client: Client) -> None:
    proposal = signed(10, valid=7)
    proposal.rules.needs_check = True
    proposal.rules.save()
    assert "7 are said valid by the register, 3 await the check." in page(client, proposal)


def test_a_reached_number_says_what_it_leads_to_and_since_when(client: Client) -> None:
    proposal = signed(2100)
    Happening.objects.create(proposal=proposal, event=Event.REACHED, threshold=Threshold.ANSWER, number=2000)
    shown = page(client, proposal)
    assert "2,000 signatures: the administration answers" in shown and "reached on" in shown


def test_small_districts_are_not_told(client: Client) -> None:
    proposal = signed(30, areas={"n": 3, "s": 12, "w": 15})
    proposal.rules.areas = [{"code": c, "name": f"District {c}", "postcodes": []} for c in "nsw"]
    proposal.rules.save()
    shown = page(client, proposal)
    assert shown.count("fewer than five, or not told") == 2 and ">15<" in shown


def test_the_page_says_what_comes_next_and_what_the_city_said_and_does(client: Client) -> None:
    proposal = factories.ProposalFactory(state=State.ANSWERED)
    Answer.objects.create(
        public_id="a1", proposal=proposal, verdict=Verdict.PARTLY, text="Five **benches**.", body="The council",
        given_on=timezone.localdate(), language="en",
    )  # fmt: skip
    Measure.objects.create(
        public_id="m1", proposal=proposal, title="Five benches", state=MeasureState.RUNNING, language="en"
    )
    shown = page(client, proposal)
    assert "Answer: The council" in shown and "Five <strong>benches</strong>" in shown
    assert "Under way" in shown and "It is decided, or the city says what it does." in shown


def test_what_is_late_says_so(client: Client) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    proposal = factories.ProposalFactory(
        state=State.HANDED_OVER, handed_over_on=yesterday, answer_due_on=yesterday
    )
    assert "This is late." in page(client, proposal)


def test_steps_that_are_not_public_stay_so(client: Client) -> None:
    proposal = factories.ProposalFactory()
    Happening.objects.create(proposal=proposal, event=Event.SENT_BACK, note="Secret", is_public=False)
    assert "Secret" not in page(client, proposal)


def test_what_was_rejected_after_publication_shows_the_public_reason(client: Client) -> None:
    proposal = factories.ProposalFactory(state=State.REJECTED, rejection=Rejection.UNLAWFUL)
    assert "What it asks for is against the law." in page(client, proposal)


def test_what_is_hidden_says_why_and_nothing_of_what_it_said(client: Client) -> None:
    proposal = factories.ProposalFactory(
        title="Something bad here", hidden_at=timezone.now(), hidden_reason=Rejection.PERSONAL
    )
    response = client.get(f"/en/proposals/{proposal.public_id}/")
    assert response.status_code == 410
    assert "Something bad here" not in response.content.decode()


def test_nothing_of_the_author_is_public_without_their_consent(client: Client) -> None:
    proposal = factories.ProposalFactory(author_name="Ada Beispiel", author_phone="0123")
    assert not {"Ada Beispiel", "author@example.org", "0123"} & set(page(client, proposal).split("\n"))
    Proposal.objects.update(author_name_public=True)
    shown = page(client, proposal)
    assert "Ada Beispiel" in shown and "author@example.org" not in shown


def test_a_point_is_drawn_without_scripts(client: Client) -> None:
    assert "<svg" in page(client, factories.ProposalFactory(latitude=51.7, longitude=7.8))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_however_many_there_are(client: Client, number: int) -> None:
    hub = HubFactory(slug="hamm")
    for _n in range(number):
        factories.ProposalFactory(hub=hub)
    client.get("/en/hubs/hamm/proposals/")
    with asks(11):
        client.get("/en/hubs/hamm/proposals/")


def test_the_list_is_narrowed_by_state_words_and_theme(client: Client) -> None:
    factories.ProposalFactory(title="More benches")
    factories.ProposalFactory(title="Fewer cars", state=State.CLOSED)
    shown = client.get("/en/proposals/?state=open&q=bench").content.decode()
    assert "More benches" in shown and "Fewer cars" not in shown


def test_the_most_supported_come_first_when_asked(client: Client) -> None:
    few, many = factories.ProposalFactory(title="Few signed"), factories.ProposalFactory(title="Many signed")
    Tally.objects.create(proposal=few, legal=3)
    Tally.objects.create(proposal=many, legal=20, paper=5)
    shown = client.get("/en/proposals/?sort=supported").content.decode()
    assert shown.index("Many signed") < shown.index("Few signed")


def test_ending_soon_shows_what_is_still_open(client: Client) -> None:
    soon = timezone.now() + timedelta(days=2)
    factories.ProposalFactory(title="Later")
    factories.ProposalFactory(title="Sooner", closes_on=soon.date(), closes_at=soon)
    factories.ProposalFactory(title="Over already", state=State.CLOSED)
    shown = client.get("/en/proposals/?sort=ending").content.decode()
    assert shown.index("Sooner") < shown.index("Later") and "Over already" not in shown


def test_an_empty_list_says_what_to_do_next(client: Client) -> None:
    factories.RulesFactory(hub__slug="hamm")
    assert "Be the first" in client.get("/en/hubs/hamm/proposals/").content.decode()


@pytest.mark.parametrize("extension", ["csv", "xlsx", "json", "atom", "feed.json", "ics"])
def test_the_list_comes_in_every_format(client: Client, extension: str) -> None:
    factories.ProposalFactory(title="More benches")
    response = client.get(f"/en/proposals.{extension}")
    content = b"".join(response) if response.streaming else response.content
    assert response.status_code == 200 and content
    if extension != "xlsx":
        assert b"More benches" in content


def test_a_format_that_is_not_known_is_not_there(client: Client) -> None:
    assert client.get("/en/proposals.exe").status_code == 404


def test_what_became_of_it_has_the_realised_ones_first(client: Client) -> None:
    hub = HubFactory(slug="hamm")
    today = timezone.localdate()
    factories.ProposalFactory(
        hub=hub, title="Not done", state=State.NOT_REALISED, ended_on=today, outcome_note="Too dear."
    )
    factories.ProposalFactory(hub=hub, title="Done", state=State.REALISED, ended_on=today)
    shown = client.get("/en/hubs/hamm/proposals/became/").content.decode()
    assert shown.index(">Done<") < shown.index(">Not done<") and "Too dear." in shown


def test_each_reason_has_its_text_and_its_own_address(client: Client) -> None:
    shown = client.get("/en/proposals/reasons/").content.decode()
    assert all(f'id="{reason.value}"' in shown for reason in Rejection)


def test_the_deadline_is_a_day_in_the_citys_calendar(client: Client) -> None:
    proposal = factories.ProposalFactory(title="More benches")
    assert [entry.starts for entry in hooks.dated_of(proposal.hub)] == [proposal.closes_on]
    ics = client.get(f"/en/proposals/{proposal.public_id}/deadline.ics").content.decode()
    assert "Last day to sign: More benches" in ics


def test_the_steps_are_a_feed(client: Client) -> None:
    proposal = factories.ProposalFactory()
    Happening.objects.create(proposal=proposal, event=Event.PUBLISHED)
    response = client.get(f"/en/proposals/{proposal.public_id}/steps.atom")
    assert b"<entry>" in b"".join(response)  # type: ignore[arg-type]


def test_the_page_of_the_city_shows_what_can_be_signed(client: Client) -> None:
    proposal = factories.ProposalFactory(hub__slug="hamm", title="More benches")
    assert "More benches" in client.get("/en/hubs/hamm/").content.decode()
    assert proposal.is_collecting


def test_cards_made_anew_are_those_of_the_actions() -> None:
    made = factories.ProposalFactory()
    factories.ProposalFactory(state=State.WITHDRAWN)
    cards.refresh(Proposal.objects.values_list("pk", flat=True))
    assert list(Card.objects.filter(kind="proposal").values_list("public_id", flat=True)) == [made.public_id]
    assert [draft.public_id for draft in cards.drafts()] == [made.public_id]


def test_a_hub_that_goes_private_takes_its_proposals_along(client: Client) -> None:
    proposal = factories.ProposalFactory(hub__is_published=False)
    assert client.get(f"/en/proposals/{proposal.public_id}/").status_code == 404
    assert "Proposal" not in b"".join(client.get("/en/proposals.json")).decode().split("items")[1]  # type: ignore[arg-type]


# --- in the shapes of other platforms ----------------------------------------------------------------------


def test_a_reader_of_uk_petitions_reads_ours(client: Client) -> None:
    proposal = signed(1234)
    listed = client.get("/en/proposals/petitions.json").json()
    assert set(listed) == {"links", "data"} and listed["links"]["next"] is None
    one = listed["data"][0]
    assert (one["type"], one["id"]) == ("petition", proposal.public_id)
    assert one["attributes"]["state"] == "open" and one["attributes"]["signature_count"] == 1234
    response = client.get(one["links"]["self"].removeprefix("http://localhost:8000"))
    assert response.json()["data"]["attributes"]["action"] == proposal.title
    assert response["Access-Control-Allow-Origin"] == "*"


def test_the_number_alone_is_there_for_a_counter(client: Client) -> None:
    proposal = signed(12, paper=3)
    response = client.get(f"/en/proposals/{proposal.public_id}/count.json")
    assert response.json() == {"signature_count": 15}


def test_districts_that_are_not_told_are_not_in_the_json_either(client: Client) -> None:
    proposal = signed(30, areas={"n": 3, "s": 12, "w": 15})
    proposal.rules.areas = [{"code": c, "name": c, "postcodes": []} for c in "nsw"]
    proposal.rules.save()
    told = client.get(f"/en/proposals/{proposal.public_id}.json").json()["data"]["attributes"]
    assert told["signatures_by_region"] == [{"id": "w", "name": "w", "signature_count": 15}]


def test_events_and_thresholds_are_those_of_estonias_platform(client: Client) -> None:
    proposal = signed(2100)
    Happening.objects.create(proposal=proposal, event=Event.REACHED, threshold="answer", number=2000)
    Happening.objects.create(proposal=proposal, event=Event.SENT_BACK, is_public=False)
    initiative = client.get("/en/hubs/hamm/proposals/initiatives.json").json()[0]
    assert (initiative["phase"], initiative["signatureThreshold"]) == ("sign", 2000)
    events = client.get("/en/hubs/hamm/proposals/events.json").json()
    assert [(each["initiativeId"], each["signatureCount"]) for each in events] == [(proposal.public_id, 2000)]


def test_a_table_has_the_columns_of_decidim(client: Client) -> None:
    factories.ProposalFactory(title="More benches", summary="Ten.")
    table = b"".join(client.get("/en/proposals/decidim.csv")).decode("utf-8-sig")  # type: ignore[arg-type]
    assert table.startswith("id,category/id,scope/id") and "More benches" in table


def test_the_api_tells_what_is_public_and_no_more(client: Client) -> None:
    proposal = signed(7, consultative=2)
    factories.unpublished(hub=proposal.hub)
    listed = client.get("/api/v1/proposals?state=open").json()
    assert [each["id"] for each in listed["results"]] == [proposal.public_id]
    assert listed["results"][0]["counts"]["consultative"] == 2
    whole = client.get(f"/api/v1/proposals/{proposal.public_id}")
    assert whole.status_code == 200 and "author@example.org" not in whole.content.decode()
    assert client.get("/api/v1/proposals?state=nonsense").status_code == 422
    assert client.get("/api/v1/proposals/unknown").status_code == 404
