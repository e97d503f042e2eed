"""Is it one of these? Organisations that a new one may be already, with the reasons.

Names are compared as `directory.naming` folds them, whatever their script. A register number decides, and so nearly
does the website; a name that is nearly the same counts more in the same town and less in another.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process

from concivis.directory.models import NameKey, Organisation
from concivis.directory.naming import key_of, skeleton, writes_no_vowels
from concivis.hubs.models import Hub
from concivis.places.models import Place
from concivis.places.names import fold

LEAST_NAME = 80.0  # token ratio, 0 to 100, from which a name is said to be alike
SAME_NAME = 99.9
WITH_MORE_WORDS = 86.0  # all words of the one in the other
LEAST_WORDS = 2  # of the shorter
LEAST_SKELETON = 85.0
LEAST_CONSONANTS = 4
SOUNDING = 0.6
SHARED = frozenset({"facebook.com", "instagram.com", "linkedin.com", "youtube.com", "linktr.ee"})
LEAST = 0.5  # confidence from which one is proposed
SURE = 0.9  # from which a form should not go on without an answer


class Reason(StrEnum):
    REGISTER = "register"  # the same number in the same register
    WEBSITE = "website"
    SAME_NAME = "same_name"
    SIMILAR_NAME = "similar_name"
    SOUNDS_ALIKE = "sounds_alike"  # by consonants: one name is written without vowels
    SAME_TOWN = "same_town"
    OTHER_TOWN = "other_town"


ByName = dict[int, tuple[Reason, float, str]]
"""{organisation: (reason, confidence by the name alone, the key that is alike)}"""


@dataclass(frozen=True)
class Similar:
    """`confidence`: 0 to 1, the share of such pairs that we would expect to be one; an estimate, set by hand."""

    organisation: Organisation
    confidence: float
    reasons: tuple[Reason, ...]
    matched: str = ""  # the name that was found alike, as it is compared

    @property
    def is_sure(self) -> bool:
        return self.confidence >= SURE


@dataclass(frozen=True)
class Asked:
    """What is compared beside the name."""

    place: Place | None
    register_id: tuple[str, str]
    site: str


def similar_organisations(
    name: str,
    *,
    hub: Hub | None,
    place: Place | None = None,
    register_id: tuple[str, str] = ("", ""),
    website: str = "",
    but: Organisation | None = None,
    limit: int = 5,
) -> list[Similar]:
    """Entries of `hub` that may be the same, the most likely first. `register_id`: (register, number).

    Three queries. Who asks for many makes one `Known(hub)` and asks that.
    """
    known = Known(hub)
    found = known.similar(name, place=place, register_id=register_id, website=website)
    return [each for each in found if but is None or each.organisation.pk != but.pk][:limit]


@dataclass
class Known:
    """All that a hub's directory knows, read once: two queries."""

    hub: Hub | None
    organisations: dict[int, Organisation] = field(init=False)
    keys: list[str] = field(init=False)
    owners: list[int] = field(init=False)  # of the key at the same position

    def __post_init__(self) -> None:
        standing = Organisation.objects.standing().filter(hub=self.hub).select_related("place")
        self.organisations = {each.pk: each for each in standing}
        rows = NameKey.objects.filter(organisation__hub=self.hub, organisation__merged_into=None)
        pairs = list(rows.order_by("organisation", "pk").values_list("key", "organisation"))
        self.keys = [key for key, _owner in pairs]
        self.owners = [owner for _key, owner in pairs]

    def similar(
        self,
        name: str,
        *,
        place: Place | None = None,
        register_id: tuple[str, str] = ("", ""),
        website: str = "",
    ) -> list[Similar]:
        """As `similar_organisations`, without a query."""
        names, asked = self._by_name(name), Asked(place, register_id, _site(website))
        found = [_judged(each, names.get(pk), asked) for pk, each in self.organisations.items()]
        likely = [each for each in found if each and each.confidence >= LEAST]
        return sorted(likely, key=lambda each: (-each.confidence, each.organisation.pk))

    def compared(self, one: Organisation, other: Organisation) -> Similar | None:
        """Whether two entries of the directory may be one, without a query; None where nothing says so."""
        named: ByName = {}
        for key in self._keys_of[one.pk]:
            for another in self._keys_of[other.pk]:
                if ratio := _ratio(key, another):
                    _keep(named, other.pk, _reason(ratio), _confidence(ratio), another)
        asked = Asked(one.place, (one.register_scheme, one.register_number), _site(one.website))
        return _judged(other, named.get(other.pk), asked)

    @cached_property
    def _keys_of(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for key, owner in zip(self.keys, self.owners, strict=True):
            found[owner].append(key)
        return found

    def _by_name(self, name: str) -> ByName:
        key = key_of(name)
        if not key:
            return {}
        found: ByName = {}
        for matched, ratio, index in self._alike(key):
            _keep(found, self.owners[index], _reason(ratio), _confidence(ratio), matched)
        for index in self._sounding_alike(name, key):
            _keep(found, self.owners[index], Reason.SOUNDS_ALIKE, SOUNDING, self.keys[index])
        return found

    def _alike(self, key: str) -> Iterator[tuple[str, float, int]]:
        """(key, ratio, position) of keys with nearly the same words in any order, or with all words of the shorter."""
        yield from process.extract(
            key, self.keys, scorer=fuzz.token_sort_ratio, score_cutoff=LEAST_NAME, limit=None
        )
        words = key.count(" ") + 1
        whole = process.extract(key, self.keys, scorer=fuzz.token_set_ratio, score_cutoff=99, limit=None)
        for matched, _ratio, index in whole:
            if min(words, matched.count(" ") + 1) >= LEAST_WORDS:
                yield matched, WITH_MORE_WORDS, index

    def _sounding_alike(self, name: str, key: str) -> list[int]:
        """Positions of keys with nearly the same consonants, where one of the two names is written without vowels."""
        bare, without = skeleton(key), writes_no_vowels(name)
        if len(bare) < LEAST_CONSONANTS:
            return []
        return [
            index
            for index, (owner, other) in enumerate(zip(self.owners, self._skeletons, strict=True))
            if (without != (owner in self._without_vowels))
            and len(other) >= LEAST_CONSONANTS
            and fuzz.token_sort_ratio(bare, other) >= LEAST_SKELETON
        ]

    @cached_property
    def _skeletons(self) -> list[str]:
        return [skeleton(key) for key in self.keys]

    @cached_property
    def _without_vowels(self) -> frozenset[int]:
        return frozenset(pk for pk, each in self.organisations.items() if writes_no_vowels(each.name))


def _judged(other: Organisation, named: tuple[Reason, float, str] | None, asked: Asked) -> Similar | None:
    reasons: list[Reason] = []
    confidence, matched = 0.0, ""
    if named:
        reason, confidence, matched = named
        town, confidence = _by_town(confidence, asked.place, other.place)
        reasons = [reason, *town]
    if asked.site and asked.site == _site(other.website):
        reasons.insert(0, Reason.WEBSITE)
        confidence = max(0.85, (1 + confidence) / 2)
    if _same_number(asked.register_id, other):
        reasons.insert(0, Reason.REGISTER)
        confidence = 0.99
    return Similar(other, round(confidence, 2), tuple(reasons), matched) if reasons else None


def _ratio(key: str, other: str) -> float:
    """0 where they are not alike; else as in `Known._alike`."""
    ratio = fuzz.token_sort_ratio(key, other, score_cutoff=LEAST_NAME)
    words = min(key.count(" "), other.count(" ")) + 1
    if words >= LEAST_WORDS and fuzz.token_set_ratio(key, other) >= 99:
        ratio = max(ratio, WITH_MORE_WORDS)
    return ratio


def _reason(ratio: float) -> Reason:
    return Reason.SAME_NAME if ratio >= SAME_NAME else Reason.SIMILAR_NAME


def _confidence(ratio: float) -> float:
    """Of the name alone: half of those at the least ratio, six of seven of those with the same name."""
    return 0.85 if ratio >= SAME_NAME else 0.5 + 0.3 * (ratio - LEAST_NAME) / (SAME_NAME - LEAST_NAME)


def _keep(found: ByName, owner: int, reason: Reason, confidence: float, matched: str) -> None:
    if owner not in found or found[owner][1] < confidence:
        found[owner] = (reason, confidence, matched)


def _by_town(confidence: float, place: Place | None, other: Place | None) -> tuple[tuple[Reason, ...], float]:
    if place is None or other is None:
        return (), confidence
    if place.pk == other.pk:
        return (Reason.SAME_TOWN,), confidence + 0.1
    return (Reason.OTHER_TOWN,), confidence - 0.25


def _same_number(register_id: tuple[str, str], organisation: Organisation) -> bool:
    """The number counts without spaces and punctuation; the register only where both name one."""
    scheme, number = (fold(part).replace(" ", "") for part in register_id)
    theirs = fold(organisation.register_number).replace(" ", "")
    their_scheme = fold(organisation.register_scheme).replace(" ", "")
    return bool(number) and number == theirs and (not scheme or not their_scheme or scheme == their_scheme)


def _site(url: str) -> str:
    """Host and path, without “www.” and the slash at the end; "" for pages on which many organisations live."""
    parts = urlsplit(url.strip().lower())
    host = (parts.hostname or "").removeprefix("www.")
    path = parts.path.rstrip("/")
    return f"{host}{path}" if host and (path or host not in SHARED) else ""
