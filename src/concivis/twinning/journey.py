"""The ten steps as text: a versioned template in every language of the interface. No database."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concivis.twinning.enums import ProofKind

if TYPE_CHECKING:
    from concivis.twinning.models import Step

SHIPPED = Path(__file__).resolve().parent / "data" / "journey.json"
CURRENT = "ten-steps-1"  # what a journey begins with today; those begun with an older version keep it
FALLBACK_LANGUAGE = "en"
Texts = Mapping[str, str]  # by language


@dataclass(frozen=True, slots=True)
class Counting:
    """Something that counts as evidence for a step."""

    kind: ProofKind
    text: Texts


@dataclass(frozen=True, slots=True)
class TemplateStep:
    """`days`: how long after the journey's start the step is due, as a suggestion."""

    code: str
    days: int
    title: Texts
    aim: Texts
    evidence: tuple[Counting, ...]


@dataclass(frozen=True, slots=True)
class Template:
    version: str
    source: str
    steps: tuple[TemplateStep, ...]

    def step(self, code: str) -> TemplateStep:
        """Raises `KeyError` for a code that the template does not have."""
        for each in self.steps:
            if each.code == code:
                return each
        raise KeyError(code)


def template(version: str = CURRENT) -> Template:
    """Raises `KeyError` for a version that was never shipped."""
    return _templates()[version]


def label(step: "Step", language: str) -> str:
    """The title of a journey's step, of the template or the hub's own; `step.journey` and `step.own` are read."""
    if step.own is not None:
        return step.own.title
    return in_language(template(step.journey.template).step(step.code).title, language)


def label_of(code: str, language: str, version: str = CURRENT) -> str:
    """The title of a template's step by its code."""
    return in_language(template(version).step(code).title, language)


def in_language(texts: Texts, language: str) -> str:
    """The text in `language` (BCP 47; "de-AT" reads "de"), else in English."""
    return texts.get(language.split("-")[0].lower()) or texts[FALLBACK_LANGUAGE]


@cache
def _templates() -> dict[str, Template]:
    content = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return {each["version"]: _template(each) for each in content["templates"]}


def _template(item: Mapping[str, Any]) -> Template:
    return Template(item["version"], item["source"], tuple(map(_step, item["steps"])))


def _step(item: Mapping[str, Any]) -> TemplateStep:
    counting = tuple(Counting(ProofKind(each["kind"]), each["text"]) for each in item["evidence"])
    return TemplateStep(item["code"], item["days"], item["title"], item["aim"], counting)
