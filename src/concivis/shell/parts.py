"""The shapes that the components draw. Views may pass these, or anything with the same attributes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, ngettext

from concivis.shell.spreadsheets import MEDIA_TYPE
from concivis.shell.templatetags.shell import number


@dataclass(frozen=True)
class Source:
    """Where a fact is from. `consulted` is a date already written out, if known."""

    title: str
    url: str = ""
    consulted: str = ""


@dataclass(frozen=True)
class Fact:
    label: str
    value: object
    url: str = ""
    source: Source | None = None


@dataclass(frozen=True)
class Event:
    """One entry of a timeline. `date` is written out (“May 1963”), `iso` is for machines (“1963-05”)."""

    date: str
    title: str
    iso: str = ""
    text: str = ""
    url: str = ""
    source: Source | None = None
    tone: str = ""  # "", good, notice, bad
    language: str = ""  # BCP 47, where the text is not in the page's language


@dataclass(frozen=True)
class Card:
    title: str
    url: str
    kicker: str = ""
    summary: str = ""
    meta: Sequence[str] = ()
    badge: str = ""
    tone: str = ""
    language: str = ""  # BCP 47, where the text is not in the page's language


@dataclass(frozen=True)
class Stat:
    value: object
    label: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Bar:
    label: str
    value: float
    url: str = ""
    shown: str = ""  # instead of the number


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: bool = False
    count: int | None = None
    count_url: str = ""  # answers with the number, where it is fetched after the page


@dataclass(frozen=True)
class Crumb:
    label: str
    url: str = ""


@dataclass(frozen=True)
class Heading:
    """A column of a table. `sort` names the value of `?sort=` that orders by it."""

    label: str
    sort: str = ""
    numeric: bool = False
    unseen: bool = False  # read out, not drawn: a column of buttons


@dataclass(frozen=True)
class Export:
    label: str  # "CSV"
    path: str  # without the query string, which the component adds
    mime: str = ""


@dataclass(frozen=True)
class Chip:
    """A filter in force, with the address of the page without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True)
class MatrixRow:
    label: str
    cells: Sequence["MatrixCell"]
    url: str = ""


@dataclass(frozen=True)
class MatrixCell:
    value: object
    heat: int = 0  # 0 (nothing) to 5 (most)
    url: str = ""
    note: str = ""  # the cell in words


@dataclass(frozen=True)
class Matrix:
    caption: str
    columns: Sequence[Heading]
    rows: Sequence[MatrixRow] = field(default_factory=tuple)


def tables(path: str) -> list[Export]:
    """What is there beside a page with a table: `/en/partnerships/` → `/en/partnerships.csv` and so on."""
    stem = path.rstrip("/")
    return [
        *sheets(stem),
        Export("JSON", f"{stem}.json", "application/json"),
    ]


def sheets(path: str) -> list[Export]:
    """For tables that people only want in a spreadsheet."""
    stem = path.rstrip("/")
    return [
        Export("CSV", f"{stem}.csv", "text/csv"),
        Export("XLSX", f"{stem}.xlsx", MEDIA_TYPE),
    ]


def exports(path: str) -> list[Export]:
    """The formats that every public list has: those of a table, and feeds of what is new."""
    stem = path.rstrip("/")
    return [
        *tables(stem),
        Export("Atom", f"{stem}.atom", "application/atom+xml"),
        Export("JSON Feed", f"{stem}.feed.json", "application/feed+json"),
    ]


def calendar(path: str) -> Export:
    """The dates of a list, for a calendar program to subscribe to."""
    return Export(gettext("Calendar"), f"{path.rstrip('/')}.ics", "text/calendar")


# a filter of a list, and what a search that is watched by mail calls it
WATCHED = {
    "q": "q",
    "country": "country",
    "place": "place",
    "hub": "hub",
    "theme": "term",
    "target_group": "term",
    "goal": "term",
    "field": "term",
}


@dataclass(frozen=True)
class Watch:
    """Where one asks to be told by mail of what is new in a list. `wider`: it cannot watch all of the filters."""

    url: str
    wider: bool = False


def watch(url: str | None, kind: str, wanted: Mapping[str, str]) -> Watch | None:
    """`url`: of the page that takes a search to watch, None where there is none; `kind`: of the list's cards."""
    if not url:
        return None
    query = [("kind", kind)] + [(WATCHED[name], value) for name, value in wanted.items() if name in WATCHED]
    terms = [name for name, _value in query if name == "term"]
    return Watch(f"{url}?{urlencode(query)}", wider=len(query) <= len(wanted) or len(terms) > 1)


def heat(value: float, maximum: float) -> int:
    """0 for nothing, else 1 to 5 on a scale of square roots, so that a few large cells do not drown the rest."""
    if value <= 0 or maximum <= 0:
        return 0
    return min(5, 1 + int(5 * (value / maximum) ** 0.5 * 0.9999))


def chips(form: forms.Form, query: QueryDict) -> list[Chip]:
    """The filters in force, from the bound form: one chip for each value, in the words of its field."""
    if not form.is_bound:
        return []
    form.is_valid()  # so that cleaned_data is there; a wrong value has no chip but an error beside its field
    found = []
    for name, field_ in form.fields.items():
        key = form.add_prefix(name)
        for raw in query.getlist(key):
            if raw and name in form.cleaned_data and form.cleaned_data[name] not in (None, "", []):
                label = str(field_.label or form[name].label)
                found.append(Chip(label, spoken(field_, raw), without(query, key, raw)))
    return found


def spoken(field_: forms.Field, raw: str) -> str:
    if isinstance(field_, forms.BooleanField):
        return gettext("yes")
    return flat_choices(getattr(field_, "choices", ())).get(raw, raw)


def flat_choices(choices: Iterable[Any]) -> dict[str, str]:
    flat: dict[str, str] = {}
    for value, label in choices:
        if isinstance(label, list | tuple):
            flat.update(flat_choices(label))
        else:
            flat[str(value)] = str(label)
    return flat


def without(query: QueryDict, name: str, value: str) -> str:
    rest = query.copy()
    rest.pop("page", None)
    rest.setlist(name, [other for other in rest.getlist(name) if other != value])
    return f"?{rest.urlencode()}"


def results(count: int) -> str:
    """“25,914 entries”: the sentence above a list."""
    return ngettext("%(count)s entry", "%(count)s entries", count) % {"count": number(count)}
