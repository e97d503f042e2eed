"""Dates, the sides' answers, the journey and the search for a partner, for an office's programs."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import Membership
from concivis.hubs.scopes import Scope
from concivis.hubs.testing import Program
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.actions.letters import LetterDraft, write_letter

pytestmark = pytest.mark.django_db(databases="__all__")
TODAY = dt.date.today()
HUB = "/api/v1/hub"
PROOF = {"kind": "note", "title": "Met", "text": "For a day.", "date": TODAY}


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
    return f"{HUB}/partnerships/{tie.public_id}"


# --- dates -----------------------------------------------------------------------------------------------------


def test_a_partnership_is_suspended_resumed_and_ended_by_decisions(program, path):
    def decide(kind, date, **more):
        return program.send("post", f"{path}/milestones", kind=kind, date=date, **more)

    assert decide("suspended", "2020", decision="item 7").json()["state"] == "suspended"
    assert decide("resumed", "2021").json()["state"] == "active"
    assert decide("ended", "2022").status_code == 422
    assert decide("ended", "2022", decision="item 9").json()["state"] == "ended"


def test_a_date_is_corrected_unless_somebody_saved_meanwhile(program, path):
    [date] = program.get(f"{path}/milestones").json()
    given = {"kind": "signed", "date": "1964-05", "revision": program.get(path).json()["revision"]}
    corrected = program.send("put", f"{path}/milestones/{date['id']}", **given).json()
    assert (corrected["since"], corrected["revision"]) == ("1964-05", given["revision"] + 1)
    assert program.send("put", f"{path}/milestones/{date['id']}", **given).status_code == 409


def test_a_date_is_taken_back(program, path):
    program.send("post", f"{path}/milestones", kind="renewed", date="2003")
    renewed = program.get(f"{path}/milestones").json()[-1]
    assert program.send("delete", f"{path}/milestones/{renewed['id']}").status_code == 204
    assert [each["kind"] for each in program.get(f"{path}/milestones").json()] == ["signed"]


def test_the_state_follows_from_the_dates_once_there_are_any(program, path, tie):
    assert program.send("put", f"{path}/state", state="exploring").status_code == 422
    facts = {"hub": tie.hub, "state": "enquiry", "is_published": False}
    enquiry = factories.partnership(tie.hub.place, PlaceFactory(), **facts)
    moved = program.send("put", f"{HUB}/partnerships/{enquiry.public_id}/state", state="exploring")
    assert moved.json()["state"] == "exploring"


# --- what the sides say ----------------------------------------------------------------------------------------


def test_a_side_corrects_itself_and_the_keeper_takes_its_date_over(program, partner, path):
    assert partner.get(f"{path}/account").json()["signed"] == "1963"
    said = {"signed": "1963-05-03", "remark": "In May", "language": "en", "confirm": True}
    assert partner.send("put", f"{path}/account", **said).status_code == 204
    [answer] = program.get(f"{path}/answers").json()
    assert (answer["standing"], answer["remark"]) == ("confirmed", "In May")
    [stated] = answer["statements"]
    assert (stated["kind"], stated["date"]) == ("signed", "1963-05-03")
    assert (
        program.send("delete", f"{path}/milestones/{stated['id']}").status_code == 404
    )  # it is not the keeper's
    assert program.send("post", f"{path}/answers/{stated['id']}/adoption").status_code == 204
    assert program.get(f"{path}/answers").json()[0]["statements"] == []


def test_a_side_takes_back_what_it_stated(program, partner, path):
    partner.send("put", f"{path}/account", ratified="1962", remark="Late", language="en")
    assert partner.send("delete", f"{path}/account").status_code == 204
    [answer] = program.get(f"{path}/answers").json()
    assert (answer["statements"], answer["remark"], answer["standing"]) == ([], "", "asked")


def test_a_side_refuses_a_partnership(program, partner, path):
    answer = partner.send("post", f"{path}/refusal", reason="We never signed", language="en")
    assert answer.status_code == 204
    assert program.get(f"{path}/answers").json()[0]["standing"] == "declined"


@pytest.mark.parametrize(
    "said",
    [
        {"signed": "2199"},
        {"signed": "May"},
        {"state": "ended"},
        {"remark": "No language"},
        {"suspended": "2020"},
    ],
)
def test_what_a_side_cannot_state_changes_nothing(program, partner, path, said):
    answer = partner.send("put", f"{path}/account", **said)
    assert answer.status_code == (204 if "suspended" in said else 422)
    assert program.get(f"{path}/answers").json()[0]["statements"] == []


def test_the_keeper_does_not_answer_itself(program, path):
    answer = program.send("post", f"{path}/confirmation")
    assert (answer.status_code, "keeps this partnership" in answer.json()["detail"]) == (422, True)


# --- the journey -----------------------------------------------------------------------------------------------


def test_a_journey_is_begun_planned_walked_left_out_and_opened_again(program, path):
    journey = f"{path}/journey"
    assert len(program.send("post", journey).json()["steps"]) == 10
    assert program.send("post", journey).status_code == 422
    planned = program.send("put", f"{journey}/2/plan", due_on="2199-01-31").json()
    assert (planned["due_on"], planned["responsible"]) == ("2199-01-31", None)
    skipped = program.send("post", f"{journey}/2/skip", reason="Not for us").json()
    assert (skipped["state"], skipped["reason"]) == ("skipped", "Not for us")
    assert program.send("post", f"{journey}/2/reopen").json()["state"] == "open"


def test_somebody_of_the_partnership_looks_after_a_step(program, path, tie):
    program.send("post", f"{path}/journey")
    facts = {"place": tie.hub.place.public_id, "role": "school", "name": "Ada"}
    ada = program.send("post", f"{path}/people", **facts).json()["id"]
    assert (
        program.send("put", f"{path}/journey/1/plan", due_on=None, responsible=ada).json()["responsible"]
        == ada
    )
    assert program.send("put", f"{path}/journey/1/plan", due_on=None, responsible=ada + 9).status_code == 422


def test_a_document_is_evidence_until_it_is_taken_away(program, path, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    program.send("post", f"{path}/journey")
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    document = program.upload(f"{path}/documents", file=file, title="Vote", kind="decision").json()["id"]
    evidence = {"kind": "file", "title": "Vote", "date": TODAY}
    assert program.send("post", f"{path}/journey/1/proofs", **evidence).status_code == 422
    step = program.send("post", f"{path}/journey/1/proofs", **evidence, document=document).json()
    assert step["proofs"][0]["document"] == document
    assert program.send("delete", f"{path}/documents/{document}").status_code == 422
    proof = f"{path}/journey/1/proofs/{step['proofs'][0]['id']}"
    assert program.send("delete", proof).status_code == 204
    assert program.send("delete", f"{path}/documents/{document}").status_code == 204


def test_a_side_takes_away_only_its_own_evidence(program, partner, path):
    program.send("post", f"{path}/journey")
    step = partner.send("post", f"{path}/journey/1/proofs", **PROOF).json()
    proof = f"{path}/journey/1/proofs/{step['proofs'][0]['id']}"
    assert program.send("delete", proof).json()["detail"] == (
        "Only the side that gave this evidence can take it away."
    )
    assert partner.send("delete", proof).status_code == 204


def test_an_office_adds_a_step_of_its_own_and_retires_it(program, path):
    program.send("post", f"{path}/journey")
    made = program.send("post", f"{HUB}/steps", title="Ask the districts", language="en").json()
    assert program.get(f"{path}/journey").json()["steps"][-1]["title"] == "Ask the districts"
    assert program.get(f"{HUB}/steps").json() == [made]
    assert program.send("delete", f"{HUB}/steps/{made['id']}").status_code == 204
    assert (program.get(f"{HUB}/steps").json(), len(program.get(f"{path}/journey").json()["steps"])) == (
        [],
        10,
    )
    assert program.send("post", f"{HUB}/steps", title="x", language="en", after="nowhere").status_code == 422


# --- the search for a partner ----------------------------------------------------------------------------------


def test_a_shortlist_is_made_filled_noted_on_and_deleted(program):
    place = PlaceFactory()
    made = program.send("post", f"{HUB}/shortlists", name="South").json()
    path = f"{HUB}/shortlists/{made['id']}"
    assert program.send("post", f"{HUB}/shortlists", name="South").status_code == 422
    assert program.send("post", f"{HUB}/shortlists", name="S" * 121).status_code == 422
    assert program.send("put", path, name="North").json()["name"] == "North"
    for note in ("By the sea", "Far"):
        row = program.send("put", f"{path}/candidates/{place.public_id}", note=note).json()
        assert [each["note"] for each in row["candidates"]] == [note]
    assert program.send("put", f"{path}/candidates/nowhere", note="").status_code == 422
    assert program.send("delete", f"{path}/candidates/{place.public_id}").status_code == 204
    assert program.send("delete", path).status_code == 204
    assert program.get(f"{HUB}/shortlists").json() == []


def test_the_own_city_is_no_candidate(program, tie):
    made = program.send("post", f"{HUB}/shortlists", name="South").json()
    answer = program.send(
        "put", f"{HUB}/shortlists/{made['id']}/candidates/{tie.hub.place.public_id}", note=""
    )
    assert (answer.status_code, answer.json()["detail"]) == (422, "That is your own city.")


def test_a_profile_is_published_changed_renewed_and_withdrawn(program, client):
    profile, year = f"{HUB}/partner-profile", TODAY + dt.timedelta(days=30)
    assert program.get(profile).status_code == 404
    draft = {"text": "A choir", "language": "en", "contact_email": "choir@example.org", "expires_on": year}
    assert program.send("put", profile, **draft).json()["is_shown"] is True
    assert program.send("put", profile, **{**draft, "text": "Two choirs"}).json()["text"] == "Two choirs"
    assert [row["text"] for row in client.get("/api/v1/partner-profiles").json()["results"]] == ["Two choirs"]
    assert program.send("post", f"{profile}/renewal").json()["expires_on"] > str(year)
    assert program.send("delete", profile).status_code == 204
    assert client.get("/api/v1/partner-profiles").json()["results"] == []


@pytest.mark.parametrize(
    "said",
    [{"language": "qqq"}, {"countries": ["QQ"]}, {"fields": ["nothing"]}, {"expires_on": "2020-01-01"},
     {"smallest": 9, "largest": 2}, {"contact_public": True}, {"text": " "}],
)  # fmt: skip
def test_a_profile_that_the_form_would_refuse_is_refused(program, said):
    draft = {"text": "A choir", "language": "en", "expires_on": TODAY + dt.timedelta(days=30)}
    assert program.send("put", f"{HUB}/partner-profile", **{**draft, **said}).status_code == 422


def test_letters_are_read_with_whom_they_went_to(program, tie):
    place, writer = PlaceFactory(), MembershipFactory(hub=tie.hub).user
    draft = LetterDraft(language="it", subject="Ciao", body="Buongiorno", to_email="town@example.org")
    write_letter(by=writer, hub=tie.hub, place=place, draft=draft, send=False)
    [row] = program.get(f"{HUB}/letters").json()["results"]
    assert (row["places"], row["to_email"], row["sent_at"]) == ([place.public_id], "town@example.org", None)


@pytest.mark.parametrize("letters", [1, 3])
def test_letters_cost_the_same_queries_whatever_their_number(
    program, tie, letters, django_assert_num_queries
):
    writer = MembershipFactory(hub=tie.hub).user
    for _ in range(letters):
        draft = LetterDraft(language="it", subject="Ciao", body="Buongiorno")
        write_letter(by=writer, hub=tie.hub, place=PlaceFactory(), draft=draft, send=False)
    program.get(f"{HUB}/letters")  # notes that the token was used today
    with django_assert_num_queries(5):
        program.get(f"{HUB}/letters")


# --- kept views ------------------------------------------------------------------------------------------------


def test_a_kept_view_filters_the_partnerships(program, path, tie):
    factories.partnership(tie.hub.place, PlaceFactory(), hub=tie.hub, kind="friendship", signed="1990")
    made = program.send("post", f"{HUB}/views", name="Friends", query="kind=friendship&nonsense=1").json()
    assert made["query"] == "kind=friendship"
    rows = program.get(f"{HUB}/partnerships?view={made['id']}").json()["results"]
    assert [row["kind"] for row in rows] == ["friendship"]
    assert program.send("delete", f"{HUB}/views/{made['id']}").status_code == 204
    assert program.get(f"{HUB}/views").json() == []


def test_a_view_belongs_to_the_person_who_issued_the_token(client, program, tie):
    made = program.send("post", f"{HUB}/views", name="Mine").json()
    other = Program(client, tie.hub)
    assert other.get(f"{HUB}/views").json() == []
    assert other.send("delete", f"{HUB}/views/{made['id']}").status_code == 404
    assert other.get(f"{HUB}/partnerships?view={made['id']}").status_code == 404


def test_who_left_the_office_has_no_views_there(program, tie):
    Membership.objects.filter(hub=tie.hub, user=program.person).delete()
    answer = program.get(f"{HUB}/views")
    assert (answer.status_code, "none any more" in answer.json()["detail"]) == (403, True)


# --- what needs attention --------------------------------------------------------------------------------------


@pytest.fixture
def never_asked(tie):
    """A partnership whose other side was never asked: it needs attention."""
    return factories.partnership(tie.hub.place, PlaceFactory(), hub=tie.hub, signed="1970")


def test_what_needs_attention_is_read_and_put_off(program, never_asked):
    row = program.get(f"{HUB}/attention").json()[0]
    assert (row["kind"], row["object"]) == ("partnership", never_asked.public_id)
    later = {"key": row["key"], "until": TODAY + dt.timedelta(days=7)}
    assert program.send("put", f"{HUB}/attention/later", **{**later, "until": TODAY}).status_code == 422
    assert program.send("put", f"{HUB}/attention/later", **later).status_code == 204
    assert row["key"] not in [each["key"] for each in program.get(f"{HUB}/attention").json()]
    assert program.send("put", f"{HUB}/attention/later", **later).status_code == 404


def test_a_token_that_only_reads_attention_puts_nothing_off(client, tie, never_asked):
    reader = Program(client, tie.hub, Scope.ATTENTION_READ)
    row = reader.get(f"{HUB}/attention").json()[0]
    assert reader.send("put", f"{HUB}/attention/later", key=row["key"], until="2199-01-01").status_code == 403
