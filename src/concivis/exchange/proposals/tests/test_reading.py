import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from concivis.exchange.decidim import read as decidim
from concivis.exchange.errors import UnreadableFile
from concivis.exchange.petitions import read as petitions
from concivis.exchange.proposals.records import BrokenRecord, ProposalRecord, plain
from concivis.exchange.proposals.tests.scene import DECIDIM, HOME, initiative, listed, petition
from concivis.proposals.enums import Event, Rejection, State


def read(tmp_path: Path, content: bytes) -> list[Any]:
    path = tmp_path / "file.json"
    path.write_bytes(content)
    return list(petitions.records(path, language="en", source=""))


def one(tmp_path: Path, **said: Any) -> ProposalRecord:
    (found,) = read(tmp_path, listed(petition(**said)))
    assert isinstance(found, ProposalRecord)
    return found


def table(tmp_path: Path, text: str) -> list[Any]:
    path = tmp_path / "file.csv"
    path.write_text(text)
    return list(decidim.records(path, language="en", source=HOME))


# --- petitions ---------------------------------------------------------------------------------------------------


def test_a_petition_says_what_it_asks_when_and_how_many_signed(tmp_path: Path) -> None:
    facts = one(tmp_path).facts
    assert (facts.external_id, facts.title, facts.summary) == ("1", "Example petition 1", "EXAMPLE: why.")
    assert (facts.state, facts.signatures, facts.given) == (State.ANSWERED, 12345, "closed")
    assert facts.published_at == dt.datetime(2020, 1, 10, 10, tzinfo=dt.UTC)
    assert facts.answered_on == dt.date(2020, 3, 1)
    assert facts.address == f"{HOME}/petitions/1"


def test_its_steps_stand_in_their_order(tmp_path: Path) -> None:
    debate = {"debated_on": "2020-05-01", "overview": "EXAMPLE", "transcript_url": "https://example.org/t"}
    steps = one(tmp_path, debate=debate, debate_threshold_reached_at="2020-04-01T10:00:00Z").facts.steps
    told = [step.event for step in steps]
    assert told == [
        Event.PUBLISHED, Event.REACHED, Event.ANSWERED, Event.REACHED, Event.DEBATED, Event.CLOSED,
    ]  # fmt: skip
    assert [step.number for step in steps if step.number] == [10_000, 100_000]
    assert "https://example.org/t" in steps[4].note


def test_a_rejected_petition_keeps_the_reason_of_its_platform(tmp_path: Path) -> None:
    rejection = {"code": "no-action", "details": "EXAMPLE: nothing is asked for."}
    facts = one(
        tmp_path, state="rejected", rejection=rejection, opened_at=None, closed_at=None,
        rejected_at="2020-01-05T10:00:00Z", government_response=None,
    ).facts  # fmt: skip
    assert (facts.state, facts.rejection) == (State.REJECTED, Rejection.UNCLEAR)
    assert facts.rejection_note == "EXAMPLE: nothing is asked for.\n\n(no-action)"


def test_an_unknown_reason_is_said(tmp_path: Path) -> None:
    found = one(tmp_path, state="rejected", rejection={"code": "other"}, rejected_at="2020-01-05T10:00:00Z")
    assert "“other” is not known here" in found.notes[0]


def test_signatures_by_constituency_and_country_become_areas(tmp_path: Path) -> None:
    facts = one(
        tmp_path,
        signatures_by_constituency=[
            {"name": "Example North", "ons_code": "E1", "mp": "Example Person", "signature_count": 12}
        ],
        signatures_by_country=[{"name": "Exampleland", "code": "xx", "signature_count": 3}],
    ).facts
    assert facts.areas == [
        {"kind": "constituency", "code": "E1", "name": "Example North", "signatures": 12},
        {"kind": "country", "code": "xx", "name": "Exampleland", "signatures": 3},
    ]


def test_who_began_it_is_not_taken_over(tmp_path: Path) -> None:
    assert "Example Person" not in str(one(tmp_path).facts.as_json())


def test_a_single_petition_is_read_as_well(tmp_path: Path) -> None:
    import json

    (found,) = read(tmp_path, json.dumps({"links": {}, "data": petition(9)}).encode())
    assert found.facts.external_id == "9"


def test_each_record_knows_its_line(tmp_path: Path) -> None:
    lines = [record.line for record in read(tmp_path, listed(petition(1), petition(2)))]
    assert lines[0] == 6
    assert lines[1] > lines[0]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"state": "hidden"}, "“hidden” is not one that the platform makes public"),
        ({"action": ""}, "no title"),
        ({"opened_at": "soon", "created_at": None}, "no date"),
    ],
)
def test_what_cannot_be_taken_over_says_why(tmp_path: Path, said: dict[str, Any], why: str) -> None:
    (found,) = read(tmp_path, listed(petition(**said)))
    assert isinstance(found, BrokenRecord)
    assert why in " ".join(found.reasons)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b'{"links": {}}',
        b'{"data": [{"id": 1',
        b'{"data": [' + b"[" * 100_000,
        b'{"data": "text"}',
        b"\xff\xfe\x00\x01",
        b'{"data": [{"id": ' + b"9" * 10_000 + b"}]}",
    ],
)
def test_a_broken_or_hostile_file_is_refused_in_plain_words(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"[A-Z].+\."):
        read(tmp_path, content)


@pytest.mark.parametrize("element", [1, None, "text", [], {"id": 1}, {"id": 1, "attributes": []}])
def test_an_element_that_is_no_petition_is_rejected_alone(tmp_path: Path, element: Any) -> None:
    broken, good = read(tmp_path, listed(element, petition(2)))
    assert isinstance(broken, BrokenRecord)
    assert isinstance(good, ProposalRecord)


@pytest.mark.parametrize("count", ["many", -1, 10**12, 1.5, True])
def test_a_number_that_is_none_is_left_out_and_said(tmp_path: Path, count: Any) -> None:
    found = one(tmp_path, signature_count=count)
    assert found.facts.signatures is None
    assert "signature_count" in found.notes[0]


def test_a_text_that_is_too_long_is_shortened_and_said(tmp_path: Path) -> None:
    found = one(tmp_path, action="x" * 500)
    assert len(found.facts.title) == 150
    assert "shortened" in found.notes[0]


# --- Decidim -----------------------------------------------------------------------------------------------------


def test_an_initiative_of_decidim_has_its_texts_in_each_language(tmp_path: Path) -> None:
    (found,) = table(tmp_path, DECIDIM + initiative())
    facts = found.facts
    assert (facts.title, facts.language) == ("Example initiative 7", "en")
    assert facts.body == "EXAMPLE: why.\n\none\ntwo"
    assert facts.translations["ca"]["title"] == "Iniciativa d'exemple 7"
    assert (facts.state, facts.signatures) == (State.ANSWERED, 321)
    assert facts.address == f"{HOME}/initiatives/i-7"
    assert facts.facts["scope/name/en"] == "Example district"


def test_the_last_day_for_signing_is_the_day_it_closed(tmp_path: Path) -> None:
    (found,) = table(tmp_path, DECIDIM + initiative())
    assert found.facts.closed_at == dt.datetime(2021, 3, 5, 23, 59, tzinfo=dt.UTC)


def test_authors_of_decidim_are_not_taken_over(tmp_path: Path) -> None:
    (found,) = table(tmp_path, DECIDIM + initiative())
    assert "Example Person" not in str(found.facts.as_json())


@pytest.mark.parametrize("state", ["created", "validating", "discarded", ""])
def test_what_was_never_public_at_decidim_is_rejected(tmp_path: Path, state: str) -> None:
    (found,) = table(tmp_path, DECIDIM + initiative(state=state))
    assert isinstance(found, BrokenRecord)


def test_a_table_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no table of Decidim"):
        table(tmp_path, "name;city\nA;B\n")


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("a < b", "a < b"),
        ("<script>x()</script><p>a</p>", "a"),
        ("plain", "plain"),
        ("<p>unclosed <b>bold", "unclosed bold"),
    ],
)
def test_html_becomes_plain_words(html: str, words: str) -> None:
    assert plain(html) == words
