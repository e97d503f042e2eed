"""From signals to findings: which kind each candidate is, how surely, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from concivis.catalogue.radar.asking import SIGNALS, Floats, Measured, Question
from concivis.catalogue.radar.features import Family
from concivis.catalogue.radar.findings import (
    Distance,
    Facts,
    Finding,
    Kind,
    Likeness,
    Nothing,
    Reason,
    ReasonKind,
    SharedTags,
    SharedWords,
)
from concivis.catalogue.radar.lexicon import Tag
from concivis.catalogue.radar.segment import Segment
from concivis.catalogue.radar.weighing import REASON_OF, HubWeights, Weights

SAME_GROUND = 0.3  # certainty of a shared country or place from which the ground is called the same
SAME_THEME = 0.3
CLEAR_SUBJECT = 0.3  # likeness of ideas that stands for a theme where none was recognised
UNNAMED = 0.3  # a card with no country surer than this may lie anywhere
TELLING_WORDS = 0.12  # likeness of words by which two cards of unknown ground belong together
COMPLEMENT = {
    "base": 0.4,
    "hub": 0.2,
    "ground": 0.25,
    "theme": 0.15,
}  # set by hand: no example set has needs and offers
MOST_WORDS = 4
RARE = 0.35  # rarity from which a shared word is worth naming
LEAST_SHOWN = 0.02

TAG_REASONS = {
    ReasonKind.COUNTRY: Family.COUNTRY,
    ReasonKind.PLACE: Family.PLACE,
    ReasonKind.THEME: Family.THEME,
    ReasonKind.TARGET_GROUP: Family.GROUP,
    ReasonKind.GOAL: Family.GOAL,
    ReasonKind.LANGUAGE: Family.LANGUAGE,
    ReasonKind.NEED_MET: Family.OFFER,
    ReasonKind.OFFER_WANTED: Family.NEED,
}


@dataclass(frozen=True)
class Judged:
    """The candidates of one segment that are findings, best first, with what it takes to explain them."""

    question: Question
    segment: Segment
    measured: Measured
    contributions: Floats
    likeness: Floats

    def findings(self, most: int) -> Iterator[Finding]:
        made = 0
        for at in np.argsort(-self.likeness, kind="stable"):
            kind = self._kind(int(at))
            if kind is None:
                continue
            yield self._finding(int(at), kind)
            made += 1
            if made == most:
                return

    def _value(self, at: int, signal: str) -> float:
        return float(self.measured.table[at, SIGNALS.index(signal)])

    def _kind(self, at: int) -> Kind | None:
        ground = self._ground(at)
        is_alike = self._value(at, "theme") >= SAME_THEME or self._value(at, "idea") >= CLEAR_SUBJECT
        if is_alike and (ground >= SAME_GROUND or self._may_be_one(at)):
            return Kind.PARALLEL
        if max(self._value(at, "need"), self._value(at, "offer")) > 0 and (
            ground >= SAME_GROUND or is_alike or self._is_same_hub(at)
        ):
            return Kind.COMPLEMENTARY
        if ground >= SAME_GROUND:
            return Kind.NEIGHBOURING
        return None

    def _ground(self, at: int) -> float:
        return max(self._value(at, "country"), self._value(at, "place"), self._value(at, "near"))

    def _may_be_one(self, at: int) -> bool:
        """The ground of one of the two is unknown, and their words are alike beyond the theme."""
        own = max(self.question.profile.tags.get(Tag.COUNTRY, {}).values(), default=0.0)
        is_unnamed = min(own, float(self.measured.has_country[at])) < UNNAMED
        return is_unnamed and (
            max(self._value(at, "word"), self._value(at, "gram") / 2) >= TELLING_WORDS
            or self._value(at, "idea") >= CLEAR_SUBJECT
        )

    def _is_same_hub(self, at: int) -> bool:
        return self._hub(at) == self.question.profile.hub != ""

    def _hub(self, at: int) -> str:
        return self.segment.hubs[int(self.segment.hub[self.measured.rows[at]])]

    def _finding(self, at: int, kind: Kind) -> Finding:
        likeness = float(self.likeness[at])
        confidence = likeness
        if kind is Kind.NEIGHBOURING:
            confidence = self._ground(at) * (1 - likeness)
        elif kind is Kind.COMPLEMENTARY:
            confidence = self._complement(at)
        row = int(self.measured.rows[at])
        return Finding(
            self.segment.ids[row],
            self._hub(at),
            kind,
            round(confidence, 3),
            round(likeness, 4),
            self._reasons(at, row),
        )

    def _complement(self, at: int) -> float:
        return (
            COMPLEMENT["base"]
            + COMPLEMENT["hub"] * self._is_same_hub(at)
            + COMPLEMENT["ground"] * self._ground(at)
            + COMPLEMENT["theme"] * self._value(at, "theme")
        )

    def _reasons(self, at: int, row: int) -> tuple[Reason, ...]:
        """What speaks for the finding. What both share by tag is named even where it adds next to nothing."""
        amounts: dict[ReasonKind, float] = {}
        for number, name in enumerate(SIGNALS):
            kind = REASON_OF[name]
            amounts[kind] = amounts.get(kind, 0.0) + float(self.contributions[at, number])
        shared = self._shared(row)
        reasons = [
            Reason(kind, round(amount, 3), facts)
            for kind, amount in amounts.items()
            if (facts := self._facts(kind, at, shared)) is not None
        ]
        return tuple(sorted(reasons, key=lambda reason: -reason.contribution))

    def _facts(self, kind: ReasonKind, at: int, shared: dict[Family, list[str]]) -> Facts | None:
        if kind in TAG_REASONS:
            codes = shared.get(TAG_REASONS[kind], [])
            return SharedTags(tuple(codes)) if codes else None
        if kind in {ReasonKind.SUBJECT, ReasonKind.WORDS}:
            words = shared.get(Family.IDEA if kind is ReasonKind.SUBJECT else Family.WORD, [])
            return SharedWords(tuple(words[:MOST_WORDS])) if words else None
        if kind is ReasonKind.NEARBY:
            kilometres = float(self.measured.kilometres[at])
            return Distance(round(kilometres, 1)) if self._value(at, "near") >= LEAST_SHOWN else None
        if kind is ReasonKind.MEANING:
            share = self._value(at, "meaning")
            return Likeness(round(share, 3), self.model) if share > 0 else None
        return Nothing() if self._value(at, "same time") > 0 else None

    @property
    def model(self) -> str:
        return self.question.profile.model

    def _shared(self, row: int) -> dict[Family, list[str]]:
        """Names by family, the surest and rarest first; words only where they are rare."""
        segment = self.segment
        start, end = segment.card_starts[row], segment.card_starts[row + 1]
        theirs = segment.card_features[start:end]
        common, own, other = np.intersect1d(
            self.question.features, theirs, assume_unique=True, return_indices=True
        )
        degrees = (
            self.question.degrees[own]
            * segment.card_degrees[start:end][other]
            * (0.05 + segment.rarity[common])
        )
        named: dict[Family, list[str]] = {}
        for position in np.argsort(-degrees, kind="stable"):
            feature = int(common[position])
            family = Family(segment.families[feature])
            if family is not Family.WORD or segment.rarity[feature] >= RARE:
                named.setdefault(family, []).append(segment.names[feature])
        return named


def judge(
    question: Question, segment: Segment, measured: Measured, weights: Weights, hub: HubWeights
) -> Judged:
    contributions = weights.contributions(measured, hub)
    return Judged(question, segment, measured, contributions, weights.likeness(contributions))
