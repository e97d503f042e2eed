"""The sections of a report: the map, the stories, and a chapter of each room, in the office's order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concivis.hubs import annual

MAP, STORIES = "map", "stories"
OWN: Mapping[str, Promise] = {MAP: _("Map"), STORIES: _("Stories of the year")}


@dataclass(frozen=True)
class Section:
    code: str
    told: bool
    label: str


def arranged(stored: Sequence[Mapping[str, object]]) -> list[Section]:
    """All sections that there are: as stored, then what has come since, told."""
    labels = {code: str(label) for code, label in OWN.items()}
    labels |= {chapter.code: str(chapter.label) for chapter in annual.chapters()}
    known = {str(each["code"]): bool(each["told"]) for each in stored if each["code"] in labels}
    return [Section(code, known.get(code, True), labels[code]) for code in dict.fromkeys([*known, *labels])]


def stored(sections: Sequence[Section]) -> list[dict[str, object]]:
    return [{"code": each.code, "told": each.told} for each in sections]
