"""The table of initiatives or of proposals that Decidim exports (CSV), from the list or from its open data. A column
for each language: `title/en`, `description/ca`, `body/ca`. Fields: docs/formats/proposals-in.md.

Authors are not taken over: they have not agreed here.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from concivis.exchange import tabular
from concivis.exchange.errors import UnreadableFile
from concivis.exchange.proposals.records import (
    BODY,
    NOTE,
    RECORDS_LIMIT,
    TITLE,
    BrokenRecord,
    ProposalRecord,
    Read,
    Reading,
    plain,
    platform,
)
from concivis.exchange.records import BrokenRow
from concivis.proposals.actions.historical import HistoricalFacts, Step
from concivis.proposals.enums import Event, State

TEXT = re.compile(r"^(title|description|body|answer)/([A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?)$")
PUBLIC = ("published", "open", "accepted", "rejected")
"""“rejected” at Decidim: too few signed in time. “created”, “validating” and “discarded” were never public."""
PROPOSALS = ("", "not_answered", "evaluating", "accepted", "rejected", "withdrawn")
"""Of a table of proposals: all that was published is public there."""
KEPT = (
    "reference", "scope/name", "type/title", "area/name", "signature_type", "signature_start_date", "answer_url",
    "hashtag",
)  # fmt: skip
Cells = Mapping[str, str]


def records(path: Path, *, language: str, source: str) -> Iterator[Read]:
    """Raises UnreadableFile with a sentence. `language`: of the original, where the table has several."""
    table = tabular.read_table(path, tabular.LONG_TEXTS)
    header = [name.strip().lstrip("\ufeff") for name in table.header]
    if not any(name == "title" or name.startswith("title/") for name in header) or not (
        {"id", "reference"} & set(header)
    ):
        raise UnreadableFile(
            _(
                "This is no table of Decidim's initiatives: it needs the columns “id” or “reference”, and “title”."
            )
        )
    for count, row in enumerate(table.rows, 1):
        if count > RECORDS_LIMIT:
            raise UnreadableFile(
                _("The file holds more than %(n)s initiatives. Split it into several.") % {"n": RECORDS_LIMIT}
            )
        if isinstance(row, BrokenRow):
            yield BrokenRecord(row.line, (str(row.reason),), title=row.text[:80])
        else:
            yield _record(row.line, dict(zip(header, row.cells, strict=False)), language, source)


def _record(line: int, cells: Cells, language: str, source: str) -> Read:
    reading = Reading(line)
    number = (cells.get("id") or cells.get("reference") or "").strip()[:60]
    language = cells.get("language", "").strip() or language
    texts = _texts(reading, cells, language)
    original = next((tag for tag in (language, *texts) if texts.get(tag, {}).get("title")), "")
    title = texts[original]["title"] if original else ""
    given = cells.get("state", "").strip()
    public = PUBLIC if "signatures" in cells else PROPOSALS
    published = reading.moment("published_at", cells.get("published_at"))
    if not number:
        reading.refused.append(_("It has no number (“id” or “reference”)."))
    if not title:
        reading.refused.append(_("It has no title."))
    if given not in public:
        reading.refused.append(
            _("Its state “%(state)s” is not one that the platform makes public.") % {"state": given[:40]}
        )
    if published is None:
        reading.refused.append(_("It has no date on which it was published."))
    if reading.refused or published is None:
        return BrokenRecord(line, tuple(reading.refused), number, title)
    facts = _facts(reading, cells, number, texts, original, given, published, source)
    return ProposalRecord(line, facts, tuple(reading.notes))


def _texts(reading: Reading, cells: Cells, language: str) -> dict[str, dict[str, str]]:
    """{language: {title, body, answer}}. A column without a language is in that of the form."""
    found: dict[str, dict[str, str]] = {}
    names = {
        "title": ("title", TITLE),
        "description": ("body", BODY),
        "body": ("body", BODY),
        "answer": ("answer", NOTE),
    }
    for column, cell in cells.items():
        match = TEXT.match(column)
        kind, tag = (match[1], match[2].replace("_", "-")) if match else (column, language)
        if kind in names and cell.strip():
            name, most = names[kind]
            found.setdefault(tag, {})[name] = reading.text(column, plain(cell), most)
    return found


def _facts(
    reading: Reading,
    cells: Cells,
    number: str,
    texts: Mapping[str, Mapping[str, str]],
    original: str,
    given: str,
    published: dt.datetime,
    source: str,
) -> HistoricalFacts:
    answer_language = next((tag for tag in (original, *texts) if texts[tag].get("answer")), "")
    answered = reading.moment("answered_at", cells.get("answered_at")) if answer_language else None
    closed = _closed(reading, cells, published)
    steps = [Step(event=Event.PUBLISHED, at=published)]
    if closed:
        steps.append(Step(event=Event.CLOSED, at=closed))
    if answered:
        note = texts[answer_language]["answer"]
        steps.append(Step(event=Event.ANSWERED, at=answered, note=note, language=answer_language))
    return HistoricalFacts(
        external_id=number,
        title=texts[original]["title"],
        body=texts[original].get("body", ""),
        language=original,
        translations={
            tag: {"title": said["title"], "summary": "", "body": said.get("body", "")}
            for tag, said in texts.items()
            if tag != original and said.get("title")
        },
        state=State.WITHDRAWN if given == "withdrawn" else State.ANSWERED if answered else State.CLOSED,
        published_at=published,
        closed_at=closed,
        answered_on=answered.date() if answered else None,
        address=_address(cells, number, source),
        given=given,
        signatures=reading.number("signatures", cells.get("signatures") or cells.get("supports")),
        facts={
            column: cell[:300]
            for column, cell in cells.items()
            if cell and any(column == name or column.startswith(f"{name}/") for name in KEPT)
        },
        steps=tuple(sorted(steps, key=lambda step: step.at)),
    )


def _address(cells: Cells, number: str, source: str) -> str:
    if platform(cells.get("url", "")):
        return cells["url"][:500]
    return f"{source}/initiatives/i-{number}" if source and number.isdigit() else ""


def _closed(reading: Reading, cells: Cells, published: dt.datetime) -> dt.datetime | None:
    """The end of the last day for signing; None while that lies ahead."""
    said = (cells.get("signature_end_date") or "").strip()
    moment = reading.moment("signature_end_date", said)
    if moment is None:
        return None
    if len(said) == len("2026-05-31"):
        moment += dt.timedelta(hours=23, minutes=59)
    if moment <= published:
        reading.notes.append(_("It closed before it was opened: the day of closing was left out."))
        return None
    return moment if moment <= timezone.now() else None
