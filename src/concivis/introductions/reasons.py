"""Reasons of findings as they are kept in the table, and back."""

from typing import Any

from concivis.catalogue import radar
from concivis.introductions.models import Found

MOST_CODES = 8


def as_json(reasons: tuple[radar.Reason, ...]) -> list[list[Any]]:
    return [[reason.kind.value, reason.contribution, *_kept(reason.facts)] for reason in reasons]


def reasons_of(found: Found) -> tuple[radar.Reason, ...]:
    """Reasons that this version does not know are left out."""
    known = {kind.value for kind in radar.ReasonKind}
    return tuple(
        radar.Reason(radar.ReasonKind(kind), contribution, _read(name, values))
        for kind, contribution, name, values in found.reasons
        if kind in known
    )


def finding_of(found: Found) -> radar.Finding:
    """As the engine gave it, of the other entry."""
    return radar.Finding(
        id=f"{found.other_kind}:{found.other_id}",
        hub="",
        kind=radar.Kind(found.kind),
        confidence=found.confidence,
        likeness=found.likeness,
        reasons=reasons_of(found),
    )


def _kept(facts: radar.Facts) -> tuple[str, list[Any]]:
    if isinstance(facts, radar.SharedTags):
        return "tags", list(facts.codes[:MOST_CODES])
    if isinstance(facts, radar.SharedWords):
        return "words", list(facts.words[:MOST_CODES])
    if isinstance(facts, radar.Distance):
        return "km", [facts.kilometres]
    if isinstance(facts, radar.Likeness):
        return "like", [facts.share, facts.model]
    return "", []


def _read(name: str, values: list[Any]) -> radar.Facts:
    if name == "tags":
        return radar.SharedTags(tuple(values))
    if name == "words":
        return radar.SharedWords(tuple(values))
    if name == "km":
        return radar.Distance(float(values[0]))
    if name == "like":
        return radar.Likeness(float(values[0]), str(values[1]))
    return radar.Nothing()
