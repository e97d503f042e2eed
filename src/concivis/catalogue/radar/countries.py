"""Countries in a text: names in seven languages, adjectives and inhabitants, and what only looks like one."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from babel import Locale

from concivis.catalogue.radar.words import DATA, LANGUAGES, Word, words
from concivis.places.names import fold

NAME, ADJECTIVE = 0.92, 0.75  # how sure a name and an adjective make
DOUBTFUL = 0.3  # a name that also means something else, and nothing beside it helps
LONGEST_NAME = 6  # words
BOTH_CODES_NEEDED = 2
SHORTEST_COMPOUND = 9  # letters

ENDINGS = {
    language: frozenset(map(fold, listed.split())) | {""}
    for language, listed in {
        "de": "s",
        "en": "s",
        "fr": "",
        "it": "",
        "ro": "a ei ul ului e i ia iei",
        "tr": "da de ta te dan den tan ten ya ye a e yı yi yu yü ı i u ü nın nin nun nün ın in un ün daki deki "
        "taki teki lı li lu lü lılar liler lular lüler lıların lilerin ların lerin lar ler larla lerle yla yle la le",
        "uk": "а я у ю и і ї ою ею єю о ом ем єм ові еві ь ів ам ами ах ія ії ію ією",
    }.items()
}
"""What may follow the name of a country, or its beginning where the language bends the name itself."""

ADJECTIVE_ENDINGS = {
    language: frozenset(map(fold, listed.split())) | {""}
    for language, listed in {
        "de": "e er es en em in innen nen n",
        "en": "s es man men woman women",
        "fr": "e s es ne nes n",
        "it": "o a i e hi he io ia",
        "ro": "ă a e i ul ii ilor elor lor ei esc ească ești ene eni eană ean ane ani ană ce că ci ească",
        "tr": "lar ler ları leri ların lerin lara lere larla ça çe ca ce çası i ı u ü in ın un ün e a ye ya le la",
        "uk": "ий а е і ого ому ої ою у им их ими ці ців цям цями цях ець ка ки кою ко и ів ам",
    }.items()
}
LOCATIVES = {
    "de": "in im nach aus fur mit uber bei republik sudlichen nordlichen ostlichen",
    "en": "in to from for with across of northern southern eastern western republic",
    "fr": "en au aux du de d vers pour avec le la l",
    "it": "in a dal dalla dall del della dell per con nel nella verso",
    "ro": "in din la spre pentru cu republica",
    "tr": "",
    "uk": "у в із з до для на про за",
}
LOCATIVE = {language: frozenset(map(fold, listed.split())) for language, listed in LOCATIVES.items()}
LOWER_CASE_ADJECTIVES = {"de", "fr", "it", "ro", "uk"}
BENT = {"ro", "uk"}  # languages in which the name's own last vowel changes


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `first` to `last` of the text name one of `codes`, with what certainty each."""

    codes: tuple[str, ...]
    certainty: float
    first: int
    last: int
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class Doubt:
    codes: frozenset[str]
    against: frozenset[str]


def mentions(found: list[Word], language: str | None) -> list[Mention]:
    """Every mention, the longest name first at each word. Doubtful ones are settled by what stands around them."""
    first = [each for tongue in ((language,) if language else LANGUAGES) for each in _mentions(found, tongue)]
    sure = {code for each in first if not each.is_doubtful for code in each.codes}
    return [_settled(each, sure) for each in first]


def _settled(mention: Mention, sure: set[str]) -> Mention:
    if not mention.is_doubtful:
        return mention
    agreed = tuple(code for code in mention.codes if code in sure)
    if agreed:
        return Mention(agreed, ADJECTIVE, mention.first, mention.last, False)
    return mention


def _mentions(found: list[Word], language: str) -> Iterator[Mention]:
    position = 0
    around = frozenset(word.folded for word in found)
    while position < len(found):
        mention = (
            _name_at(found, position, language, around)
            or _adjective_at(found, position, language, around)
            or _compound_at(found[position], position, language)
        )
        if mention:
            yield mention
        position = mention.last + 1 if mention else position + 1


def _name_at(found: list[Word], position: int, language: str, around: frozenset[str]) -> Mention | None:
    if not found[position].is_capital:
        return None
    for length in range(min(LONGEST_NAME, len(found) - position), 0, -1):
        spelt = [word.folded for word in found[position : position + length]]
        for base in _bases(" ".join(spelt), language, ENDINGS[language]):
            if codes := _names(language).get(base):
                last = position + length - 1
                doubt = _doubt(" ".join(spelt), base, language)
                return _judged(codes, NAME, found, (position, last), language, around, doubt)
    return None


def _adjective_at(found: list[Word], position: int, language: str, around: frozenset[str]) -> Mention | None:
    word = found[position]
    if not word.is_capital and language not in LOWER_CASE_ADJECTIVES:
        return None
    for base in _bases(word.folded, language, ADJECTIVE_ENDINGS[language]):
        if codes := _adjectives(language).get(base):
            doubt = _doubt(word.folded, base, language)
            if doubt and not word.opens:
                doubt = None if doubt.against.isdisjoint(around) else doubt
            return _judged(codes, ADJECTIVE, found, (position, position), language, around, doubt)
    return _exact_adjective(word, position, language)


def _compound_at(word: Word, position: int, language: str) -> Mention | None:
    """ "Italienfreunde", "Ghanahilfe": German joins the name of a country to what comes from there."""
    if language != "de" or not word.is_capital or len(word.folded) < SHORTEST_COMPOUND:
        return None
    for length in range(len(word.folded) - 4, 4, -1):
        name = word.folded[:length]
        codes = _names(language).get(name)
        if codes and len(codes) == 1 and not _doubt(name, name, language):
            return Mention(codes, ADJECTIVE, position, position, False)
    return None


def _exact_adjective(word: Word, position: int, language: str) -> Mention | None:
    codes = _adjectives(language).get(f"={word.folded}")
    return Mention(codes, ADJECTIVE, position, position, False) if codes else None


def _judged(
    codes: tuple[str, ...],
    certainty: float,
    found: list[Word],
    span: tuple[int, int],
    language: str,
    around: frozenset[str],
    doubt: Doubt | None,
) -> Mention | None:
    if doubt is None:
        return Mention(codes, certainty / len(codes) ** 0.5, *span, is_doubtful=len(codes) > 1)
    if not doubt.against.isdisjoint(around):
        return None
    known = tuple(sorted(doubt.codes)) or codes
    is_placed = language == "tr" or (span[0] > 0 and found[span[0] - 1].folded in LOCATIVE[language])
    if is_placed and len(known) == 1:
        return Mention(known, certainty, *span, is_doubtful=False)
    return Mention(known, certainty * 0.6 if is_placed else DOUBTFUL, *span, is_doubtful=True)


def _doubt(spelt: str, base: str, language: str) -> Doubt | None:
    listed = _doubts()
    return (
        listed.get((language, spelt))
        or listed.get(("*", spelt))
        or listed.get((language, base))
        or listed.get(("*", base))
    )


def _bases(spelt: str, language: str, endings: frozenset[str]) -> Iterator[str]:
    """`spelt` without each ending it may have, the shortest ending first."""
    for cut in range(min(10, len(spelt) - 2)):
        end = len(spelt) - cut
        if spelt[end:] in endings:
            yield spelt[:end]


@cache
def _names(language: str) -> dict[str, tuple[str, ...]]:
    """Folded names, and in languages that bend them their beginnings, to the country's code."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, name in _cldr(language):
        for spelt in {name, name.split("(")[0], name.replace(" - ", " ")}:
            found[_plain(spelt)].add(code)
    for code, name in _aliases():
        found.setdefault(_plain(name), set()).add(code)
    if language in BENT:
        for name, codes in list(found.items()):
            for bent in _beginnings(name, language):
                found.setdefault(bent, set()).update(codes)
    found.pop("", None)
    return {name: tuple(sorted(codes)) for name, codes in found.items()}


def _beginnings(name: str, language: str) -> set[str]:
    """ "кенія" as "кені", "румунія" as "румуні", "ucraina" as "ucrain"; names of one word only."""
    if " " in name or len(name) < 4:
        return set()
    vowels = "аеиіоуюяьє" if language == "uk" else "aeiou"
    bent = {name[:-1]} if name[-1] in vowels and len(name) > 3 else set()
    if language == "uk" and name.endswith("ет"):
        bent.add(f"{name[:-2]}т")
    return {each for each in bent if len(each) >= 3}


def _plain(name: str) -> str:
    return " ".join(word.folded for word in words(name))


def _cldr(language: str) -> Iterator[tuple[str, str]]:
    for code, name in Locale.parse(language).territories.items():
        if (
            len(code) == BOTH_CODES_NEEDED
            and code.isalpha()
            and code not in {"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB"}
        ):
            yield {"IC": "ES", "EA": "ES", "AC": "SH", "TA": "SH", "DG": "IO"}.get(code, code), name


@cache
def _aliases() -> tuple[tuple[str, str], ...]:
    """The house's own list; short all-capital ones ("UAE") and names with a comma are left to forms."""
    text = (files("concivis.places") / "data" / "country_aliases.tsv").read_text(encoding="utf-8")
    pairs = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple((code, name) for code, name in pairs if "," not in name and len(name) > 2)


@cache
def _adjectives(language: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    lines = (DATA / "nationalities.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if not line or line.startswith("#"):
            continue
        codes, *columns = line.split("\t")
        for beginning in columns[LANGUAGES.index(language)].split(","):
            key = "=" * beginning.strip().startswith("=") + _plain(beginning)
            if key.strip("="):
                found[key].update(codes.split(","))
    return {beginning: tuple(sorted(codes)) for beginning, codes in found.items()}


@cache
def _doubts() -> dict[tuple[str, str], Doubt]:
    lines = (DATA / "doubtful.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {
        (tongue, fold(name)): Doubt(frozenset(codes.split()), frozenset(map(fold, against.split())))
        for languages, name, codes, against in rows
        for tongue in languages.split()
    }
