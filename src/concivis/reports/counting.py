"""The numbers of a report: counted by the rooms, put together as plain JSON, frozen, compared.

**The document** (`SCHEMA`; keys that are not known are to be ignored)::

    {"schema": "concivis-report-numbers-1", "hub": public id, "first": day, "last": day, "time_zone": name,
     "as_of": moment, "before": {"first": day, "last": day, "report": public id of the report it was taken from, or ""},
     "chapters": [{"code", "version",
                   "measures": [{"code", "unit": "count" | "minutes", "headline", "now", "before"}],
                   "tables": [{"code", "shape": "bars" | "places", "rows": [{"key", "now", "before"}],
                               "rest": {"now", "before"} or null}]}],
     "home": {"name", "country", "latitude", "longitude"}, "places": {public id: the same four},
     "words": {language: {"initiatives": …, "initiatives?": …, "initiatives.new": …, "initiatives.new?": …,
                          "initiatives.countries:MX": …}}}

A value is a whole number, null (not known), or "*": not told, because it would tell of fewer than five people.
`words` hold each chapter, measure, table and row as it was called, and with a question mark how it was counted, so that
a report says later what it said at first. **The checksum** is the SHA-256 of the UTF-8 bytes of the document as JSON
with sorted keys, no spaces and characters beyond ASCII unescaped.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation

from concivis.hubs import annual
from concivis.hubs.annual import Chapter, Counted, Period, Shape
from concivis.hubs.models import Hub
from concivis.hubs.record import utc_text
from concivis.places.models import Place

SCHEMA = "concivis-report-numbers-1"
FEW = 5  # fewer people than these are not told of
UNTOLD = "*"
DIGITS = 4  # of a place's degrees: some ten metres

Value = int | str | None
Numbers = dict[str, Any]


def period_of(hub: Hub, first: date, last: date, as_of: datetime) -> Period:
    return Period(first, last, ZoneInfo(hub.timezone), as_of)


def count(
    hub: Hub,
    first: date,
    last: date,
    as_of: datetime,
    *,
    earlier: tuple[str, Numbers] | None = None,
    languages: Iterable[str] = (),
) -> Numbers:
    """The document. `earlier`: public id and numbers of the report of the year before, whose word stands where it
    tells of just the same days. `languages`: of the words; the active one where none is given.

    Costs each chapter's queries twice, one for places, and two or three a language for words of terms and places.
    """
    now = period_of(hub, first, last, as_of)
    before = now.year_before()
    source, told = _fitting(earlier, before)
    chapters = [
        _chapter(each, each.count(hub, now), each.count(hub, before), told) for each in annual.chapters()
    ]
    return {
        "schema": SCHEMA,
        "hub": hub.public_id,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "time_zone": hub.timezone,
        "as_of": utc_text(as_of),
        "before": {"first": before.first.isoformat(), "last": before.last.isoformat(), "report": source},
        "chapters": chapters,
        "home": _where(hub.place),
        "places": _places(chapters),
        "words": {
            language: _words(chapters, language)
            for language in (list(languages) or [translation.get_language() or settings.LANGUAGE_CODE])
        },
    }


def checksum(numbers: Numbers) -> str:
    canonical = json.dumps(
        numbers, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False
    )
    return sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True)
class Difference:
    """A number that was fixed and is another today. `name` is a key of the words."""

    chapter: str
    name: str
    key: str  # of a table's row; "" for a measure
    fixed: Value
    today: Value


def differences(fixed: Numbers, today: Numbers) -> list[Difference]:
    """What has become another in the numbers of the period itself."""
    old, new = _values(fixed), _values(today)
    return [
        Difference(*name, old.get(name, 0), new.get(name, 0))
        for name in dict.fromkeys([*old, *new])
        if old.get(name, 0) != new.get(name, 0)
    ]


def _values(numbers: Numbers) -> dict[tuple[str, str, str], Value]:
    found: dict[tuple[str, str, str], Value] = {}
    for chapter in numbers["chapters"]:
        for measure in chapter["measures"]:
            found[chapter["code"], measure["code"], ""] = measure["now"]
        for table in chapter["tables"]:
            for row in table["rows"]:
                found[chapter["code"], table["code"], row["key"]] = row["now"]
    return found


# --- one chapter -------------------------------------------------------------------------------------------------


def _chapter(
    chapter: Chapter, now: Counted, before: Counted, told: Mapping[tuple[str, str, str], Value]
) -> dict[str, Any]:
    values, earlier = _measured(chapter, now), _measured(chapter, before)
    return {
        "code": chapter.code,
        "version": chapter.version,
        "measures": [
            {
                "code": each.code,
                "unit": each.unit.value,
                "headline": each.headline,
                "now": values[each.code],
                "before": told.get((chapter.code, each.code, ""), earlier[each.code]),
            }
            for each in chapter.measures
        ],
        "tables": [_table(chapter, table.code, table.persons, now, before, told) for table in chapter.tables],
    }


def _measured(chapter: Chapter, counted: Counted) -> dict[str, Value]:
    """Numbers of people that are few are not told, nor what would give them away by subtraction."""
    raw = {each.code: counted.numbers.get(each.code) for each in chapter.measures}
    told: dict[str, Value] = dict(raw)
    for each in chapter.measures:
        value, whole = raw[each.code], raw.get(each.part_of) if each.part_of else None
        if each.persons and _few(value):
            told[each.code] = UNTOLD
        if value is not None and whole is not None and value and _few(whole - value):
            told[each.code] = UNTOLD
    return told


def _few(value: int | None) -> bool:
    return value is not None and 0 < value < FEW


def _table(
    chapter: Chapter,
    code: str,
    persons: bool,
    now: Counted,
    before: Counted,
    told: Mapping[tuple[str, str, str], Value],
) -> dict[str, Any]:
    shape = next(table.shape for table in chapter.tables if table.code == code)
    raw, raw_before = now.tables.get(code, {}), before.tables.get(code, {})
    kept, rest = folded(raw) if persons else (raw, 0)
    kept_before, rest_before = folded(raw_before) if persons else (raw_before, 0)
    remembered = [key for own, table, key in told if (own, table) == (chapter.code, code)]
    keys = sorted({*kept, *kept_before, *remembered}, key=lambda key: (-kept.get(key, 0), key))
    return {
        "code": code,
        "shape": shape.value,
        "rows": [
            {
                "key": key,
                "now": _kept(key, kept, raw),
                "before": told.get((chapter.code, code, key), _kept(key, kept_before, raw_before)),
            }
            for key in keys
        ],
        "rest": {"now": _rest(rest), "before": _rest(rest_before)} if rest or rest_before else None,
    }


def _kept(key: str, kept: Mapping[str, int], raw: Mapping[str, int]) -> Value:
    return kept.get(key, UNTOLD if key in raw else 0)


def _rest(rest: int) -> Value:
    return UNTOLD if _few(rest) else rest


def folded(rows: Mapping[str, int]) -> tuple[dict[str, int], int]:
    """Rows of few people are put together, with the next larger one where even together they are few."""
    ordered = sorted(rows.items(), key=lambda row: (-row[1], row[0]))
    kept = [row for row in ordered if not _few(row[1])]
    rest = sum(number for _key, number in ordered) - sum(number for _key, number in kept)
    while _few(rest) and kept:
        rest += kept.pop()[1]
    return dict(kept), rest


def _fitting(
    earlier: tuple[str, Numbers] | None, before: Period
) -> tuple[str, dict[tuple[str, str, str], Value]]:
    """The earlier report's own word, where it tells of the same days; chapters counted another way now are left out."""
    if earlier is None:
        return "", {}
    source, numbers = earlier
    if (numbers["first"], numbers["last"]) != (before.first.isoformat(), before.last.isoformat()):
        return "", {}
    versions = {chapter.code: chapter.version for chapter in annual.chapters()}
    same = [chapter for chapter in numbers["chapters"] if versions.get(chapter["code"]) == chapter["version"]]
    return source, _values({"chapters": same})


# --- places and words --------------------------------------------------------------------------------------------


def _places(chapters: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Where the places of the tables lie. One query."""
    keys = {
        row["key"]
        for chapter in chapters
        for table in chapter["tables"]
        if table["shape"] == Shape.PLACES
        for row in table["rows"]
    }
    found = Place.objects.filter(public_id__in=keys).order_by("public_id") if keys else []
    return {place.public_id: _where(place) for place in found}


def _where(place: Place) -> dict[str, Any]:
    return {
        "name": place.name,
        "country": place.country_id,
        "latitude": _degrees(place.latitude),
        "longitude": _degrees(place.longitude),
    }


def _degrees(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)


def _words(chapters: Sequence[Mapping[str, Any]], language: str) -> dict[str, str]:
    """What everything is called, and how it is counted, in one language."""
    words: dict[str, str] = {}
    known = {chapter.code: chapter for chapter in annual.chapters()}
    with translation.override(language):
        for counted in chapters:
            chapter = known[counted["code"]]
            words |= {chapter.code: str(chapter.label), f"{chapter.code}?": str(chapter.source)}
            said: tuple[annual.Measure | annual.Table, ...] = (*chapter.measures, *chapter.tables)
            for each in said:
                name = f"{chapter.code}.{each.code}"
                words |= {name: str(each.label), f"{name}?": str(each.counted)}
            for table, rows in zip(chapter.tables, counted["tables"], strict=True):
                keys = [row["key"] for row in rows["rows"]]
                for key, label in table.words(keys).items():
                    words[f"{chapter.code}.{table.code}:{key}"] = str(label)
    return words
