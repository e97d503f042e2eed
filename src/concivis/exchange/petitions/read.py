"""JSON as the petitions of the UK Parliament publish it: a list (`petitions.json`) or one (`<number>.json`), also that
of other sites that run the same software. Fields: docs/formats/proposals-in.md.

What is taken over is what the page of a petition says. Who began it is not: they have not agreed here.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from concivis.exchange.errors import UnreadableFile
from concivis.exchange.proposals.records import (
    BODY,
    NOTE,
    RECORDS_LIMIT,
    SUMMARY,
    TITLE,
    BrokenRecord,
    ProposalRecord,
    Read,
    Reading,
    mapping,
    platform,
)
from concivis.proposals.actions.historical import HistoricalFacts, Step
from concivis.proposals.enums import Event, Rejection, State, Threshold
from concivis.shell.content import require_language

DATA = re.compile(r'\A\s*\{.*?"data"\s*:\s*', re.DOTALL)
BLANK = re.compile(r"[\s,]*")
PUBLIC = ("open", "closed", "rejected", "referred", "completed")
NUMBERS = {Threshold.ANSWER: 10_000, Threshold.DEBATE: 100_000}  # of the UK Parliament
REJECTIONS = {
    "duplicate": Rejection.DUPLICATE,
    "irrelevant": Rejection.NOT_COMPETENT,
    "no-action": Rejection.UNCLEAR,
    "honours": Rejection.NOT_COMPETENT,
    "fake-name": Rejection.INELIGIBLE,
    "foi": Rejection.NOT_COMPETENT,
    "libellous": Rejection.PERSONAL,
    "offensive": Rejection.RIGHTS,
}
AREAS = {
    "signatures_by_constituency": ("constituency", "ons_code"),
    "signatures_by_region": ("region", "ons_code"),
    "signatures_by_country": ("country", "code"),
}
KEPT = ("debate_scheduled_at", "scheduled_debate_date", "committee_note", "topics", "departments")
MOST_AREAS = 5_000


def records(path: Path, *, language: str, source: str) -> Iterator[Read]:
    """Raises UnreadableFile with a sentence. `source`: of the platform, where a record does not name it."""
    for count, (line, each) in enumerate(_elements(_text(path)), 1):
        if count > RECORDS_LIMIT:
            raise UnreadableFile(
                _("The file holds more than %(n)s petitions. Split it into several.") % {"n": RECORDS_LIMIT}
            )
        yield _record(line, mapping(each), language, source)


def source_of(path: Path) -> str:
    """The platform that the file itself names, or ""."""
    links = re.search(r'"self"\s*:\s*"(https?://[^"]{1,300})"', _text(path))
    return platform(links[1]) if links else ""


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(_("This is not JSON: the file is no text in UTF-8.")) from error


def _elements(text: str) -> Iterator[tuple[int, Any]]:
    """(line, value) of each petition, one after the other, so that a fault can be told with its line."""
    start = DATA.match(text)
    at = start.end() if start else BLANK.match(text).end()  # type: ignore[union-attr]
    if start and text[at : at + 1] == "{":
        yield _line(text, at), _value(text, at)[0]
        return
    if text[at : at + 1] != "[":
        raise UnreadableFile(
            _("This is no list of petitions: there is no “data”. Save the address that ends in .json.")
        )
    at = BLANK.match(text, at + 1).end()  # type: ignore[union-attr]
    line, counted = _line(text, at), at
    while text[at : at + 1] != "]":
        line, counted = line + text.count("\n", counted, at), at
        value, at = _value(text, at, line)
        yield line, value
        at = BLANK.match(text, at).end()  # type: ignore[union-attr]


def _value(text: str, at: int, line: int = 1) -> tuple[Any, int]:
    try:
        return json.JSONDecoder().raw_decode(text, at)
    except json.JSONDecodeError as error:
        words = _("The JSON breaks off or is damaged in line %(line)s. Load the file down again.")
        raise UnreadableFile(words % {"line": error.lineno}) from error
    except (RecursionError, ValueError) as error:
        words = _("The JSON in line %(line)s is not what a petition looks like.")
        raise UnreadableFile(words % {"line": line}) from error


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _record(line: int, each: Mapping[str, Any], language: str, source: str) -> Read:
    said, reading = mapping(each.get("attributes")), Reading(line)
    number = str(each.get("id") or "").strip()[:60]
    title = reading.text("action", said.get("action"), TITLE)
    given = str(said.get("state") or "")[:60]
    dates = {name: reading.moment(name, said.get(name)) for name in said if str(name).endswith("_at")}
    published = dates.get("opened_at") or dates.get("rejected_at") or dates.get("created_at")
    if not number:
        reading.refused.append(_("It has no number (“id”)."))
    if not title:
        reading.refused.append(_("It has no title (“action”)."))
    if given not in PUBLIC:
        reading.refused.append(
            _("Its state “%(state)s” is not one that the platform makes public.") % {"state": given}
        )
    if published is None:
        reading.refused.append(_("It has no date on which it was opened or rejected."))
    if reading.refused or published is None:
        return BrokenRecord(line, tuple(reading.refused), number, title)
    facts = _facts(reading, each, said, dates, published, _language(said, language), source)
    return ProposalRecord(line, facts, tuple(reading.notes))


def _facts(
    reading: Reading,
    each: Mapping[str, Any],
    said: Mapping[str, Any],
    dates: Mapping[str, dt.datetime | None],
    published: dt.datetime,
    language: str,
    source: str,
) -> HistoricalFacts:
    number, given = str(each["id"]).strip()[:60], str(said["state"])
    closed = dates.get("closed_at")
    if closed and closed <= published:
        reading.notes.append(_("It closed before it was opened: the day of closing was left out."))
        closed = None
    response = mapping(said.get("government_response"))
    answered = reading.moment("responded_on", response.get("responded_on")) or dates.get(
        "government_response_at"
    )
    code, note = _rejection(reading, said) if given == "rejected" else ("", "")
    state = State.REJECTED if code else State.ANSWERED if response and answered else State.CLOSED
    home = platform(str(mapping(each.get("links")).get("self") or "")) or source
    return HistoricalFacts(
        external_id=number,
        title=reading.text("action", said.get("action"), TITLE),
        language=language,
        summary=reading.text("background", said.get("background"), SUMMARY),
        body=_body(reading, said),
        state=state,
        published_at=published,
        closed_at=closed,
        rejection=code,
        rejection_note=note,
        answered_on=answered.date() if answered and state == State.ANSWERED else None,
        address=str(said["url"])[:500] if platform(str(said.get("url") or "")) else _page(home, number),
        given=given,
        signatures=reading.number("signature_count", said.get("signature_count")),
        areas=_areas(reading, said),
        facts={name: said[name] for name in KEPT if said.get(name)},
        steps=_steps(reading, said, dates, published, closed, answered, language),
    )


def _page(home: str, number: str) -> str:
    return f"{home}/petitions/{number}" if home else ""


def _language(said: Mapping[str, Any], language: str) -> str:
    """Other platforms say it beside each; the UK's does not."""
    try:
        return require_language(str(said.get("language") or language))
    except ValidationError:
        return language


def _body(reading: Reading, said: Mapping[str, Any]) -> str:
    """What does not fit into the summary stands in the text, so that nothing is lost."""
    background = str(said.get("background") or "").strip()
    parts = [
        background if len(background) > SUMMARY else "",
        str(said.get("additional_details") or "").strip(),
    ]
    return reading.text("additional_details", "\n\n".join(filter(None, parts)), BODY)


def _rejection(reading: Reading, said: Mapping[str, Any]) -> tuple[str, str]:
    rejection = mapping(said.get("rejection"))
    code = str(rejection.get("code") or "")
    if code in Rejection.values:  # of another installation of ours
        return code, reading.text("details", rejection.get("details"), 2000)
    if code not in REJECTIONS:
        words = _("The reason “%(code)s” is not known here; it counts as unclear, and stands in the note.")
        reading.notes.append(words % {"code": code[:40]})
    details = reading.text("details", rejection.get("details"), 1900)
    return REJECTIONS.get(code, Rejection.UNCLEAR), "\n\n".join(filter(None, [details, f"({code[:40]})"]))


def _areas(reading: Reading, said: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = []
    for name, (kind, code) in AREAS.items():
        listed = said.get(name)
        for each in listed[:MOST_AREAS] if isinstance(listed, list) else []:
            area = mapping(each)
            count = reading.number(name, area.get("signature_count"))
            if count is not None:
                said_code = str(area.get(code) or area.get("id") or "")[:20]
                found.append(
                    {
                        "kind": kind,
                        "code": said_code,
                        "name": str(area.get("name") or said_code)[:120],
                        "signatures": count,
                    }
                )
    return found


def _steps(
    reading: Reading,
    said: Mapping[str, Any],
    dates: Mapping[str, dt.datetime | None],
    published: dt.datetime,
    closed: dt.datetime | None,
    answered: dt.datetime | None,
    language: str,
) -> tuple[Step, ...]:
    response, debate = mapping(said.get("government_response")), mapping(said.get("debate"))
    rejected = said.get("state") == "rejected"
    steps = [Step(event=Event.REJECTED if rejected else Event.PUBLISHED, at=published)]
    for name, threshold in (("response", Threshold.ANSWER), ("debate", Threshold.DEBATE)):
        if reached := dates.get(f"{name}_threshold_reached_at"):
            number = reading.number(f"threshold_for_{name}", said.get(f"threshold_for_{name}"))
            number = number or NUMBERS[threshold]
            steps.append(Step(event=Event.REACHED, at=reached, threshold=threshold.value, number=number))
    if closed:
        steps.append(Step(event=Event.CLOSED, at=closed))
    if response and answered:
        told = "\n\n".join(str(response.get(name) or "").strip() for name in ("summary", "details"))
        note = reading.text("government_response", told, NOTE)
        steps.append(Step(event=Event.ANSWERED, at=answered, note=note, language=language))
    if debated := reading.moment("debated_on", debate.get("debated_on")):
        links = [str(debate.get(name) or "") for name in ("overview", "transcript_url", "video_url")]
        note = reading.text("debate", "\n\n".join(filter(None, links)), NOTE)
        steps.append(Step(event=Event.DEBATED, at=debated, note=note, language=language))
    return tuple(sorted(steps, key=lambda step: step.at))
