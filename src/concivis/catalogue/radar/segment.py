"""Cards as columns: for each feature the cards that have it, for each card its features. Built once, then only read."""

import datetime as dt
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from concivis.catalogue.radar.entries import Profile
from concivis.catalogue.radar.features import Family, features, key

FULL = 255  # a degree of 1, as stored
Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Strings:
    """Many short strings in two arrays."""

    letters: Array  # uint8, UTF-8
    starts: Array  # int64, one more than there are strings

    @classmethod
    def of(cls, strings: Iterable[str]) -> "Strings":
        encoded = [string.encode("utf-8", "surrogatepass") for string in strings]
        starts = np.zeros(len(encoded) + 1, dtype=np.int64)
        np.cumsum([len(each) for each in encoded], out=starts[1:])
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), starts)

    def __getitem__(self, position: int) -> str:
        piece = self.letters[self.starts[position] : self.starts[position + 1]]
        return piece.tobytes().decode("utf-8", "surrogatepass")

    def __len__(self) -> int:
        return len(self.starts) - 1


@dataclass(frozen=True)
class Segment:
    """Arrays only, so that a folder of files holds it (storage.py)."""

    ids: Strings
    id_keys: Array  # uint64, sorted
    id_rows: Array  # uint32, the rows of those keys
    hubs: Strings  # the names of the hubs
    hub: Array  # int32, a card's place among them
    kinds: Strings
    kind: Array
    begins: Array  # int32, ordinal days; 0 = unknown
    ends: Array
    points: Array  # float32, (cards, 2): latitude, longitude; NaN = unknown
    names: Strings  # of the features
    keys: Array  # uint64, sorted
    families: Array  # uint8
    frequency: Array  # float32: how many cards have each, the background's among them
    among: Array  # int64, one number: of how many cards
    post_starts: Array  # int64: the cards of each feature…
    post_rows: Array  # uint32, ascending
    post_degrees: Array  # uint8
    card_starts: Array  # int64: …and the features of each card
    card_features: Array  # uint32, ascending
    card_degrees: Array  # uint8
    gram_starts: Array  # int64
    grams: Array  # uint16
    vectors: Array = field(
        default_factory=lambda: np.zeros((0, 0), dtype=np.float16)
    )  # none, or one for each card

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def rarity(self) -> npt.NDArray[np.float32]:
        """From 0 (every card has the feature) to 1 (one card), on a logarithmic scale."""
        return rarity(self.frequency, int(self.among[0]))

    def feature(self, family: Family, name: str) -> int | None:
        return _found(self.keys, key(family, name))

    def row(self, identity: str) -> int | None:
        found = _found(self.id_keys, id_key(identity))
        return None if found is None else int(self.id_rows[found])

    @classmethod
    def of(cls, profiles: Iterable[Profile], background: "Segment | None" = None) -> "Segment":
        """The last profile with an id counts. One pass over `profiles`, which may be a generator.

        What is rare is judged together with the `background`: a few new cards cannot tell."""
        return _Builder().fill(profiles).segment(background)


def rarity(frequency: npt.NDArray[np.float32], cards: int) -> npt.NDArray[np.float32]:
    """What few cards have tells much; below fifty cards they count as fifty."""
    most = max(cards, 50) + 1.0
    rare: npt.NDArray[np.float32] = np.log(most / (frequency + 0.5)).astype(np.float32) / np.float32(
        np.log(most)
    )
    return rare.clip(0.0, 1.0)


def id_key(identity: str) -> int:
    return key(Family.WORD, f"\x00{identity}")


def _found(keys: Array, wanted: int) -> int | None:
    at = int(np.searchsorted(keys, np.uint64(wanted)))
    return at if at < len(keys) and int(keys[at]) == wanted else None


class _Builder:
    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self.gone: list[int] = []
        self.features: dict[tuple[Family, str], int] = {}
        self.hubs: dict[str, int] = {}
        self.kinds: dict[str, int] = {}
        self.hub, self.kind, self.begins, self.ends = array("i"), array("i"), array("i"), array("i")
        self.points = array("f")
        self.card_features, self.card_degrees = array("I"), array("B")
        self.counts, self.gram_counts, self.grams = array("I"), array("I"), array("H")
        self.rows: list[str] = []
        self.vectors: list[npt.NDArray[np.float16]] = []

    def fill(self, profiles: Iterable[Profile]) -> "_Builder":
        for profile in profiles:
            self._add(profile)
        return self

    def _add(self, profile: Profile) -> None:
        if profile.id in self.ids:
            self.gone.append(self.ids[profile.id])
        self.ids[profile.id] = len(self.rows)
        self.rows.append(profile.id)
        self.hub.append(self.hubs.setdefault(profile.hub, len(self.hubs)))
        self.kind.append(self.kinds.setdefault(profile.kind, len(self.kinds)))
        self.begins.append(_day(profile.begins))
        self.ends.append(_day(profile.ends))
        self.points.extend(profile.point or (float("nan"), float("nan")))
        before = len(self.card_features)
        for family, name, degree in features(profile):
            self.card_features.append(self.features.setdefault((family, name), len(self.features)))
            self.card_degrees.append(max(1, min(FULL, round(degree * FULL))))
        self.counts.append(len(self.card_features) - before)
        self.grams.extend(sorted(profile.grams))
        self.gram_counts.append(len(profile.grams))
        if profile.vector is not None:
            self.vectors.append(profile.vector.astype(np.float16))

    def segment(self, background: Segment | None) -> Segment:
        keys = np.array([key(*each) for each in self.features], dtype=np.uint64)
        order = np.argsort(keys)
        place = np.empty(len(order), dtype=np.uint32)
        place[order] = np.arange(len(order), dtype=np.uint32)
        named = list(self.features)
        cards = _numbers(self.card_features, np.uint32)
        counts = _numbers(self.counts, np.int64)
        owners = np.repeat(np.arange(len(counts), dtype=np.uint32), counts)
        degrees = _numbers(self.card_degrees, np.uint8)
        if self.gone:
            degrees = degrees.copy()
            degrees[np.isin(owners, self.gone)] = 0
        own = place[cards] if len(cards) else cards
        counted = np.bincount(own, minlength=len(order))
        by_card = np.lexsort((own, owners))
        by_feature = np.lexsort((owners, own))
        id_keys = np.array([id_key(each) for each in self.ids], dtype=np.uint64)
        id_order = np.argsort(id_keys)
        rows = np.fromiter(self.ids.values(), dtype=np.uint32, count=len(self.ids))
        return Segment(
            ids=Strings.of(self.rows),
            id_keys=id_keys[id_order],
            id_rows=rows[id_order],
            hubs=Strings.of(self.hubs),
            hub=_numbers(self.hub, np.int32),
            kinds=Strings.of(self.kinds),
            kind=_numbers(self.kind, np.int32),
            begins=_numbers(self.begins, np.int32),
            ends=_numbers(self.ends, np.int32),
            points=_numbers(self.points, np.float32).reshape(-1, 2),
            names=Strings.of(named[at][1] for at in order),
            keys=keys[order],
            families=np.array([named[at][0] for at in order], dtype=np.uint8),
            frequency=_counted(counted, keys[order], background),
            among=np.array([len(counts) + (int(background.among[0]) if background else 0)], dtype=np.int64),
            post_starts=_starts(counted),
            post_rows=owners[by_feature],
            post_degrees=degrees[by_feature],
            card_starts=_starts(counts),
            card_features=own[by_card],
            card_degrees=degrees[by_card],
            gram_starts=_starts(_numbers(self.gram_counts, np.int64)),
            grams=_numbers(self.grams, np.uint16),
            vectors=self._matrix(),
        )

    def _matrix(self) -> npt.NDArray[np.float16]:
        if self.vectors and len(self.vectors) == len(self.rows):
            return np.stack(self.vectors)
        return np.zeros((0, 0), dtype=np.float16)


def _counted(counts: Array, keys: Array, background: Segment | None) -> Array:
    total = counts.astype(np.float32)
    if background is None or not len(background.keys):
        return total
    at = np.minimum(np.searchsorted(background.keys, keys), len(background.keys) - 1)
    return total + np.where(background.keys[at] == keys, background.frequency[at], 0).astype(np.float32)


def _day(day: dt.date | None) -> int:
    return day.toordinal() if day else 0


def _numbers(values: Sequence[Any], kind: type) -> Array:
    return np.array(values, dtype=kind)


def _starts(counts: Array) -> Array:
    starts = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts


def gather(starts: Array, rows: Array) -> tuple[Array, Array]:
    """The positions that belong to `rows` in an array with these `starts`, and which of `rows` each belongs to."""
    first = starts[rows]
    counts = starts[rows.astype(np.int64) + 1] - first
    owners = np.repeat(np.arange(len(rows)), counts)
    offsets = np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(first, counts) + offsets, owners
