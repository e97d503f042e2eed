"""The numbers of a report as a reader sees them: in words, compared, in the office's order. Reads nothing but the
document of `counting`, so that a report that was fixed says the same for ever."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _

from concivis.reports.counting import UNTOLD, Numbers, Value
from concivis.reports.sections import MAP, STORIES
from concivis.shell import content
from concivis.shell.templatetags.shell import country_name, number

MINUTES = "minutes"
HOUR, DAY = 60, 24 * 60
NOT_KNOWN = "–"
MINUS = "\u2212"
LEFT_TO_RIGHT = "\u200e"


@dataclass(frozen=True)
class Compared:
    """One number and that of the year before, as written and as they are."""

    label: str
    now: Value
    before: Value
    code: str = ""  # as in the words: "initiatives.new", "initiatives.countries:MX"
    unit: str = "count"
    counted: str = ""
    headline: bool = False

    @property
    def shown(self) -> str:
        return written(self.now, self.unit)

    @property
    def shown_before(self) -> str:
        return written(self.before, self.unit)

    @property
    def difference(self) -> int | None:
        if isinstance(self.now, int) and isinstance(self.before, int):
            return self.now - self.before
        return None

    @property
    def change(self) -> str:
        """“+3”, “−2”, “±0”; nothing where one of the two is not told."""
        if self.difference is None:
            return ""
        sign = "+" if self.difference > 0 else MINUS if self.difference else "±"
        # from right to left the sign would stand behind its number
        mark = LEFT_TO_RIGHT if get_language_bidi() else ""
        return mark + sign + written(abs(self.difference), self.unit)

    @property
    def note(self) -> str:
        """The change as part of a sentence."""
        if self.difference is None:
            return ""
        if not self.difference:
            return _("as in the year before")
        return _("%(change)s on the year before") % {"change": self.change}


@dataclass(frozen=True)
class Breakdown:
    code: str
    label: str
    counted: str
    rows: Sequence[Compared]


@dataclass(frozen=True)
class ShownChapter:
    code: str
    label: str
    source: str
    measures: Sequence[Compared]
    tables: Sequence[Breakdown]

    @property
    def is_empty(self) -> bool:
        return not self.measures_told

    @property
    def measures_told(self) -> list[Compared]:
        """Without what is nought in both years: a reader learns nothing from it."""
        return [each for each in self.measures if each.now or each.before]


@dataclass(frozen=True)
class Town:
    """A place of the map. `counts`: one for each of `Shown.town_columns`."""

    name: str
    country: str
    latitude: float | None
    longitude: float | None
    counts: Sequence[Value]

    @property
    def written_counts(self) -> list[str]:
        return [written(count) for count in self.counts]


@dataclass(frozen=True)
class Shown:
    """A whole report's numbers. `order`: the codes of the sections that are told."""

    order: Sequence[str]
    chapters: Mapping[str, ShownChapter]
    town_columns: Sequence[str]
    towns: Sequence[Town]
    home: Town

    @property
    def told(self) -> list[ShownChapter]:
        return [self.chapters[code] for code in self.order if code in self.chapters]

    @property
    def headlines(self) -> list[Compared]:
        return [each for chapter in self.told for each in chapter.measures_told if each.headline]


def shown(numbers: Numbers, sections: Sequence[Mapping[str, object]], fallback: str = "en") -> Shown:
    """In the active language, or where the numbers have no words of it, in `fallback`."""
    word = Wording(numbers, fallback)
    chapters = {each["code"]: _chapter(each, word) for each in numbers["chapters"]}
    order = _order(sections, list(chapters))
    columns, towns = _towns(numbers, word, order)
    home = numbers["home"]
    return Shown(
        order,
        chapters,
        columns,
        towns,
        Town(home["name"], country_name(home["country"]), home["latitude"], home["longitude"], ()),
    )


class Wording:
    """The words that were kept with the numbers, in the best language for this reader."""

    def __init__(self, numbers: Numbers, fallback: str) -> None:
        active = get_language() or "en"
        wanted = [active, content.primary(active), content.primary(fallback), "en", *numbers["words"]]
        self.rows = [numbers["words"][language] for language in wanted if language in numbers["words"]]

    def knows(self, name: str) -> bool:
        return any(rows.get(name) for rows in self.rows)

    def __call__(self, name: str) -> str:
        found = next((rows[name] for rows in self.rows if rows.get(name)), None)
        return found or name.rpartition(":")[2].rpartition(".")[2].rstrip("?")


def _order(sections: Sequence[Mapping[str, object]], chapters: Sequence[str]) -> list[str]:
    told = {str(each["code"]): bool(each["told"]) for each in sections}
    return [code for code in dict.fromkeys([*told, MAP, STORIES, *chapters]) if told.get(code, True)]


def _chapter(chapter: Mapping[str, Any], word: Wording) -> ShownChapter:
    code = str(chapter["code"])
    return ShownChapter(
        code,
        word(code),
        word(f"{code}?"),
        [
            Compared(
                word(name := f"{code}.{each['code']}"),
                each["now"],
                each["before"],
                name,
                each["unit"],
                word(f"{name}?"),
                each["headline"],
            )
            for each in chapter["measures"]
        ],
        [
            _breakdown(f"{code}.{each['code']}", each, word)
            for each in chapter["tables"]
            if each["shape"] != "places" and (each["rows"] or each["rest"])
        ],
    )


def _breakdown(name: str, table: Mapping[str, Any], word: Wording) -> Breakdown:
    rows = [
        Compared(word(code := f"{name}:{row['key']}"), row["now"], row["before"], code)
        for row in table["rows"]
    ]
    if rest := table["rest"]:
        rows.append(Compared(_("all others"), rest["now"], rest["before"], f"{name}:"))
    return Breakdown(name, word(name), word(f"{name}?"), rows)


def _towns(numbers: Numbers, word: Wording, order: Sequence[str]) -> tuple[list[str], list[Town]]:
    """One column for each told table of places; towns of this year, by country and name."""
    tables = {
        chapter["code"]: {row["key"]: row["now"] for row in table["rows"] if row["now"]}
        for chapter in numbers["chapters"]
        for table in chapter["tables"]
        if table["shape"] == "places" and chapter["code"] in order
    }
    tables = {code: rows for code, rows in tables.items() if rows}
    keys = dict.fromkeys(key for rows in tables.values() for key in rows)
    towns = [
        Town(
            place["name"],
            country_name(place["country"]),
            place["latitude"],
            place["longitude"],
            [rows.get(key, 0) for rows in tables.values()],
        )
        for key in keys
        if (place := numbers["places"].get(key))
    ]
    return [word(code) for code in tables], sorted(towns, key=lambda town: (town.country, town.name))


def written(value: Value, unit: str = "count") -> str:
    if value is None:
        return NOT_KNOWN
    if value == UNTOLD or isinstance(value, str):
        return _("too few to tell")
    return duration(value) if unit == MINUTES else number(value)


def duration(minutes: int) -> str:
    """“35 minutes”, “7 hours”, “2.5 days”."""
    if minutes < 2 * HOUR:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": number(minutes)}
    if minutes < 2 * DAY:
        hours = round(minutes / HOUR)
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": number(hours)}
    days = round(minutes / DAY, 1)
    return ngettext("%(n)s day", "%(n)s days", 1 if days == 1 else 2) % {"n": number(days, 1)}
