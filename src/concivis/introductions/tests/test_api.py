"""Introductions and findings for an office's programs."""

import pytest
from django.test import Client

from concivis.hubs.factories import HubFactory
from concivis.hubs.models import RecordLine
from concivis.hubs.testing import Program
from concivis.introductions.factories import ADA, BEN, asked, entry, found, introduced

pytestmark = pytest.mark.django_db


def test_a_program_reads_introductions_without_anybodys_address(client: Client) -> None:
    hub = HubFactory()
    made = introduced(entry("A choir", hub=hub))
    answer = Program(client, hub).get("/api/v1/hub/introductions?state=introduced")
    (row,) = answer.json()["results"]
    assert (row["id"], row["state"], row["sides"][0]["title"]) == (made.public_id, "introduced", "A choir")
    assert ADA not in answer.content.decode()
    assert BEN not in answer.content.decode()


def test_a_program_says_what_came_of_it_and_the_record_names_the_program(client: Client) -> None:
    hub = HubFactory()
    made = introduced(entry(hub=hub))
    path = f"/api/v1/hub/introductions/{made.public_id}/outcome"
    assert Program(client, hub).send("put", path, outcome="joint_event", note="May").status_code == 204
    made.refresh_from_db()
    assert (made.outcome, made.outcome_note) == ("joint_event", "May")
    line = RecordLine.objects.get(action="introduction.outcome", chain__hub=hub)
    assert line.details["through"] == "website"


@pytest.mark.parametrize(
    "said", [{}, {"outcome": "war"}, {"outcome": "merged", "note": "x" * 501}, {"outcome": None}]
)
def test_an_outcome_that_is_none_is_refused(client: Client, said: dict) -> None:
    hub = HubFactory()
    path = f"/api/v1/hub/introductions/{introduced(entry(hub=hub)).public_id}/outcome"
    assert Program(client, hub).send("put", path, **said).status_code == 422


def test_before_both_agreed_nothing_came_of_it(client: Client) -> None:
    hub = HubFactory()
    path = f"/api/v1/hub/introductions/{asked(entry(hub=hub)).public_id}/outcome"
    assert Program(client, hub).send("put", path, outcome="merged").status_code == 422


def test_a_program_reads_findings_and_judges_them(client: Client) -> None:
    hub = HubFactory()
    row, program = found(hub), Program(client, hub)
    (seen,) = program.get("/api/v1/hub/findings").json()["results"]
    assert (seen["id"], seen["reasons"][0]["kind"]) == (row.pk, "country")
    path = f"/api/v1/hub/findings/{row.pk}/verdict"
    assert program.send("put", path, verdict="dismissed").status_code == 204
    assert program.get("/api/v1/hub/findings").json()["count"] == 0
    assert program.get("/api/v1/hub/findings?verdict=dismissed").json()["count"] == 1
    program.send("put", path, verdict="")
    assert program.get("/api/v1/hub/findings").json()["count"] == 1


@pytest.mark.parametrize("number", ["0", "x", "9" * 30])
def test_a_number_that_is_none_is_refused(client: Client, number: str) -> None:
    path = f"/api/v1/hub/findings/{number}/verdict"
    assert Program(client, HubFactory()).send("put", path, verdict="dismissed").status_code == 422
