"""One entry asks a segment: which cards are worth a look, and what each shares with the entry."""

from collections.abc import Collection
from dataclasses import dataclass
from math import cos, radians

import numpy as np
import numpy.typing as npt

from concivis.catalogue.radar.entries import Profile
from concivis.catalogue.radar.features import Family, wanted
from concivis.catalogue.radar.segment import FULL, Array, Segment, gather

FIRST_SIGHT = {
    Family.COUNTRY: 2.0, Family.PLACE: 2.5, Family.THEME: 2.0, Family.GROUP: 0.3, Family.GOAL: 0.3,
    Family.LANGUAGE: 0.1, Family.IDEA: 1.6, Family.WORD: 0.9, Family.NEED: 1.0, Family.OFFER: 1.0, Family.CELL: 0.7,
}  # fmt: skip
"""A rough score, only to find the cards worth a look."""
CANDIDATES = 400
COMMON = 0.03  # of the cards: a word that more of them have does not find any
FEW = 2_000  # cards of which everything is looked at
KILOMETRES_PER_DEGREE = 111.2
NEAR = 20.0  # km at which nearness has fallen to a third

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Question:
    """The entry's features as a segment numbers them; those the segment does not know are in `unknown`."""

    profile: Profile
    features: Array  # sorted
    families: Array
    degrees: Floats
    unknown: dict[Family, float]  # sum of squared degrees

    @classmethod
    def of(cls, profile: Profile, segment: Segment) -> "Question":
        found: dict[int, tuple[Family, float]] = {}
        unknown: dict[Family, float] = {}
        for family, name, degree in wanted(profile):
            at = segment.feature(family, name)
            if at is None:
                unknown[family] = unknown.get(family, 0.0) + degree * degree
            else:
                found[at] = (family, degree)
        order = sorted(found)
        return cls(
            profile,
            np.array(order, dtype=np.uint32),
            np.array([found[at][0] for at in order], dtype=np.uint8),
            np.array([found[at][1] for at in order], dtype=np.float32),
            unknown,
        )


@dataclass(frozen=True)
class Limits:
    """Which cards may be found at all. Empty collections mean every one."""

    hubs: Collection[str] = ()
    kinds: Collection[str] = ()
    not_hubs: Collection[str] = ()


def candidates(question: Question, segment: Segment, limits: Limits, removed: Collection[int]) -> Array:
    """The rows with the best rough scores, at most CANDIDATES, in no order."""
    scores = np.zeros(len(segment), dtype=np.float32)
    for at, family, degree in zip(question.features, question.families, question.degrees, strict=True):
        if family == Family.WORD and segment.frequency[at] > max(COMMON * len(segment), FEW):
            continue
        start, end = segment.post_starts[at], segment.post_starts[int(at) + 1]
        worth = FIRST_SIGHT[Family(family)] * float(degree) * (0.15 + float(segment.rarity[at])) / FULL
        scores[segment.post_rows[start:end]] += np.float32(worth) * segment.post_degrees[start:end]
    _strike_out(scores, segment, limits, [*removed, segment.row(question.profile.id)])
    if len(scores) > CANDIDATES:
        best = np.argpartition(-scores, CANDIDATES)[:CANDIDATES]
        return best[scores[best] > 0]
    return np.flatnonzero(scores > 0)


def _strike_out(scores: Floats, segment: Segment, limits: Limits, rows: Collection[int | None]) -> None:
    if gone := [row for row in rows if row is not None]:
        scores[gone] = 0
    for names, column, chosen, keep in (
        (segment.hubs, segment.hub, limits.hubs, True),
        (segment.hubs, segment.hub, limits.not_hubs, False),
        (segment.kinds, segment.kind, limits.kinds, True),
    ):
        if chosen:
            numbers = [number for number in range(len(names)) if names[number] in chosen]
            scores[np.isin(column, numbers, invert=keep)] = 0


SIGNALS = (
    "place", "near", "country", "country apart", "theme", "theme apart", "both", "group", "goal", "language",
    "idea", "word", "gram", "idea there", "need", "offer", "same time", "other time", "meaning",
)  # fmt: skip
"""What is measured between the entry and a card, each from 0 to 1."""


@dataclass(frozen=True)
class Measured:
    """Signals of the candidates, one column for each of SIGNALS, and the distances in km (NaN = unknown)."""

    rows: Array
    table: Floats
    kilometres: Floats
    has_country: Array

    def column(self, name: str) -> Floats:
        return self.table[:, SIGNALS.index(name)]


def measure(question: Question, segment: Segment, rows: Array) -> Measured:
    view = _View.of(question, segment, rows)
    kilometres = _kilometres(question.profile, segment, rows)
    same_time, other_time = _times(question.profile, segment, rows)
    columns: dict[str, Floats] = {
        "place": view.most(Family.PLACE),
        "near": np.nan_to_num(np.exp(-kilometres / NEAR)),
        "country": view.most(Family.COUNTRY),
        "country apart": view.apart(Family.COUNTRY),
        "theme": view.most(Family.THEME),
        "theme apart": view.apart(Family.THEME),
        "group": view.most(Family.GROUP),
        "goal": view.most(Family.GOAL),
        "language": view.most(Family.LANGUAGE),
        "idea": view.cosine(Family.IDEA),
        "word": view.cosine(Family.WORD),
        "gram": _grams(question.profile, segment, rows),
        "need": view.most(Family.OFFER),
        "offer": view.most(Family.NEED),
        "same time": same_time,
        "other time": other_time,
        "meaning": _meaning(question.profile, segment, rows),
    }
    ground = np.maximum(np.maximum(columns["country"], columns["place"]), columns["near"])
    columns["both"] = ground * columns["theme"]
    columns["idea there"] = ground * columns["idea"]
    table = np.stack([columns[name] for name in SIGNALS], axis=1).astype(np.float32)
    return Measured(rows, table, kilometres, view.has(Family.COUNTRY))


@dataclass(frozen=True)
class _View:
    """The features of all candidates in one run, beside the question's."""

    question: Question
    segment: Segment
    count: int
    owners: Array  # of each feature: which candidate
    seen: Array
    families: Array
    degrees: Floats
    own: Floats  # the question's degree of the same feature, or 0

    @classmethod
    def of(cls, question: Question, segment: Segment, rows: Array) -> "_View":
        at, owners = gather(segment.card_starts, rows)
        seen = segment.card_features[at]
        own = np.zeros(len(seen), dtype=np.float32)
        if len(question.features):
            position = np.minimum(np.searchsorted(question.features, seen), len(question.features) - 1)
            is_shared = question.features[position] == seen
            own[is_shared] = question.degrees[position[is_shared]]
        degrees = np.asarray(segment.card_degrees[at] / FULL, dtype=np.float32)
        return cls(question, segment, len(rows), owners, seen, segment.families[seen], degrees, own)

    def most(self, family: Family) -> Floats:
        """The surest that both have."""
        best = np.zeros(self.count, dtype=np.float32)
        part = (self.families == family) & (self.own > 0)
        np.maximum.at(best, self.owners[part], np.sqrt(self.own[part] * self.degrees[part]))
        return best

    def has(self, family: Family) -> Floats:
        """How sure the surest is that the card has."""
        best = np.zeros(self.count, dtype=np.float32)
        part = self.families == family
        np.maximum.at(best, self.owners[part], self.degrees[part])
        return best

    def apart(self, family: Family) -> Floats:
        """How surely the two have others: both name some, none of them the same."""
        mine = self.question.families == family
        own = float(self.question.degrees[mine].max()) if mine.any() else 0.0
        own = max(own, self.question.unknown.get(family, 0.0) ** 0.5)
        return np.clip(np.minimum(self.has(family), min(own, 1.0)) - self.most(family), 0, 1)

    def cosine(self, family: Family) -> Floats:
        """Rare ones count most."""
        rarity = self.segment.rarity
        part = self.families == family
        weight = self.degrees[part] * rarity[self.seen[part]]
        own = self.own[part] * rarity[self.seen[part]]
        product = np.bincount(self.owners[part], weight * own, self.count)
        theirs = np.bincount(self.owners[part], weight * weight, self.count)
        mine = self.question.families == family
        ours = float(np.square(self.question.degrees[mine] * rarity[self.question.features[mine]]).sum())
        ours += self.question.unknown.get(family, 0.0)
        return np.asarray(product / np.sqrt(np.maximum(theirs * ours, 1e-9)), dtype=np.float32)


def _kilometres(profile: Profile, segment: Segment, rows: Array) -> Floats:
    """Good enough for neighbours: the globe is flat within a few cells."""
    if profile.point is None:
        return np.full(len(rows), np.nan, dtype=np.float32)
    north = (segment.points[rows, 0] - profile.point[0]) * KILOMETRES_PER_DEGREE
    east = (segment.points[rows, 1] - profile.point[1] + 180) % 360 - 180
    east = east * KILOMETRES_PER_DEGREE * cos(radians(profile.point[0]))
    return np.asarray(np.hypot(north, east), dtype=np.float32)


def _grams(profile: Profile, segment: Segment, rows: Array) -> Floats:
    at, owners = gather(segment.gram_starts, rows)
    own = np.array(sorted(profile.grams), dtype=np.uint16)
    common = np.bincount(owners, np.isin(segment.grams[at], own), len(rows))
    sizes = np.bincount(owners, minlength=len(rows)) + len(own)
    return np.asarray(2 * common / np.maximum(sizes, 1), dtype=np.float32)


def _times(profile: Profile, segment: Segment, rows: Array) -> tuple[Floats, Floats]:
    """Whether both periods are known and meet, or are known and do not."""
    begins, ends = segment.begins[rows], segment.ends[rows]
    own_begin = profile.begins.toordinal() if profile.begins else 0
    own_end = profile.ends.toordinal() if profile.ends else 0
    is_known = ((begins > 0) | (ends > 0)) & bool(own_begin or own_end)
    ends_first = ((ends > 0) & (ends < own_begin)) | ((own_end > 0) & (begins > own_end))
    return (is_known & ~ends_first).astype(np.float32), (is_known & ends_first).astype(np.float32)


def _meaning(profile: Profile, segment: Segment, rows: Array) -> Floats:
    if profile.vector is None or segment.vectors.shape[1:] != profile.vector.shape:
        return np.zeros(len(rows), dtype=np.float32)
    vectors = segment.vectors[rows].astype(np.float32)
    norms = np.linalg.norm(vectors, axis=1) * float(np.linalg.norm(profile.vector))
    return np.asarray(np.clip(vectors @ profile.vector / np.maximum(norms, 1e-9), 0, 1), dtype=np.float32)
