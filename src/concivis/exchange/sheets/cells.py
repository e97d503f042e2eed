"""Cells of a table: read into plain values that can be kept and compared, and written so that they are read alike.

An empty cell says nothing (None). One hyphen says that there is nothing (the cell's `nothing`).
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext

from concivis.catalogue.enums import Support
from concivis.directory.enums import NameUse
from concivis.exchange.notes import Note
from concivis.exchange.sheets.known import Known
from concivis.exchange.sheets.words import choice_words, language_of, say_language, yes_words
from concivis.initiatives.forms.fields import AddressesField, BudgetField
from concivis.places.countries import country_code, country_name
from concivis.shell.content import require_language
from concivis.shell.date_fields import PartialDateField

NOTHING = frozenset({"-", "–", "—"})
PARTS = re.compile(r"[;\n|]")
LINES = re.compile(r"\n|;\s*(?=https?://|www\.|\d{4}-\d\d-)")
SHOWN = 60  # characters of a cell, in a sentence


class Unreadable(ValueError):
    """What the cell says cannot be used; `note` says why."""

    def __init__(self, code: str, **facts: Any) -> None:
        self.note = Note(code, facts)
        super().__init__(code)


@dataclass(frozen=True)
class Cell:
    """Text of one line."""

    limit: int = 200
    nothing: ClassVar[Any] = ""

    def read(self, text: str, known: Known, hint: str = "") -> Any:
        """Raises Unreadable. `text` is not empty; `hint`: the country that the row says."""
        if len(text) > self.limit:
            raise Unreadable("text_long", length=len(text), limit=self.limit)
        return " ".join(text.split())

    def write(self, value: Any, known: Known, *, exact: bool = True) -> str:
        """In the reader's language. `exact`: so that it is read alike; else for reading only."""
        return str(value)


class Prose(Cell):
    """Text of many lines."""

    def read(self, text: str, known: Known, hint: str = "") -> Any:
        super().read(text, known)
        return text.strip()


class YesNo(Cell):
    nothing = False

    def read(self, text: str, known: Known, hint: str = "") -> Any:
        found = yes_words().find(text)
        if found is None:
            raise Unreadable("neither_yes_nor_no", text=text[:SHOWN])
        return found == "yes"

    def write(self, value: Any, known: Known, *, exact: bool = True) -> str:
        return yes_words().say("yes" if value else "no")


class When(Cell):
    """A date of any precision."""

    def read(self, text: str, known: Known, hint: str = "") -> Any:
        try:
            date = PartialDateField().clean(re.sub(r"[ T]\d\d:\d\d(:\d\d(\.\d+)?)?$", "", text))
        except ValidationError as error:
            raise Unreadable("refused", reason=" ".join(error.messages)) from error
        return date.iso if date else ""


class Day(When):
    """A day of the calendar."""

    def read(self, text: str, known: Known, hint: str = "") -> Any:
        found = super().read(text, known)
        try:
            return dt.date.fromisoformat(found).isoformat()
        except ValueError as error:
            raise Unreadable("day_wanted", text=text[:SHOWN]) from error


class Language(Cell):
    def read(self, text: str, known: Known, hint: str = "") -> Any:
        return _language(text)

    def write(self, value: Any, known: Known, *, exact: bool = True) -> str:
        return say_language(value) if value else ""


@dataclass(frozen=True)
class Choice(Cell):
    """One word of a list."""

    choices: type[TextChoices] = Support

    def read(self, text: str, known: Known, hint: str = "") -> Any:
        return _chosen(text, self.choices)

    def write(self, value: Any, known: Known, *, exact: bool = True) -> str:
        return choice_words(self.choices).say(value) if value else ""


# --- several in a cell -------------------------------------------------------------------------------------


class Several(Cell):
    """Parts between semicolons, kept in order without repetitions."""

    nothing: ClassVar[Any] = []
    at_commas: ClassVar[bool] = True  # a part that is not known is tried in pieces

    def read(self, text: str, known: Known, hint: str = "") -> Any:
        found: list[Any] = []
        for part in filter(None, map(str.strip, PARTS.split(text))):
            found += self._read_part(part, known, hint)
        return self.in_order(list(dict.fromkeys(found)))

    def _read_part(self, part: str, known: Known, hint: str) -> Iterable[Any]:
        try:
            return [self.one(part, known, hint)]
        except Unreadable:
            pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
            if not self.at_commas or len(pieces) < 2:
                raise
        return [self.one(piece, known, hint) for piece in pieces]

    def one(self, part: str, known: Known, hint: str) -> Any:
        raise NotImplementedError

    def in_order(self, found: list[Any]) -> list[Any]:
        return sorted(found)

    def write(self, value: Any, known: Known, *, exact: bool = True) -> str:
        return "; ".join(self.say(each, known, exact) for each in value)

    def say(self, each: Any, known: Known, exact: bool) -> str:
        return str(each)


class Languages(Several):
    def one(self, part: str, known: Known, hint: str) -> Any:
        return _language(part)

    def say(self, each: Any, known: Known, exact: bool) -> str:
        return say_language(each)


class Countries(Several):
    def _read_part(self, part: str, known: Known, hint: str) -> Iterable[Any]:
        """At commas first: read as one name, “France, Spain” would be Spain, as “Dijon, France” is France."""
        pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
        if len(pieces) > 1 and all(map(country_code, pieces)):
            return [self.one(piece, known, hint) for piece in pieces]
        return super()._read_part(part, known, hint)

    def one(self, part: str, known: Known, hint: str) -> Any:
        return _country(part, known)

    def say(self, each: Any, known: Known, exact: bool) -> str:
        return _say_country(each)


class Country(Cell):
    def read(self, text: str, known: Known, hint: str = "") -> Any:
        return _country(text, known)

    def write(self, value: Any, known: Known, *, exact: bool = True) -> str:
        return _say_country(value) if value else ""


@dataclass(frozen=True)
class Terms(Several):
    """Words of one scheme of the vocabulary."""

    scheme: str = ""

    def one(self, part: str, known: Known, hint: str) -> Any:
        found = known.vocabulary.words(self.scheme).find(part)
        if found is None:
            raise Unreadable("word_unknown", text=part[:SHOWN])
        return found

    def say(self, each: Any, known: Known, exact: bool) -> str:
        return known.vocabulary.words(self.scheme).say(each)


@dataclass(frozen=True)
class Choices(Several):
    choices: type[TextChoices] = Support

    def one(self, part: str, known: Known, hint: str) -> Any:
        return _chosen(part, self.choices)

    def in_order(self, found: list[Any]) -> list[Any]:
        return sorted(found, key=list(self.choices.values).index)

    def say(self, each: Any, known: Known, exact: bool) -> str:
        return choice_words(self.choices).say(each)


class Towns(Several):
    """Kept by their public id."""

    at_commas = False  # the comma is before the country

    def one(self, part: str, known: Known, hint: str) -> Any:
        return _town(part, known, hint)

    def say(self, each: Any, known: Known, exact: bool) -> str:
        return known.say_place(each, numbered=exact)


class Town(Cell):
    def read(self, text: str, known: Known, hint: str = "") -> Any:
        return _town(text.strip(), known, hint)

    def write(self, value: Any, known: Known, *, exact: bool = True) -> str:
        return known.say_place(value, numbered=exact) if value else ""


class Organisations(Several):
    """Kept as “#” and the public id, or as the bare name that the directory does not have."""

    at_commas = False

    def one(self, part: str, known: Known, hint: str) -> Any:
        found = known.organisation_named(part)
        if isinstance(found, Note):
            raise Unreadable(found.code, **found.facts)
        return f"#{found.public_id}" if found else " ".join(part.split())[: self.limit]

    def in_order(self, found: list[Any]) -> list[Any]:
        return found

    def say(self, each: Any, known: Known, exact: bool) -> str:
        return known.say_organisation(each[1:], numbered=exact) if each.startswith("#") else str(each)


class Addresses(Several):
    """Addresses of the web, nothing else."""

    at_commas = False

    def one(self, part: str, known: Known, hint: str) -> Any:
        return _web_address(part)

    def in_order(self, found: list[Any]) -> list[Any]:
        return found


class Mail(Cell):
    def read(self, text: str, known: Known, hint: str = "") -> Any:
        try:
            return forms.EmailField().clean(text)
        except ValidationError as error:
            raise Unreadable("refused", reason=" ".join(error.messages)) from error


class WebAddress(Cell):
    def read(self, text: str, known: Known, hint: str = "") -> Any:
        return _web_address(text)


class OtherNames(Several):
    """Further names, each with its language and use in brackets: “Hamm Twins [en, short]”. Kept as triples."""

    at_commas = False
    pattern: ClassVar[re.Pattern[str]] = re.compile(r"^(.*?)\s*(?:\[([^\[\]]*)\])?$", re.DOTALL)

    def read(self, text: str, known: Known, hint: str = "") -> Any:
        return [list(each) for each in super().read(text, known, hint)]

    def in_order(self, found: list[Any]) -> list[Any]:
        return found

    def one(self, part: str, known: Known, hint: str) -> Any:
        name, inside = self.pattern.match(part).groups()  # type: ignore[union-attr]
        language, use = "", ""
        for piece in filter(None, map(str.strip, (inside or "").split(","))):
            found = choice_words(NameUse).find(piece)
            if found:
                use = found
            else:
                language = _language(piece)
        return (
            " ".join(name.split())[:200],
            language,
            use or (NameUse.LANGUAGE if language else NameUse.OTHER).value,
        )

    def write(self, value: Any, known: Known, *, exact: bool = True) -> str:
        said = [(name, ", ".join(filter(None, (language, use)))) for name, language, use in value]
        return "; ".join(f"{name} [{inside}]" for name, inside in said)


class Supports(Cell):
    """What is needed or offered, a sentence behind the colon: “Volunteers: two for Saturdays”. Kept as a mapping."""

    nothing: ClassVar[Any] = {}

    def read(self, text: str, known: Known, hint: str = "") -> Any:
        found: dict[str, str] = {}
        for part in filter(None, map(str.strip, PARTS.split(text))):
            what, colon, sentence = part.partition(":")
            pieces = [what] if colon or choice_words(Support).find(what) else what.split(",")
            for piece in pieces:
                found[_chosen(piece.strip(), Support)] = " ".join(sentence.split())[:300]
        return {what: found[what] for what in Support.values if what in found}

    def write(self, value: Any, known: Known, *, exact: bool = True) -> str:
        words = choice_words(Support)
        return "; ".join(
            f"{words.say(what)}: {said}" if said else words.say(what) for what, said in value.items()
        )


class Links(Cell):
    """Addresses, each with its title behind it. Kept as pairs."""

    nothing: ClassVar[Any] = []

    def read(self, text: str, known: Known, hint: str = "") -> Any:
        return [[each.url, each.title[:200]] for each in _lines(AddressesField(), text)]

    def write(self, value: Any, known: Known, *, exact: bool = True) -> str:
        return "\n".join(f"{url} {title}".strip() for url, title in value)


class Money(Cell):
    """Lines of a budget. Kept as (start, end, amount, currency)."""

    nothing: ClassVar[Any] = []

    def read(self, text: str, known: Known, hint: str = "") -> Any:
        found = _lines(BudgetField(), text)
        return [
            [str(each.starts_on), str(each.ends_on), f"{each.amount:.2f}", each.currency] for each in found
        ]

    def write(self, value: Any, known: Known, *, exact: bool = True) -> str:
        return "\n".join(" ".join(line) for line in value)


# --- single values -----------------------------------------------------------------------------------------


def _lines(field: forms.Field, text: str) -> Any:
    try:
        return field.clean("\n".join(LINES.split(text)))
    except ValidationError as error:
        raise Unreadable("refused", reason=" ".join(error.messages)) from error


def _chosen(text: str, choices: type[TextChoices]) -> str:
    found = choice_words(choices).find(text)
    if found is None:
        raise Unreadable("word_unknown", text=text[:SHOWN])
    return found


def _language(text: str) -> str:
    found = language_of(text)
    if found:
        return found
    try:
        return require_language(text[:35])
    except ValidationError as error:
        raise Unreadable("language_unknown", text=text[:SHOWN]) from error


def _country(text: str, known: Known) -> str:
    code = country_code(text)
    if code is None:
        raise Unreadable("country_unknown", text=text[:SHOWN])
    if code not in known.countries:
        raise Unreadable("country_not_here", country=code)
    return code


def _say_country(code: str) -> str:
    name = country_name(code)
    return name if country_code(name) == code else code


def _town(text: str, known: Known, hint: str) -> str:
    found = known.town(text, hint)
    if isinstance(found, Note):
        raise Unreadable(found.code, **found.facts)
    return found.public_id


_url: Callable[[Any], Any] = forms.URLField(assume_scheme="https", max_length=200).clean


def _web_address(text: str) -> str:
    try:
        return str(_url(text))
    except ValidationError as error:
        raise Unreadable(
            "refused", reason=gettext("“%(text)s” is no address of the web.") % {"text": text[:SHOWN]}
        ) from error
