"""The courses that a process can take: templates of phases, in code, worded in every language of the interface.

A course never changes once it was used; a better one gets a new code.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concivis.codesign.models import Phase
from concivis.shell import content


@dataclass(frozen=True)
class Part:
    code: str
    name: Promise
    aim: Promise
    weeks: int  # what it usually takes


@dataclass(frozen=True)
class Course:
    code: str
    name: Promise
    parts: tuple[Part, ...]


LISTENING = Part(
    "listening",
    _("Listening"),
    _("Connectors hold sessions with their communities and write down what they hear."),
    8,
)
DESIGNING = Part(
    "co-designing",
    _("Designing together"),
    _("What was heard is put in order, and recommendations are written with those concerned."),
    6,
)
ANSWERING = Part(
    "answering",
    _("Answering"),
    _("The administration answers each recommendation: accepted, in part, or refused with its reason."),
    4,
)
REALISING = Part(
    "realising",
    _("Realising"),
    _("What was accepted is done, and everybody sees how far it is."),
    26,
)

COURSES: Mapping[str, Course] = {
    course.code: course
    for course in (
        Course("full-1", _("Listen, design, answer, realise"), (LISTENING, DESIGNING, ANSWERING, REALISING)),
        Course("listening-1", _("Listen and answer"), (LISTENING, ANSWERING)),
    )
}
PARTS: Mapping[str, Part] = {part.code: part for part in (LISTENING, DESIGNING, ANSWERING, REALISING)}


def name_of(phase: Phase, language: str = "") -> str:
    """The phase in the reader's language; its own names by `language` (BCP 47), else as its author wrote it."""
    if part := PARTS.get(phase.code):
        return str(part.name)
    return str(
        phase.names.get(language) or phase.names.get(content.primary(language)) or phase.name or phase.code
    )


def aim_of(phase: Phase) -> str:
    part = PARTS.get(phase.code)
    return phase.aim or (str(part.aim) if part else "")
