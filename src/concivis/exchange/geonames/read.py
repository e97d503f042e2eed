"""Reads what GeoNames publishes (CC BY 4.0): tab-separated text in UTF-8, plain or zipped, one record per line.

`allCountries.txt` or a country's file, `alternateNamesV2.txt`, `admin1CodesASCII.txt`; their columns are described at
https://download.geonames.org/export/dump/readme.txt. Read line by line: memory does not grow with the file.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple, TypeVar

from django.utils.translation import gettext as _

LONGEST_LINE = 128 * 1024  # bytes; GeoNames' longest is about 14,000
MOST_GROWTH = 40  # times its packed size that a zipped file may have; GeoNames' have about 4
LARGEST = 20 * 1024**3  # bytes unpacked
BESIDE = ("readme", "iso-languagecodes")  # what GeoNames packs into the same zip file
WIKIDATA_ID = re.compile(r"Q[1-9][0-9]{0,14}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
NO_LANGUAGES = {"link", "post", "iata", "icao", "faac", "tcid", "unlc", "abbr", "phon", "wkdt"}
LANGUAGES = {"piny": "zh-Latn", "fr_1793": "fr"}

T = TypeVar("T")


class UnreadableDump(ValueError):
    """The file as a whole cannot be read; the message is a sentence for the person who named it."""


class LineFault(NamedTuple):
    """A line that was left out, and why."""

    line: int
    reason: str

    def __str__(self) -> str:
        return _("Line %(line)d: %(reason)s") % {"line": self.line, "reason": self.reason}


class Feature(NamedTuple):
    """A line of allCountries.txt."""

    geonames_id: int
    name: str
    other_names: tuple[str, ...]
    latitude: float
    longitude: float
    feature_class: str  # "P" for populated places, "A" for administrative units
    feature_code: str  # "PPLA", "ADM1"
    country: str
    region: str  # admin1 code
    population: int | None  # None: 0 in the file, which means not known
    timezone: str


class AlternateName(NamedTuple):
    """A line of alternateNamesV2.txt."""

    geonames_id: int
    name: str
    language: str  # BCP 47; empty: not known
    is_preferred: bool
    is_historic: bool
    wikidata_id: str  # for lines that link to Wikidata instead of holding a name


class RegionName(NamedTuple):
    country: str
    code: str
    name: str


OnFault = Callable[[LineFault], object]


def read_features(path: Path, on_fault: OnFault) -> Iterator[Feature]:
    """Every record of a file of places. Raises UnreadableDump; a line with a fault is told and left out."""
    return _read(path, 19, _feature, on_fault)


def read_names(path: Path, on_fault: OnFault) -> Iterator[AlternateName]:
    """Names in languages and links to Wikidata; postal codes, airports and web links are left out silently."""
    return (name for name in _read(path, 4, _alternate_name, on_fault) if name is not None)


def read_regions(path: Path, on_fault: OnFault) -> Iterator[RegionName]:
    """First-level administrative units from admin1CodesASCII.txt."""
    return _read(path, 2, _region, on_fault)


def _feature(cells: list[str]) -> Feature:
    latitude, longitude = _number(cells[4], _("latitude"), 90), _number(cells[5], _("longitude"), 180)
    name, country = cells[1].strip(), cells[8].strip()
    if not name:
        raise ValueError(_("the place has no name."))
    if len(country) != 2:
        raise ValueError(_("“%(country)s” is not a country's code.") % {"country": country[:20]})
    return Feature(
        _id(cells[0]), name, tuple(filter(None, map(str.strip, cells[3].split(",")))), latitude, longitude,
        cells[6], cells[7], country, cells[10].strip(), _people(cells[14]), cells[17].strip()[:40],
    )  # fmt: skip


def _alternate_name(cells: list[str]) -> AlternateName | None:
    flags = [*cells[4:8], "", "", "", ""]
    language, name = cells[2].strip(), cells[3].strip()
    wikidata_id = name.rsplit("/", 1)[-1] if language == "wkdt" else ""
    if wikidata_id and not WIKIDATA_ID.fullmatch(wikidata_id):
        raise ValueError(_("“%(id)s” is not a Wikidata id.") % {"id": wikidata_id[:30]})
    if not wikidata_id and (language in NO_LANGUAGES or not name):
        return None
    tag = "" if wikidata_id else _language(language)
    historic = flags[3] == "1" or language == "fr_1793"
    return AlternateName(_id(cells[1]), name, tag, flags[0] == "1" and not historic, historic, wikidata_id)


def _region(cells: list[str]) -> RegionName:
    country, point, code = cells[0].strip().partition(".")
    name = cells[1].strip()
    if len(country) != 2 or not point or not code or not name:
        raise ValueError(
            _("“%(code)s” is not a country's code, a point and a region's code.") % {"code": cells[0][:30]}
        )
    return RegionName(country, code[:20], name[:200])


def _id(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text[:18]) > 0:
        return int(text[:18])
    raise ValueError(_("“%(id)s” is not a GeoNames id.") % {"id": text[:30]})


def _number(text: str, what: str, most: int) -> float:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if -most <= number <= most:
        return number
    raise ValueError(_("“%(text)s” is not a %(what)s.") % {"text": text[:30], "what": what})


def _people(text: str) -> int | None:
    text = text.strip()
    if text and not (text.isascii() and text.isdigit()):
        raise ValueError(_("“%(text)s” is not a number of people.") % {"text": text[:30]})
    people = int(text[:12] or 0)
    return people if 0 < people < 2_000_000_000 else None


def _language(code: str) -> str:
    tag = LANGUAGES.get(code, code).replace("_", "-")
    return tag if LANGUAGE.fullmatch(tag) else ""


def _read(path: Path, columns: int, parse: Callable[[list[str]], T], on_fault: OnFault) -> Iterator[T]:
    with _opened(path) as file:
        for number, line in _lines(file, path):
            try:
                cells = line.decode("utf-8").rstrip("\r\n").split("\t")
                if len(cells) < columns:
                    raise ValueError(
                        _("it has %(found)d columns where at least %(wanted)d are needed.")
                        % {"found": len(cells), "wanted": columns}
                    )
                record = parse(cells)
            except UnicodeDecodeError:
                on_fault(LineFault(number, _("it is not text in UTF-8.")))
            except ValueError as error:
                on_fault(LineFault(number, str(error)))
            else:
                yield record


def _lines(file: IO[bytes], path: Path) -> Iterator[tuple[int, bytes]]:
    """Numbered lines without comments and empty ones; a byte order mark is taken off."""
    number = 0
    try:
        while line := file.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                raise UnreadableDump(
                    _("%(file)s, line %(line)d is longer than any line of GeoNames; this is another file.")
                    % {"file": path.name, "line": number}
                )
            line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if line.strip() and not line.startswith(b"#"):
                yield number, line
    except (zipfile.BadZipFile, EOFError) as error:
        raise UnreadableDump(
            _("%(file)s is damaged after line %(line)d. Download it again.")
            % {"file": path.name, "line": number}
        ) from error


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        zipped = zipfile.is_zipfile(path)
        with path.open("rb") as plain:
            if not zipped:
                yield plain
                return
            with zipfile.ZipFile(plain) as archive, archive.open(_member(archive, path)) as member:
                yield member
    except OSError as error:
        raise UnreadableDump(
            _("%(file)s cannot be read: %(reason)s.") % {"file": path, "reason": error.strerror or error}
        ) from error
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise UnreadableDump(_("%(file)s is no zip file that we can open.") % {"file": path.name}) from error


def _member(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    """The one text file in it. Its size is checked before a byte is unpacked; unpacking stops at the size declared."""
    texts = [
        member
        for member in archive.infolist()
        if member.filename.lower().endswith(".txt") and not member.filename.lower().startswith(BESIDE)
    ]
    if len(texts) != 1:
        raise UnreadableDump(
            _("%(file)s should hold one text file of GeoNames; it holds %(number)d.")
            % {"file": path.name, "number": len(texts)}
        )
    if texts[0].file_size > min(LARGEST, MOST_GROWTH * max(texts[0].compress_size, 1024)):
        raise UnreadableDump(
            _("%(file)s would unpack to many times its size, as no file of GeoNames does. It was not opened.")
            % {"file": path.name}
        )
    return texts[0]
