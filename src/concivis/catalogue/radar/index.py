"""All cards, asked for one entry at a time. Built by a job, loaded by the web workers; what came later lies over it."""

import threading
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from heapq import nlargest
from pathlib import Path

from concivis.catalogue.radar.asking import Limits, Question, candidates, measure
from concivis.catalogue.radar.embedding import Embedder
from concivis.catalogue.radar.entries import Entry, Profile, profile
from concivis.catalogue.radar.findings import Finding
from concivis.catalogue.radar.judging import judge
from concivis.catalogue.radar.lexicon import Lexicon
from concivis.catalogue.radar.places import Lookup
from concivis.catalogue.radar.segment import Segment
from concivis.catalogue.radar.storage import load_parts, save_parts
from concivis.catalogue.radar.weighing import HubWeights, Weights


@dataclass
class Reader:
    """How entries become profiles: the vocabulary, the gazetteer and, where the operator has one, the embedder."""

    lexicon: Lexicon | None = None
    places: Lookup | None = None
    embedder: Embedder | None = None

    def profile(self, entry: Entry) -> Profile:
        vector = self.embedder.embed([_whole(entry)])[0] if self.embedder else None
        made = profile(entry, lexicon=self.lexicon, places=self.places, vector=vector)
        return made if self.embedder is None else made.made_with(self.embedder.model)


@dataclass
class Index:
    """`find` may run in many threads beside `add` and `remove`."""

    segments: list[Segment]
    reader: Reader = field(default_factory=Reader)
    weights: Weights = field(default_factory=Weights.load)
    model: str = ""  # of the vectors; others are not compared

    def __post_init__(self) -> None:
        self._removed: list[set[int]] = [set() for _ in self.segments]
        self._added: dict[str, Profile] = {}
        self._overlay: Segment | None = None
        self._lock = threading.Lock()

    @classmethod
    def build(cls, entries: Iterable[Entry], reader: Reader | None = None) -> "Index":
        reader = reader or Reader()
        return cls.of_profiles((reader.profile(entry) for entry in entries), reader)

    @classmethod
    def of_profiles(cls, profiles: Iterable[Profile], reader: Reader | None = None) -> "Index":
        reader = reader or Reader()
        model = reader.embedder.model if reader.embedder else ""
        return cls([Segment.of(profiles)], reader, model=model)

    def __len__(self) -> int:
        """Cards that can be found."""
        base = sum(len(segment.id_rows) for segment in self.segments)
        return base - sum(map(len, self._removed)) + len(self._added)

    def add(self, entry: Entry) -> None:
        """Also instead of an older one with the same id. Costs about a millisecond; the next question a little more."""
        made = self.reader.profile(entry)
        with self._lock:
            self._strike(entry.id)
            self._added = {**self._added, entry.id: made}
            self._overlay = None

    def remove(self, identity: str) -> None:
        """Nothing happens where there is no such card."""
        with self._lock:
            self._strike(identity)
            if identity in self._added:
                self._added = {key: each for key, each in self._added.items() if key != identity}
                self._overlay = None

    def find(
        self,
        entry: Entry | Profile,
        n: int = 10,
        *,
        hubs: Collection[str] = (),
        not_hubs: Collection[str] = (),
        kinds: Collection[str] = (),
        taught: HubWeights | None = None,
    ) -> list[Finding]:
        """The `n` cards most like `entry`, never itself; `taught` is what the asking hub has learnt."""
        own = entry if isinstance(entry, Profile) else self.reader.profile(entry)
        own = (
            own if own.model == self.model else replace(own, vector=None)
        )  # vectors of two models do not compare
        limits = Limits(hubs, kinds, not_hubs)
        found: list[Finding] = []
        for segment, removed in self._read():
            question = Question.of(own, segment)
            rows = candidates(question, segment, limits, removed)
            if len(rows):
                measured = measure(question, segment, rows)
                found += judge(question, segment, measured, self.weights, taught or HubWeights()).findings(n)
        return nlargest(n, found, key=lambda finding: finding.likeness)

    def save(self, folder: Path) -> None:
        """Into one folder, put in its place at the end. Additions since the build become a part of their own."""
        parts = self._read()
        save_parts(
            folder,
            [segment for segment, _removed in parts],
            [set(gone) for _segment, gone in parts],
            self.model,
        )

    @classmethod
    def load(cls, folder: Path, reader: Reader | None = None) -> "Index":
        """Read as it is used, shared by all processes. FileNotFoundError, or ValueError for another layout."""
        segments, removed, model = load_parts(folder)
        index = cls(segments, reader or Reader(), model=model)
        index._removed = removed
        return index

    def _strike(self, identity: str) -> None:
        for number, segment in enumerate(self.segments):
            row = segment.row(identity)
            if row is not None:
                self._removed[number] = self._removed[number] | {row}

    def _read(self) -> list[tuple[Segment, set[int]]]:
        """The parts as they are at this moment."""
        with self._lock:
            if self._added and self._overlay is None:
                self._overlay = Segment.of(self._added.values(), self.segments[0] if self.segments else None)
            parts = list(zip(self.segments, self._removed, strict=True))
            return [*parts, (self._overlay, set())] if self._overlay and self._added else parts


def _whole(entry: Entry) -> str:
    return "\n".join(f"{text.title}\n{text.body}" for text in entry.texts.values())
