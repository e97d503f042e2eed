"""What an import has to say about a row: a code with its facts, made a sentence in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise, lazystr
from django.utils.translation import gettext_lazy as _

from concivis.places.countries import country_name

SENTENCES: Mapping[str, Promise] = {
    # what the file says is not usable
    "row_empty": _("The row is empty."),
    "row_short": _("The row has %(found)s columns; %(wanted)s are needed."),
    "cell_long": _(
        "The cell in column “%(column)s” is %(length)s characters long; at most %(limit)s are read."
    ),
    "quote_open": _("A quotation mark is opened here and not closed."),
    "name_missing": _("Column “%(column)s” is empty: there is no name and no number to find the place by."),
    "coordinates_unreadable": _("The coordinates “%(text)s” could not be read and were left out."),
    "coordinates_outside": _(
        "The coordinates %(latitude)s, %(longitude)s are not on Earth and were left out."
    ),
    "coordinates_half": _("Only one of latitude and longitude is given; it was left out."),
    "population_unreadable": _("The population “%(text)s” is not a number and was left out."),
    "date_unreadable": _("The date “%(text)s” could not be read and was left out."),
    "end_before_start": _("The end (%(end)s) lies before the start (%(start)s); both dates were left out."),
    "kind_unknown": _("“%(text)s” is not a kind of partnership known here; the row counts as twinning."),
    "country_unknown": _("“%(text)s” is not the name of a country known here."),
    # how an end was found
    "coordinates_swapped": _("Latitude and longitude stand in each other's column."),
    "sign_lost": _("The coordinates lie on the wrong side of the equator or of Greenwich."),
    "far_away": _("The file's coordinates lie %(km)s km from the only place of that name in the country."),
    "far_away_largest": _(
        "The file's coordinates lie %(km)s km away; taken is the place of that name that is by far the largest."
    ),
    "largest_taken": _("Several places bear the name; taken is the one that is by far the largest."),
    "other_country": _("The file says %(said)s; the place that fits name and coordinates lies in %(found)s."),
    "near_name": _("No place is written so; taken is %(name)s, %(km)s km from the coordinates."),
    "no_coordinates": _("Found by name and country alone: the file gives no usable coordinates."),
    "name_alone": _("Found by its name alone: the file gives neither a known country nor coordinates."),
    # why an end is created, put aside or refused
    "not_in_gazetteer": _("No place of that name in %(country)s, nor one nearby with a similar name."),
    "namesakes_elsewhere": _(
        "The places of that name in %(country)s lie %(km)s km or more from the file's coordinates."
    ),
    "namesakes": _("%(count)s places could be meant."),
    "nothing_to_go_by": _("No place of that name is known, and without a known country none can be created."),
    "coordinates_abroad": _("No place of that name is known, and the coordinates do not lie in %(country)s."),
    "rejected_by_person": _("A person decided that no place is meant here."),
    # what becomes of the row
    "self_link": _("Both ends are the same place: %(name)s."),
    "repeats": _("Says the same as line %(line)s."),
    "reciprocal": _("Says the same as line %(line)s, from the other side."),
    "end_rejected": _("“%(name)s” could not be used."),
    "link_refused": _("The link could not be recorded: %(reason)s"),
    "kept_by_all": _("The partnership is recorded already and belongs to no hub; it stays as it is."),
    "kept_by": _("%(hub)s keeps this partnership; it stays as it is."),
    # tables of initiatives and organisations: what a cell says is not usable; `in_column` is put before
    "in_column": _("Column “%(column)s”:"),
    "text_long": _("The text is %(length)s characters long; at most %(limit)s are kept here."),
    "neither_yes_nor_no": _("“%(text)s” is neither yes nor no."),
    "day_wanted": _("“%(text)s” is not a day; write it as 2026-05-31."),
    "language_unknown": _("“%(text)s” is not a language known here."),
    "word_unknown": _("“%(text)s” is not one of the permitted words. The template lists them."),
    "country_not_here": _("%(country)s is not in the gazetteer of this installation."),
    "town_unknown": _("No town “%(text)s” is known. Write its country behind a comma: Hamm, Germany."),
    "town_ambiguous": _(
        "“%(text)s” could be several towns: %(towns)s. Write the number with # behind the name."
    ),
    "town_number_unknown": _("There is no town with the number #%(number)s."),
    "organisation_number_unknown": _(
        "There is no organisation with the number #%(number)s in this directory."
    ),
    "refused": lazystr("%(reason)s"),
    # what becomes of the row
    "cell_missing": _("The cell must not be empty."),
    "id_unknown": _(
        "There is no entry with the number “%(number)s” here. Empty the cell to add a new entry."
    ),
    "id_twice": _("Another row (line %(line)s) is about the same entry."),
    "names_several": _("Several entries bear this name. Write the number of the one that is meant."),
    "looks_like": _("Looks like “%(name)s”, which is there already. Choose whether it is the same."),
    "contact_left_out": _(
        "The contact was left out: columns “%(consent)s”, “%(on)s” and “%(how)s” must say what the person agreed to."
    ),
    "changed_meanwhile": _("The entry was changed after this import was read. It was left as it is."),
    "found_meanwhile": _("The entry was added by somebody else meanwhile. It was left as it is."),
    "gone_meanwhile": _("The entry is not there any more."),
    "kept_changed": _("Not taken back: the entry was changed since."),
    "kept_used": _("Not taken back: the entry is used elsewhere by now."),
}


@dataclass(frozen=True, slots=True)
class Note:
    """`code` names a sentence above; `facts` are what its %(…)s stand for."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """`in_column`: the heading of the cell that the note is about."""
        facts = {key: _named(key, fact) for key, fact in self.facts.items()}
        sentence = str(SENTENCES[self.code]) % facts
        if "in_column" not in facts:
            return sentence
        return f"{SENTENCES['in_column'] % {'column': facts['in_column']}} {sentence}"

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, **self.facts}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Note":
        return cls(value["code"], {key: fact for key, fact in value.items() if key != "code"})


def _named(key: str, fact: Any) -> Any:
    """Countries are kept by their code and said by their name."""
    return country_name(fact) if key in {"said", "found", "country"} else fact


def to_json(notes: Iterable[Note]) -> list[dict[str, Any]]:
    return [note.as_json() for note in notes]


def from_json(values: Iterable[dict[str, Any]]) -> list[Note]:
    return [Note.from_json(value) for value in values]
