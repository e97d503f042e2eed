"""Why a candidate stands where it stands: kinds of reasons, and the facts from which a sentence is made."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from concivis.twinning.matching.columns import PlaceId


class Kind(StrEnum):
    """The families in which the contributions of the signals are added up."""

    SIZE = "size"
    OPENNESS = "openness"  # how many links the candidate and its surroundings have
    SHARED_PARTNERS = "shared_partners"
    CHAINS = "chains"  # partners of partners' partners
    NEIGHBOURS = "neighbours"  # towns near you are twinned with towns near them
    NEIGHBOURS_PARTNER = "neighbours_partner"  # towns near you are twinned with them
    PARTNERS_NEAR = "partners_near"  # you are twinned with towns near them
    COUNTRIES = "countries"
    REGIONS = "regions"
    LANGUAGE = "language"
    DISTANCE = "distance"
    NAME = "name"
    FIELDS = "fields"  # fields of cooperation wanted, as the caller scored them
    RESIDENTS = (
        "residents"  # organisations of the asker's city with ties to the candidate, as the caller knows them
    )


@dataclass(frozen=True)
class SizeFacts:
    population: int  # of the candidate; 0 = unknown
    own_population: int


@dataclass(frozen=True)
class OpennessFacts:
    links: int


@dataclass(frozen=True)
class SharedPartners:
    partners: tuple[PlaceId, ...]  # all of them, those with the fewest links first


@dataclass(frozen=True)
class Chains:
    """You – your partner – its partner – the candidate."""

    links: int
    examples: tuple[tuple[PlaceId, PlaceId], ...]  # your partner, the candidate's


@dataclass(frozen=True)
class NeighbouringLinks:
    """Links between towns near the asker and towns near the candidate."""

    within: float  # km, on both sides
    links: int
    pairs: tuple[tuple[PlaceId, PlaceId], ...]  # near you, near them; the closest first


@dataclass(frozen=True)
class NearbyTowns:
    """Towns near you that are its partners, or partners of yours near the candidate; the closest first."""

    within: float  # km
    towns: tuple[PlaceId, ...]
    distances: tuple[float, ...]  # km


@dataclass(frozen=True)
class CountryTies:
    country: str
    own_country: str
    links: int  # between the two countries (within one: each once)
    expected: float  # if partners were drawn at random, every country keeping its number
    own_links: int  # the asker's into the candidate's country
    their_links: int  # the candidate's into the asker's country


@dataclass(frozen=True)
class RegionTies:
    region: str  # "FR.44"; "" = unknown
    own_region: str
    links: int
    own_links: int
    their_links: int


@dataclass(frozen=True)
class LanguageFacts:
    shared: tuple[str, ...]  # language codes as in CLDR


@dataclass(frozen=True)
class DistanceFacts:
    kilometres: float | None
    is_domestic: bool


@dataclass(frozen=True)
class NameFacts:
    likeness: float  # 0 to 1


@dataclass(frozen=True)
class WantedFields:
    share: float  # as the caller gave it


@dataclass(frozen=True)
class ResidentTies:
    """What organisations in the asker's city state of their ties to the candidate. None: none states a number."""

    organisations: int
    families: int | None = None
    people: int | None = None


Facts = (
    SizeFacts | OpennessFacts | SharedPartners | Chains | NeighbouringLinks | NearbyTowns | CountryTies
    | RegionTies | LanguageFacts | DistanceFacts | NameFacts | WantedFields | ResidentTies
)  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """`contribution` is what this family adds to the score, beside an average candidate (0)."""

    kind: Kind
    contribution: float
    facts: Facts


class Candidate(NamedTuple):
    """The contributions of all `reasons`, the largest (up or down) first, add up to `score`."""

    id: PlaceId
    score: float
    reasons: tuple[Reason, ...]
