"""Every reused read of this room."""

from dataclasses import dataclass

from concivis.codesign.enums import InsightState
from concivis.codesign.models import Insight


@dataclass(frozen=True)
class Fate:
    """A step of what became of an insight: a word for its state, and, where there is more to say, a sentence."""

    label: str
    sentence: str = ""
    url: str = ""  # a public page, or nothing
    tone: str = ""  # of `parts.badge`: "good", "warn" or nothing


def fate_of(insight: Insight) -> list[Fate]:
    """What became of it so far, in the order it happened; never empty."""
    return [Fate(str(InsightState(insight.state).label), insight.aside_because)]
