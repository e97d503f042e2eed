"""How much each signal says: weights of the house, fitted on the development half, and what a hub has taught."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from concivis.catalogue.radar.asking import SIGNALS, Floats, Measured
from concivis.catalogue.radar.findings import ReasonKind

SHIPPED = Path(__file__).parent / "weights.json"
REASON_OF = {
    "place": ReasonKind.PLACE,
    "near": ReasonKind.NEARBY,
    "country": ReasonKind.COUNTRY,
    "country apart": ReasonKind.COUNTRY,
    "theme": ReasonKind.THEME,
    "theme apart": ReasonKind.THEME,
    "both": ReasonKind.THEME,
    "group": ReasonKind.TARGET_GROUP,
    "goal": ReasonKind.GOAL,
    "language": ReasonKind.LANGUAGE,
    "idea": ReasonKind.SUBJECT,
    "idea there": ReasonKind.SUBJECT,
    "word": ReasonKind.WORDS,
    "gram": ReasonKind.WORDS,
    "need": ReasonKind.NEED_MET,
    "offer": ReasonKind.OFFER_WANTED,
    "same time": ReasonKind.SAME_TIME,
    "other time": ReasonKind.SAME_TIME,
    "meaning": ReasonKind.MEANING,
}
SLOWNESS = 8  # judgements it takes until what a hub says weighs as much as what the house assumes
WIDEST = 0.5  # a hub moves a reason's weight by at most this much, up or down


class Tally(NamedTuple):
    confirmed: float = 0.0
    dismissed: float = 0.0

    @property
    def weight(self) -> float:
        """1 without judgements, towards 1.5 where all are confirmed, towards 0.5 where all are dismissed."""
        share = (self.confirmed + SLOWNESS / 2) / (self.confirmed + self.dismissed + SLOWNESS)
        return 1 + 2 * WIDEST * (share - 0.5)


@dataclass(frozen=True)
class HubWeights:
    """What one hub has taught, by reason; small enough for a JSON column (`as_json`, `of_json`)."""

    tallies: Mapping[ReasonKind, Tally] = field(default_factory=dict)

    def weight(self, kind: ReasonKind) -> float:
        return self.tallies.get(kind, Tally()).weight

    def as_json(self) -> dict[str, list[float]]:
        return {
            kind.value: [round(each, 3) for each in tally] for kind, tally in sorted(self.tallies.items())
        }

    @classmethod
    def of_json(cls, content: Mapping[str, list[float]]) -> "HubWeights":
        """Reasons that this version does not know are left out."""
        known = {kind.value for kind in ReasonKind}
        return cls({ReasonKind(name): Tally(*tally) for name, tally in content.items() if name in known})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody said about a finding: `shares` of its reasons, as `Verdict.on` takes them from the finding."""

    is_confirmed: bool
    shares: Mapping[ReasonKind, float]

    @classmethod
    def on(cls, reasons: Iterable[tuple[ReasonKind, float]], *, is_confirmed: bool) -> "Verdict":
        """From the finding's reasons and their contributions: only what spoke for it is praised or blamed."""
        positive = {kind: amount for kind, amount in reasons if amount > 0}
        total = sum(positive.values())
        return cls(is_confirmed, {kind: amount / total for kind, amount in positive.items()})


@dataclass(frozen=True, slots=True)
class Change:
    """For a page that shows what was learnt."""

    kind: ReasonKind
    before: float
    after: float
    confirmed: float  # judgements so far, each shared out over its reasons
    dismissed: float


def learn(feedback: Iterable[Verdict], weights: HubWeights) -> tuple[HubWeights, list[Change]]:
    """The weights after these judgements, and what changed, the largest change first. `weights` stays as it is."""
    tallies = dict(weights.tallies)
    for verdict in feedback:
        for kind, share in verdict.shares.items():
            old = tallies.get(kind, Tally())
            tallies[kind] = (
                old._replace(confirmed=old.confirmed + share)
                if verdict.is_confirmed
                else old._replace(dismissed=old.dismissed + share)
            )
    changes = [
        Change(kind, weights.weight(kind), tally.weight, tally.confirmed, tally.dismissed)
        for kind, tally in tallies.items()
        if tally != weights.tallies.get(kind)
    ]
    return HubWeights(tallies), sorted(changes, key=lambda change: -abs(change.after - change.before))


@dataclass(frozen=True)
class Weights:
    """Of the house: log odds for each of SIGNALS, and where they come from."""

    bias: float
    signals: Mapping[str, float]
    source: str = ""

    @classmethod
    def load(cls, path: Path = SHIPPED) -> "Weights":
        content = json.loads(path.read_text(encoding="utf-8"))
        return cls(content["bias"], content["signals"], content["source"])

    def save(self, path: Path) -> None:
        content = {"source": self.source, "bias": self.bias, "signals": dict(self.signals)}
        path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    def contributions(self, measured: Measured, hub: HubWeights) -> Floats:
        """One column for each of SIGNALS. A hub's lesson changes what speaks for a finding, not what speaks against."""
        plain = measured.table * np.array([self.signals.get(name, 0.0) for name in SIGNALS], dtype=np.float32)
        taught = np.array([hub.weight(REASON_OF[name]) for name in SIGNALS], dtype=np.float32)
        return np.where(plain > 0, plain * taught, plain).astype(np.float32)

    def likeness(self, contributions: Floats) -> Floats:
        odds = self.bias + contributions.sum(axis=1)
        return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)
