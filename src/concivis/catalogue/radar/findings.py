"""What the radar found, and the reasons as facts from which a caller makes sentences in the reader's language."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    PARALLEL = "parallel"  # the same ground (place or country) and the same theme
    NEIGHBOURING = "neighbouring"  # the same ground, another theme
    COMPLEMENTARY = "complementary"  # one needs what the other offers


class ReasonKind(StrEnum):
    """What a hub's judgement weighs. Each has its own facts below."""

    COUNTRY = "country"
    PLACE = "place"
    NEARBY = "nearby"
    THEME = "theme"
    TARGET_GROUP = "target_group"
    GOAL = "goal"
    LANGUAGE = "language"
    SUBJECT = "subject"  # the same ideas in whatever words
    WORDS = "words"
    MEANING = "meaning"  # the embedder's voice
    NEED_MET = "need_met"  # they offer what you need
    OFFER_WANTED = "offer_wanted"  # they need what you offer
    SAME_TIME = "same_time"


@dataclass(frozen=True, slots=True)
class SharedTags:
    """Codes of countries, themes, target groups, goals, languages; ids of places; names of needs. Surest first."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharedWords:
    """Rare words both texts use, without their endings; for SUBJECT the ideas' names in data/concepts.tsv."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Distance:
    kilometres: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """From 0 to 1, by the named model."""

    share: float
    model: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """The kind says it all."""


Facts = SharedTags | SharedWords | Distance | Likeness | Nothing


@dataclass(frozen=True, slots=True)
class Reason:
    """`contribution` is what it adds to the likeness, in log odds, after the hub's weights."""

    kind: ReasonKind
    contribution: float
    facts: Facts


@dataclass(frozen=True, slots=True)
class Finding:
    """`confidence`: how sure the kind holds. `likeness`: how surely both do the same, the order of a list. Both 0 to 1.

    For a parallel finding the two are one, calibrated on the development half of bench/radar_set."""

    id: str
    hub: str
    kind: Kind
    confidence: float
    likeness: float
    reasons: tuple[Reason, ...]  # the strongest first
