"""Which place an end of a link means. Pure: candidates in, a decision with its reasons out; distances in kilometres.

An end is first looked for under its name in its country; coordinates choose among namesakes. Where no namesake lies
near, similar names around the coordinates are tried, then namesakes further away, because coordinates can be wrong.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz

from concivis.exchange.namings import Naming
from concivis.exchange.notes import Note
from concivis.exchange.records import End
from concivis.exchange.territories import related
from concivis.places.names import fold

NEAR = 25.0  # km between a file's coordinates and the gazetteer's of the same place
BODY_NEAR = 60.0  # the same for a larger body, whose coordinates are its middle
AROUND = 12.0  # km within which a merely similar name is believed
SAME = 3.0  # km between two entries of a gazetteer that mean the same place
SIMILAR = (
    (3.0, 86.0),
    (6.0, 90.0),
    (AROUND, 94.0),
)  # km, and the rapidfuzz ratio (of 100) believed up to there
APART = frozenset(  # what tells two neighbours apart, not two spellings of one
    {"south", "north", "east", "west", "sud", "nord", "ost", "est", "ouest", "ovest", "jug", "new", "old", "upper",
     "lower", "ober", "unter", "alt", "neu", "alta", "bassa", "superiore", "inferiore", "haut", "bas", "grand", "petit"}
)  # fmt: skip
PARTS = frozenset(
    {"borough", "district", "county", "province", "region", "suburb", "quarter"}
)  # of what stands before
SIZES_APART = 3.5  # times more people: not the same place, if name or coordinates do not fit either
BY_FAR = 8  # how many times more people make the largest namesake the one meant
SEVERAL = 3  # the same for a city of more than a hundred thousand, where a list gives no coordinates
EQUAL = 0.12  # difference of scores below which two candidates are equally likely
PROPOSALS = 8


class How(StrEnum):
    """By what an end was found, or what becomes of it."""

    ID = "id"
    NAME_NEAR = "name_near"
    NAME_ONLY = "name_only"
    NAME_FAR = "name_far"
    OTHER_COUNTRY = "other_country"
    SIMILAR_NEAR = "similar_near"
    CREATED = "created"
    AMBIGUOUS = "ambiguous"
    REJECTED = "rejected"
    CHOSEN = "chosen"


MATCHED = frozenset(How) - {How.CREATED, How.AMBIGUOUS, How.REJECTED}


@dataclass(frozen=True, slots=True)
class Candidate:
    place: int
    name: str
    country: str
    latitude: float | None
    longitude: float | None
    population: int
    region: str = ""  # folded
    is_main: bool = True  # the name looked for is its main name
    is_body: bool = False  # a province, region or association

    def km_from(self, latitude: float | None, longitude: float | None) -> float:
        """Infinite where either position is unknown."""
        if latitude is None or longitude is None or self.latitude is None or self.longitude is None:
            return math.inf
        return kilometres(latitude, longitude, self.latitude, self.longitude)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A place around the coordinates, with its folded spellings."""

    candidate: Candidate
    km: float
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    place: int
    km: float | None
    score: float

    def as_json(self) -> dict[str, float | int | None]:
        return {"place": self.place, "km": self.km, "score": round(self.score, 2)}


@dataclass(frozen=True, slots=True)
class Decision:
    how: How
    place: int | None = None
    notes: tuple[Note, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    country: str = ""  # ISO code of the end, understood from its name or its coordinates


@dataclass(frozen=True, slots=True)
class Query:
    """An end with its names spelt out and its country known ("" where it is not)."""

    end: End
    naming: Naming
    country: str
    is_country_unknown: bool = False  # the file names one, which was not understood
    countries_around: frozenset[str] = frozenset()  # of the places around the coordinates

    @property
    def lies_abroad(self) -> bool:
        """The coordinates contradict the country."""
        return (
            bool(self.country and self.countries_around) and not related(self.country) & self.countries_around
        )


def by_name(query: Query, named: Callable[[str], Sequence[Candidate]]) -> Decision | None:
    """The namesake in the country that fits the coordinates, or the only one if there are none. None: look around."""
    for names in (query.naming.full, query.naming.trimmed):
        candidates = _in_country(query, _distinct(names, named))
        if not candidates:
            continue
        decision = (
            _nearest(query, candidates) if query.end.has_position else _without_position(query, candidates)
        )
        if decision:
            return decision
    return None


def by_surroundings(
    query: Query, named: Callable[[str], Sequence[Candidate]], neighbours: Iterable[Neighbour]
) -> Decision:
    """Never None: similar names nearby, namesakes far away, a new place, or the end put aside."""
    around = sorted(neighbours, key=lambda neighbour: neighbour.km)
    far = _distinct((*query.naming.full, *query.naming.trimmed), named)
    return (
        _in_territory(query, far)
        or _similar(query, around)
        or _far(query, _in_country(query, far))
        or _over_the_border(query, far)
        or _new(query, far)
    )


# --- under its name ------------------------------------------------------------------------------------------


def _in_country(query: Query, candidates: Sequence[Candidate]) -> list[Candidate]:
    return [one for one in _meant(query, candidates) if one.country == (query.country or one.country)]


def _meant(query: Query, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Neither a town for the province named after it, nor the town for its part: “Licheng (Jinan)” is not Jinan."""
    wants_body = query.naming.body is not None
    around = set(query.naming.hints) - set(query.naming.full) - set(query.naming.trimmed)
    return [one for one in candidates if one.is_body == wants_body and fold(one.name) not in around]


def _nearest(query: Query, candidates: list[Candidate]) -> Decision | None:
    end = query.end
    reach = BODY_NEAR if query.naming.body else NEAR
    ranked = rank(query, [one for one in candidates if one.km_from(end.latitude, end.longitude) <= reach])
    if ranked:
        best, place = ranked[0]
        rivals = [one for score, one in ranked[1:] if best - score < EQUAL and not _same_spot(one, place)]
        if rivals:
            return _aside(query, ranked)
        return Decision(How.NAME_NEAR, place.place)
    return _mirrored(query, candidates)


def _mirrored(query: Query, candidates: list[Candidate]) -> Decision | None:
    """Columns swapped, or a sign lost: the mirrored coordinates hit the namesake."""
    latitude, longitude = query.end.latitude or 0.0, query.end.longitude or 0.0
    mirrors = [
        ("coordinates_swapped", longitude, latitude),
        ("sign_lost", latitude, -longitude),
        ("sign_lost", -latitude, longitude),
    ]
    for code, north, east in mirrors:
        hits = [one for one in candidates if one.km_from(north, east) <= NEAR]
        if hits:
            return Decision(How.NAME_NEAR, max(hits, key=lambda one: one.population).place, (Note(code),))
    return None


def _without_position(query: Query, candidates: list[Candidate]) -> Decision:
    said = Note("no_coordinates") if query.country else Note("name_alone")
    hinted = [one for one in candidates if one.region and one.region in query.naming.hints] or candidates
    ranked = rank(query, hinted)
    if len(ranked) == 1 or all(_same_spot(one, ranked[0][1]) for _, one in ranked):
        return Decision(How.NAME_ONLY, ranked[0][1].place, (said,))
    best = ranked[0][1]
    if query.country and _dwarfs(best, [one for _, one in ranked[1:]]):
        return Decision(How.NAME_ONLY, best.place, (said, Note("largest_taken")))
    return _aside(query, ranked)


def _dwarfs(best: Candidate, others: Sequence[Candidate]) -> bool:
    """A list without coordinates means Hamm, not one of the four hamlets: by far the largest, or a city several times
    as large as the rest; and no larger place goes by the name."""
    namesakes = max((one.population for one in others if one.is_main), default=0)
    largest_other = max((one.population for one in others), default=0)
    times = SEVERAL if best.population >= 100_000 else BY_FAR
    return best.is_main and best.population >= max(15_000, times * namesakes, largest_other)


def rank(query: Query, candidates: Iterable[Candidate]) -> list[tuple[float, Candidate]]:
    """The likeliest first. One point is ten times the people, four kilometres, or half of its main name."""
    scored = [(_score(query, one), one) for one in candidates]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].place))


def _score(query: Query, one: Candidate) -> float:
    km = one.km_from(query.end.latitude, query.end.longitude)
    score = math.log10(one.population + 200) - (min(km, 400.0) / 4 if math.isfinite(km) else 0.0)
    score += 0.5 if one.is_main else 0.0
    score += 0.4 if _is_spelt_so(query, one) else 0.0
    score += 1.0 if one.region and one.region in query.naming.hints else 0.0
    if query.end.population and one.population:
        score -= 1.5 * abs(math.log10(query.end.population / one.population))
    return score


# --- around its coordinates ----------------------------------------------------------------------------------


def _in_territory(query: Query, candidates: Sequence[Candidate]) -> Decision | None:
    """The very name at the very place, under the code of a territory of the country, or the other way round."""
    if not query.country:
        return None
    end, codes = query.end, related(query.country)
    here = [
        one
        for one in _meant(query, candidates)
        if one.country in codes and one.km_from(end.latitude, end.longitude) <= NEAR
    ]
    return _elsewhere(query, here)


def _over_the_border(query: Query, candidates: Sequence[Candidate]) -> Decision | None:
    """No such name in the country, but at the coordinates, and the country's other places are near: a border moved,
    is disputed or was mistaken. (Coordinates far from the country are the likelier mistake: they hit the namesake.)"""
    end = query.end
    if not query.country or query.lies_abroad or _in_country(query, candidates):
        return None
    meant = [one for one in _meant(query, candidates) if one.is_main or _is_spelt_so(query, one)]
    here = [one for one in meant if one.km_from(end.latitude, end.longitude) <= NEAR]
    return _elsewhere(query, here)


def _elsewhere(query: Query, here: Sequence[Candidate]) -> Decision | None:
    if not here:
        return None
    place = rank(query, here)[0][1]
    facts = {"said": query.country, "found": place.country}
    return Decision(How.OTHER_COUNTRY, place.place, (Note("other_country", facts),))


def _similar(query: Query, around: Sequence[Neighbour]) -> Decision | None:
    """A similar name close by, in the country or one of its territories."""
    if query.naming.body:
        return None
    names = [name for name in (*query.naming.full, *query.naming.trimmed) if len(name) > 2]
    codes = related(query.country) if query.country else None
    meant = {one.place for one in _meant(query, [neighbour.candidate for neighbour in around])}
    good = [
        (likeness - one.km, one)
        for one in around
        if one.candidate.place in meant
        and _is_as_large(query, one.candidate)
        and (codes is None or one.candidate.country in codes)
        and (likeness := _likeness(names, one)) >= _wanted(one.km)
    ]
    if not good:
        return None
    best = max(good, key=lambda pair: pair[0])[1]
    note = Note("near_name", {"name": best.candidate.name, "km": round(best.km, 1)})
    return Decision(How.SIMILAR_NEAR, best.candidate.place, (note,))


def _wanted(km: float) -> float:
    return next((likeness for reach, likeness in SIMILAR if km <= reach), 101.0)


def _likeness(names: Sequence[str], one: Neighbour) -> float:
    """0–100. Words added at the end count as like close by: “Frankfurt”, “Frankfurt am Main”."""
    best = 0.0
    names_part = bool(names and PARTS & set(names[0].split()))
    for name in names:
        for spelling in one.spellings:
            if _told_apart(name, spelling):
                continue
            likeness = fuzz.ratio(name, spelling) - (14 if min(len(name), len(spelling)) < 5 else 0)
            if one.km <= AROUND / 2 and not names_part and _extends(name, spelling):
                likeness = max(likeness, 90.0)
            best = max(best, likeness)
    return best


def _extends(name: str, spelling: str) -> bool:
    """One begins with all the words of the other, which are long enough to mean something."""
    short, long = sorted((name, spelling), key=len)
    return len(short) >= 5 and long.startswith(short + " ")


def _told_apart(name: str, spelling: str) -> bool:
    """“Doboj South”, “Prague 6”, “Budapest II”: a word or a number that only one of them has."""
    different = set(name.split()) ^ set(spelling.split())
    numbered = any(re.fullmatch(r"[ivx]+", word) for word in different)
    return numbered or bool(different & APART) or re.findall(r"\d+", name) != re.findall(r"\d+", spelling)


# --- further away, or nowhere --------------------------------------------------------------------------------


def _far(query: Query, candidates: list[Candidate]) -> Decision | None:
    """A lone or by far largest namesake, if the coordinates are the likelier mistake. Main names only."""
    if not query.end.has_position:
        return None
    main = [
        one
        for one in candidates
        if (one.is_main or _is_close_town(query, one))
        and _fits_hints(query, one)
        and _is_as_large(query, one)
    ]
    if not main:
        return None
    largest, *others = sorted(main, key=lambda one: (-_is_spelt_so(query, one), -one.population))
    km = largest.km_from(query.end.latitude, query.end.longitude)
    is_lone = all(_same_spot(one, largest) for one in others)
    if is_lone and (
        query.lies_abroad or largest.population >= 15_000 or km <= 2 * NEAR or _is_distinctive(query)
    ):
        return Decision(How.NAME_FAR, largest.place, (Note("far_away", {"km": round(km)}),))
    if not query.lies_abroad:
        return None
    if largest.population >= max(15_000, BY_FAR * max((one.population for one in others), default=0)):
        return Decision(How.NAME_FAR, largest.place, (Note("far_away_largest", {"km": round(km)}),))
    return _aside(query, rank(query, candidates))


def _is_close_town(query: Query, one: Candidate) -> bool:
    """The town of Rhodes, where the file gives the middle of the island."""
    return one.population >= 15_000 and one.km_from(query.end.latitude, query.end.longitude) <= BODY_NEAR


def _is_distinctive(query: Query) -> bool:
    """A name hardly given twice in one country: long, and not a saint's. In the New World names repeat."""
    name = query.naming.full[0] if query.naming.full else ""
    is_saints = bool({"st", "saint", "sainte", "san", "santa", "sankt", "sveti"} & set(name.split()))
    return query.country not in {"US", "CA", "AU"} and len(name) >= 12 and not is_saints


def _is_as_large(query: Query, one: Candidate) -> bool:
    """Unless both numbers of people are known and tell of two different places."""
    if not query.end.population or not one.population:
        return True
    return 1 / SIZES_APART <= query.end.population / one.population <= SIZES_APART


def _fits_hints(query: Query, one: Candidate) -> bool:
    """“Coventry, New York” is not the Coventry of Connecticut."""
    return not query.naming.hints or one.region in query.naming.hints


def _is_spelt_so(query: Query, one: Candidate) -> bool:
    return one.name.casefold() == query.end.name.casefold()


def _new(query: Query, far: Sequence[Candidate]) -> Decision:
    end = query.end
    ranked = rank(query, far)
    if not query.country:
        return (
            Decision(How.REJECTED, None, (Note("nothing_to_go_by"),)) if not ranked else _aside(query, ranked)
        )
    if not end.name:
        return Decision(How.REJECTED, None, (Note("nothing_to_go_by"),))
    if query.lies_abroad:
        facts = {"country": query.country}
        return replace(_aside(query, ranked), notes=(Note("coordinates_abroad", facts),))
    namesakes = [one.km_from(end.latitude, end.longitude) for one in _in_country(query, far)]
    facts = {"country": query.country}
    if namesakes and math.isfinite(min(namesakes)):
        return Decision(
            How.CREATED, None, (Note("namesakes_elsewhere", {**facts, "km": round(min(namesakes))}),)
        )
    return Decision(How.CREATED, None, (Note("not_in_gazetteer", facts),))


def _aside(query: Query, ranked: Sequence[tuple[float, Candidate]]) -> Decision:
    proposals = []
    for score, one in ranked[:PROPOSALS]:
        km = one.km_from(query.end.latitude, query.end.longitude)
        proposals.append(Proposal(one.place, round(km, 1) if math.isfinite(km) else None, score))
    return Decision(How.AMBIGUOUS, None, (Note("namesakes", {"count": len(ranked)}),), tuple(proposals))


# --- arithmetic ----------------------------------------------------------------------------------------------


def _distinct(names: Iterable[str], named: Callable[[str], Sequence[Candidate]]) -> list[Candidate]:
    """Each place once, its main name before the others."""
    found: dict[int, Candidate] = {}
    for name in names:
        for one in named(name):
            if one.place not in found or (one.is_main and not found[one.place].is_main):
                found[one.place] = one
    return list(found.values())


def _same_spot(a: Candidate, b: Candidate) -> bool:
    return a.km_from(b.latitude, b.longitude) <= SAME


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Great-circle distance on a sphere of 6371 km (haversine)."""
    phi, psi = math.radians(latitude), math.radians(other_latitude)
    half = math.radians(other_longitude - longitude) / 2
    chord = math.sin((psi - phi) / 2) ** 2 + math.cos(phi) * math.cos(psi) * math.sin(half) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(chord)))
