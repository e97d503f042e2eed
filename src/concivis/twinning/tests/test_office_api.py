"""What an office's programs may read and write with a token."""

import pytest

from concivis.hubs.factories import HubFactory
from concivis.hubs.models import RecordLine
from concivis.hubs.scopes import Scope
from concivis.hubs.testing import Program
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.actions.journey import start_journey
from concivis.twinning.actions.profiles import publish_profile
from concivis.twinning.enums import MilestoneKind, PartnershipState
from concivis.twinning.models import Partnership, Side
from concivis.twinning.tests.finder_scene import fitted_towns
from concivis.twinning.tests.test_profiles import draft as profile_draft

pytestmark = pytest.mark.django_db(databases="__all__")
API = "/api/v1/hub/partnerships"
TEA = {"kind": "meeting", "title": "Tea", "date": "2025-05-03"}


@pytest.fixture
def hub(db):
    return HubFactory()


@pytest.fixture
def program(client, hub):
    return Program(client, hub)


@pytest.fixture
def draft(hub):
    return factories.partnership(
        hub.place, PlaceFactory(), hub=hub, state=PartnershipState.DRAFTED, is_published=False
    )


def test_a_program_reads_the_drafts_of_its_own_office(program, draft):
    found = program.get(API).json()
    assert [(row["id"], row["state"], row["kept"], row["is_published"]) for row in found["results"]] == [
        (draft.public_id, "drafted", True, False)
    ]
    assert program.get(f"{API}/{draft.public_id}").json()["revision"] == 0


def test_the_drafts_of_another_office_do_not_exist_for_it(client, draft):
    stranger = Program(client, HubFactory())
    assert stranger.get(API).json()["results"] == []
    assert stranger.get(f"{API}/{draft.public_id}").status_code == 404
    assert stranger.send("patch", f"{API}/{draft.public_id}", revision=0, summary="x").status_code == 404


def test_a_partner_sees_what_is_public_but_does_not_write_it(client, hub):
    other = HubFactory()
    tie = factories.partnership(hub.place, other.place, hub=hub, signed="1963")
    partner = Program(client, other)
    assert partner.get(f"{API}/{tie.public_id}").json()["kept"] is False
    assert partner.send("patch", f"{API}/{tie.public_id}", revision=0, summary="x").status_code == 403
    assert partner.send("post", f"{API}/{tie.public_id}/activities", **TEA).status_code == 403


def test_a_program_records_a_partnership_and_the_record_names_it(program, hub):
    place = PlaceFactory()
    answer = program.send(
        "post", API, partner=place.public_id, kind="friendship", summary="Tee", language="de"
    )
    assert answer.status_code == 201
    made = Partnership.objects.get(public_id=answer.json()["id"])
    assert (made.hub, made.kind, made.state, made.is_published) == (hub, "friendship", "enquiry", False)
    line = RecordLine.objects.filter(action="partnership.recorded").get()
    assert line.details["through"] == "website"


def test_the_same_partnership_is_not_recorded_twice(program, draft):
    partner = draft.sides.all()[1].place
    answer = program.send("post", API, partner=partner.public_id, kind=draft.kind)
    assert (answer.status_code, answer.json()["detail"]) == (
        422,
        "A partnership of this kind with this place is recorded already.",
    )


def test_a_change_from_an_old_state_is_a_conflict_and_changes_nothing(program, draft):
    path = f"{API}/{draft.public_id}"
    assert program.send("patch", path, revision=0, summary="One", language="en").json()["revision"] == 1
    answer = program.send("patch", path, revision=0, summary="Two", language="en")
    assert answer.status_code == 409
    draft.refresh_from_db()
    assert (draft.summary, draft.revision) == ("One", 1)


def test_what_a_change_does_not_name_stays(program, draft):
    path = f"{API}/{draft.public_id}"
    program.send("patch", path, revision=0, summary="One", language="en", valid_until="2030-01-01")
    program.send("patch", path, revision=1, kind="friendship")
    draft.refresh_from_db()
    assert (draft.summary, str(draft.valid_until), draft.kind) == ("One", "2030-01-01", "friendship")


def test_an_end_without_a_decision_is_refused_in_a_sentence(program, hub):
    tie = factories.partnership(hub.place, PlaceFactory(), hub=hub, signed="1963")
    answer = program.send("post", f"{API}/{tie.public_id}/milestones", kind="ended", date="2024-05-01")
    assert answer.status_code == 422
    assert answer.json()["detail"] == "Suspending or ending a partnership needs the council's decision."


def test_a_date_of_any_precision_is_added(program, hub):
    tie = factories.partnership(hub.place, PlaceFactory(), hub=hub, signed="1963")
    answer = program.send("post", f"{API}/{tie.public_id}/milestones", kind="renewed", date="2003-05")
    assert answer.status_code == 201
    assert [one["date"] for one in answer.json()["milestones"]] == ["1963", "2003-05"]
    assert tie.milestones.filter(kind=MilestoneKind.RENEWED).count() == 1


def test_a_program_confirms_the_side_of_its_own_city(client, hub):
    other = HubFactory()
    tie = factories.partnership(hub.place, other.place, hub=hub, signed="1963")
    partner = Program(client, other)
    answer = partner.send("post", f"{API}/{tie.public_id}/confirmation")
    assert answer.status_code == 403  # anybody may open an office for a city
    factories.trusted(tie, other)
    answer = partner.send("post", f"{API}/{tie.public_id}/confirmation")
    assert answer.status_code == 200
    confirmed = Side.objects.filter(partnership=tie, confirmed_at__isnull=False)
    assert [side.place for side in confirmed] == [other.place]


def test_an_activity_is_entered_changed_and_removed(program, hub):
    tie = factories.partnership(hub.place, PlaceFactory(), hub=hub, signed="1963")
    path = f"{API}/{tie.public_id}/activities"
    people = [{"place": hub.place.public_id, "people": 20, "young_people": 12}]
    made = program.send("post", path, **TEA, participants=people).json()
    assert made["participants"] == [
        {"place": hub.place.public_id, "people": 20, "young_people": 12, "organisations": None}
    ]
    changed = program.send("put", f"{path}/{made['id']}", **{**TEA, "title": "Coffee"})
    assert (changed.status_code, changed.json()["title"]) == (200, "Coffee")
    assert program.send("delete", f"{path}/{made['id']}").status_code == 204
    assert program.get(path).json()["count"] == 0


def test_an_activity_of_another_partnership_is_not_found(program, hub):
    tie, other = (factories.partnership(hub.place, PlaceFactory(), hub=hub, signed="1963") for _ in range(2))
    made = program.send("post", f"{API}/{tie.public_id}/activities", **TEA).json()
    assert program.send("delete", f"{API}/{other.public_id}/activities/{made['id']}").status_code == 404


def test_the_journey_is_read_and_walked(program, draft):
    path = f"{API}/{draft.public_id}/journey"
    assert program.get(path).status_code == 404
    start_journey(by=None, partnership=draft)
    assert len(program.get(path).json()["steps"]) == 10
    assert program.send("post", f"{path}/1/finish").status_code == 422  # no evidence yet
    proof = {"kind": "note", "title": "Met in Hamm", "text": "For a day.", "date": "2025-05-03"}
    assert program.send("post", f"{path}/1/proofs", **proof).status_code == 201
    assert program.send("post", f"{path}/1/finish").json()["state"] == "done"


# --- the search for a partner -----------------------------------------------------------------------------------


@pytest.fixture
def towns(settings, tmp_path):
    settings.DATA = tmp_path
    return fitted_towns()


def test_a_program_asks_the_finder_and_gets_reasons(client, towns):
    program = Program(client, HubFactory(place=towns["Ahorn"]), Scope.FINDER_READ)
    found = program.get("/api/v1/hub/finder?limit=2").json()
    assert len(found) == 2
    assert towns["Ahorn"].public_id not in {one["id"] for one in found}
    assert all(one["reasons"] and one["reasons"][0]["sentence"] for one in found)


def test_the_finder_is_asked_for_another_place_too(client, towns, program):
    assert program.get(f"/api/v1/hub/finder?place={towns['Erba'].public_id}").status_code == 200
    assert program.get("/api/v1/hub/finder?place=nowhere").status_code == 422
    assert program.get("/api/v1/hub/finder?min_km=-1").status_code == 422


def test_without_a_finder_the_program_is_told_to_come_back(program, settings, tmp_path):
    settings.DATA = tmp_path
    answer = program.get("/api/v1/hub/finder")
    assert (answer.status_code, "being prepared" in answer.json()["detail"]) == (404, True)


def test_shortlists_are_the_offices_own(client, hub, program):
    place = PlaceFactory()
    hub.shortlists.create(name="South").candidates.create(place=place, note="By the sea")
    assert [
        (row["name"], row["candidates"][0]["note"]) for row in program.get("/api/v1/hub/shortlists").json()
    ] == [("South", "By the sea")]
    assert Program(client, HubFactory()).get("/api/v1/hub/shortlists").json() == []


def test_everybody_reads_who_looks_for_a_partner(client, hub):
    publish_profile(by=None, hub=hub, draft=profile_draft(text="A town by a river"))
    rows = client.get("/api/v1/partner-profiles").json()["results"]
    assert [(row["place"], row["text"]) for row in rows] == [(hub.place.public_id, "A town by a river")]
    assert "contact" not in str(rows)


def test_a_program_does_not_overwrite_what_everybody_knows_and_nobody_keeps(program, hub):
    known = factories.partnership(hub.place, PlaceFactory(), hub=None)
    partner = known.sides.all()[1].place
    answer = program.send("post", API, partner=partner.public_id, kind=known.kind)
    known.refresh_from_db()
    assert (answer.status_code, known.hub, known.is_published) == (422, None, True)


@pytest.mark.parametrize(("text", "status"), [("a\0b", 400), ("a\ud800b", 422)])
def test_a_text_that_no_database_keeps_is_refused(program, draft, text, status):
    answer = program.send("patch", f"{API}/{draft.public_id}", revision=0, summary=text, language="en")
    assert answer.status_code == status


def test_an_activity_whose_name_is_none_is_not_found(program, draft):
    assert program.send("delete", f"{API}/{draft.public_id}/activities/%00").status_code == 404


def test_a_decision_without_a_web_address_is_no_link_on_the_public_page(program, hub, client):
    tie = factories.partnership(hub.place, PlaceFactory(), hub=hub)
    script = "javascript:alert(1)"
    program.send(
        "post", f"{API}/{tie.public_id}/milestones",
        kind="ratified", date="1990", decision="Vote 1", decision_url=script,
    )  # fmt: skip
    assert tie.milestones.filter(decision_url=script).exists()
    assert script not in client.get(f"/en/partnerships/{tie.public_id}/").content.decode()


def test_a_revision_that_nobody_ever_saw_is_a_conflict(program, draft):
    path = f"{API}/{draft.public_id}"
    assert program.send("patch", path, revision=10**25, summary="One", language="en").status_code == 409
