"""Agreement, objectives, plan and reviews, for the programs of both sides' offices."""

import datetime as dt

import pytest

from concivis.hubs.factories import HubFactory, WebhookFactory
from concivis.hubs.models import Delivery
from concivis.hubs.testing import Program
from concivis.twinning import factories

pytestmark = pytest.mark.django_db(databases="__all__")
TODAY = dt.date.today()
NEXT_YEAR = TODAY + dt.timedelta(days=365)
WISH = {"text": "Choirs", "measure": "Concerts", "language": "en", "due_on": NEXT_YEAR}
LINE = {"year": TODAY.year, "title": "Camp", "language": "en"}
LOOK = {"held_on": TODAY, "summary": "Well", "language": "en"}


@pytest.fixture
def tie(db):
    hub, other = HubFactory(), HubFactory()
    tie = factories.partnership(hub.place, other.place, hub=hub, signed="1963")
    factories.trusted(tie, other)
    return tie


@pytest.fixture
def program(client, tie):
    return Program(client, tie.hub)


@pytest.fixture
def partner(client, tie):
    return Program(client, tie.sides.last().office)


@pytest.fixture
def path(tie):
    return f"/api/v1/hub/partnerships/{tie.public_id}"


def drafted(program, path):
    return program.send("post", f"{path}/agreements", languages=["en"]).json()


def test_an_agreement_is_drafted_proposed_approved_and_signed(program, partner, path, tie):
    agreements = f"{path}/agreements"
    draft = drafted(program, path)
    objectives = next(each for each in draft["articles"] if "{objectives}" in each["body"]["en"])
    assert draft["missing"]  # no objective is agreed yet
    assert program.send("post", f"{agreements}/1/proposal").status_code == 422
    assert program.send("delete", f"{agreements}/1/articles/{objectives['id']}").status_code == 204
    proposed = program.send("post", f"{agreements}/1/proposal").json()
    assert (proposed["state"], proposed["awaited"]) == ("proposed", [tie.sides.last().place.public_id])
    assert partner.send("post", f"{agreements}/1/approval").json()["state"] == "agreed"
    assert program.send("post", f"{agreements}/1/signature").json()["state"] == "signed"
    assert [row["state"] for row in program.get(agreements).json()] == ["signed"]


def test_the_other_side_does_not_see_a_draft(program, partner, path):
    drafted(program, path)
    assert partner.get(f"{path}/agreements").json() == []
    assert partner.get(f"{path}/agreements/1").status_code == 404


def test_an_article_is_added_changed_and_moved(program, path):
    draft = drafted(program, path)
    articles = f"{path}/agreements/1/articles"
    text = {"heading": {"en": "Choirs"}, "body": {"en": "They sing."}}
    added = program.send("post", articles, **text).json()
    mine = next(each for each in added["articles"] if each["heading"]["en"] == "Choirs")
    assert len(added["articles"]) == len(draft["articles"]) + 1
    text["body"] = {"en": "They sing twice."}
    changed = program.send("put", f"{articles}/{mine['id']}", **text, seen=mine["seen"]).json()
    assert "They sing twice." in [each["body"]["en"] for each in changed["articles"]]
    moved = program.send("post", f"{articles}/{mine['id']}/move", earlier=True).json()
    place = [each["id"] for each in changed["articles"]].index(mine["id"])
    assert [each["id"] for each in moved["articles"]].index(mine["id"]) == place - 1


def test_a_text_that_somebody_changed_meanwhile_is_not_overwritten(program, path):
    draft = drafted(program, path)
    first, title = draft["articles"][0], {"title": {"en": "Twins"}, "seen": draft["title_seen"]}
    article = f"{path}/agreements/1/articles/{first['id']}"
    text = {"heading": {"en": "One"}, "body": {"en": "Two"}, "seen": first["seen"]}
    assert program.send("put", article, **text).status_code == 200
    answer = program.send("put", article, **{**text, "body": {"en": "Three"}})
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert program.send("put", f"{path}/agreements/1/title", **title).json()["title"] == {"en": "Twins"}
    assert program.send("put", f"{path}/agreements/1/title", **title).status_code == 409
    assert program.get(f"{path}/agreements/1").json()["articles"][0]["body"] == {"en": "Two"}


def test_there_is_one_draft_and_it_can_be_discarded(program, path):
    drafted(program, path)
    assert program.send("post", f"{path}/agreements").status_code == 422
    assert program.send("delete", f"{path}/agreements/1").status_code == 204
    assert program.get(f"{path}/agreements").json() == []


def test_an_agreement_is_handed_out_as_a_pdf(program, path):
    drafted(program, path)
    answer = program.get(f"{path}/agreements/1/document")
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert ".pdf" in answer["Content-Disposition"]


def test_two_versions_are_compared_word_by_word(program, path):
    assert drafted(program, path)["version"] == 1
    assert program.get(f"{path}/agreements/1/changes").status_code == 404
    assert program.get(f"{path}/agreements/1/changes?since=1").json()["changes"] == []


# --- objectives ------------------------------------------------------------------------------------------------


def test_an_objective_is_proposed_by_one_side_and_agreed_by_the_other(program, partner, path):
    made = program.send("post", f"{path}/objectives", **WISH)
    assert (made.status_code, made.json()["state"]) == (201, "proposed")
    agreed = partner.send("post", f"{path}/objectives/{made.json()['id']}/approval").json()
    assert (agreed["state"], len(agreed["approved_by"])) == ("agreed", 2)
    closed = partner.send(
        "post", f"{path}/objectives/{made.json()['id']}/result", reached=True, result="Two concerts"
    )
    assert (closed.json()["state"], closed.json()["result"]) == ("reached", "Two concerts")


def test_only_who_proposed_an_objective_withdraws_it(program, partner, path):
    made = partner.send("post", f"{path}/objectives", **WISH).json()
    withdrawal = f"{path}/objectives/{made['id']}/withdrawal"
    assert program.send("post", withdrawal).json()["detail"] == (
        "Only the side that proposed this objective can withdraw it."
    )
    assert partner.send("post", withdrawal).json()["state"] == "withdrawn"


def test_another_objective_takes_the_place_of_one_once_it_is_agreed(program, partner, path):
    older = program.send("post", f"{path}/objectives", **WISH).json()["id"]
    newer = partner.send("post", f"{path}/objectives", **{**WISH, "text": "Bands", "replaces": older}).json()
    assert newer["replaces"] == older
    program.send("post", f"{path}/objectives/{newer['id']}/approval")
    states = {each["text"]: each["state"] for each in program.get(f"{path}/objectives").json()}
    assert states == {"Choirs": "replaced", "Bands": "agreed"}


def test_an_objective_lies_ahead(program, path):
    answer = program.send("post", f"{path}/objectives", **{**WISH, "due_on": "2020-01-01"})
    assert (answer.status_code, "lies ahead" in answer.json()["detail"]) == (422, True)


def test_an_objective_that_is_not_there_cannot_be_replaced(program, path):
    assert program.send("post", f"{path}/objectives", **WISH, replaces="nothing").status_code == 422


# --- plan and reviews ------------------------------------------------------------------------------------------


def test_a_line_of_the_plan_has_a_budget_in_a_currency(program, path):
    made = program.send("post", f"{path}/plan", **LINE, budget="1500.5", currency="eur").json()
    assert (made["budget"], made["currency"], made["state"]) == ("1500.50", "EUR", "planned")
    assert program.send("post", f"{path}/plan", **LINE, budget="1", currency="").status_code == 422
    assert program.send("post", f"{path}/plan", **LINE, budget="-1", currency="EUR").status_code == 422


def test_a_line_of_the_plan_serves_an_objective(program, path):
    objective = program.send("post", f"{path}/objectives", **WISH).json()["id"]
    made = program.send("post", f"{path}/plan", **LINE, objective=objective).json()
    assert program.get(f"{path}/plan").json()[0]["objective"] == made["objective"] == objective


def test_a_line_that_somebody_changed_meanwhile_is_not_overwritten(program, path):
    made = program.send("post", f"{path}/plan", **LINE, budget="1500", currency="EUR").json()
    line, money = f"{path}/plan/{made['id']}", {"budget": "1500", "currency": "EUR"}
    changed = program.send("put", line, **{**LINE, **money, "title": "Sport", "seen": made["seen"]})
    assert changed.json()["title"] == "Sport"
    assert program.send("put", line, **LINE, seen=made["seen"]).status_code == 409
    again = program.send("put", line, **{**LINE, **money, "seen": changed.json()["seen"]})
    assert again.json()["seen"] == made["seen"]


def test_a_line_of_the_plan_is_done_and_removed(program, path):
    line = f"{path}/plan/{program.send('post', f'{path}/plan', **LINE).json()['id']}"
    assert program.send("put", f"{line}/state", state="done").json()["state"] == "done"
    assert program.send("delete", line).status_code == 204
    assert program.get(f"{path}/plan").json() == []


def test_a_review_is_written_by_the_keeper_and_approved_by_the_other_side(program, partner, path, tie):
    year = TODAY.year - 1
    made = program.send("post", f"{path}/reviews", **LOOK, year=year).json()
    assert made["approved_by"] == [tie.hub.place.public_id]
    approved = partner.send("post", f"{path}/reviews/{year}/approval", seen=made["seen"]).json()
    assert len(approved["approved_by"]) == 2
    late = program.send("put", f"{path}/reviews/{year}", **{**LOOK, "summary": "Badly"}, seen=made["seen"])
    assert (late.status_code, "has approved" in late.json()["detail"]) == (422, True)


def test_nobody_approves_words_that_were_changed_while_they_read(program, partner, path):
    year = TODAY.year - 1
    made = program.send("post", f"{path}/reviews", **LOOK, year=year).json()
    changed = program.send("put", f"{path}/reviews/{year}", **{**LOOK, "summary": "Badly"}, seen=made["seen"])
    assert changed.json()["summary"] == "Badly"
    answer = partner.send("post", f"{path}/reviews/{year}/approval", seen=made["seen"])
    assert (answer.status_code, len(program.get(f"{path}/reviews").json()[0]["approved_by"])) == (409, 1)


# --- what the programs of the offices hear ---------------------------------------------------------------------


def heard(hub):
    return [each.event for each in Delivery.objects.filter(webhook__hub=hub).order_by("pk")]


@pytest.fixture
def both_listen(tie):
    events = [
        "objective.proposed", "objective.approved", "objective.agreed", "objective.withdrawn", "objective.closed",
        "agreement.proposed", "agreement.approved", "agreement.agreed", "review.approved", "proof.added",
    ]  # fmt: skip
    for hub in (tie.hub, tie.sides.last().office):
        WebhookFactory(hub=hub, events=events)


def test_each_office_hears_what_the_other_side_did_and_what_all_agreed(
    both_listen, program, partner, path, tie
):
    made = program.send("post", f"{path}/objectives", **WISH).json()["id"]
    partner.send("post", f"{path}/objectives/{made}/approval")
    other = tie.sides.last().office
    assert heard(tie.hub) == ["objective.approved", "objective.agreed"]
    assert heard(other) == ["objective.proposed", "objective.agreed"]
    told = Delivery.objects.filter(event="objective.approved").get().payload
    assert told == {"partnership": tie.public_id, "objective": made, "side": other.place.public_id}


def test_an_agreement_that_is_proposed_is_heard_once(both_listen, program, partner, path, tie):
    for article in drafted(program, path)["articles"]:
        if "{objectives}" in article["body"]["en"]:
            program.send("delete", f"{path}/agreements/1/articles/{article['id']}")
    program.send("post", f"{path}/agreements/1/proposal")
    partner.send("post", f"{path}/agreements/1/approval")
    assert heard(tie.sides.last().office) == ["agreement.proposed", "agreement.agreed"]
    assert sorted(heard(tie.hub)) == ["agreement.agreed", "agreement.approved"]


def test_an_office_that_was_not_let_in_hears_nothing(program, path, tie):
    outside = HubFactory(place=tie.sides.last().place)
    WebhookFactory(hub=outside, events=["objective.proposed"])
    program.send("post", f"{path}/objectives", **WISH)
    assert heard(outside) == []
