"""Reads the vocabulary files: one scheme per JSON file, checked before anything is stored."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FALLBACK_LANGUAGE = "en"  # every term has it: a file without is refused
SHIPPED = Path(__file__).resolve().parent / "data"
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")  # as Django writes a BCP 47 tag: lower case
LONGEST = {"labels": 120, "descriptions": 300, "synonyms": 120}  # characters


class VocabularyFileError(ValueError):
    """What is wrong in which file and term, as a sentence."""


@dataclass(frozen=True, slots=True)
class Words:
    """A term in one language."""

    label: str
    description: str
    synonyms: list[str]


@dataclass(frozen=True, slots=True)
class TermEntry:
    code: str
    parent: str | None
    words: dict[str, Words]  # by language


@dataclass(frozen=True, slots=True)
class SchemeFile:
    scheme: str
    version: str
    source: str
    terms: list[TermEntry]


def read_folder(folder: Path) -> list[SchemeFile]:
    """Every scheme of a folder, by file name. Raises VocabularyFileError, also for a folder without files."""
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise VocabularyFileError(f"There are no vocabulary files (*.json) in {folder}.")
    return [read_file(path) for path in paths]


def read_file(path: Path) -> SchemeFile:
    """One scheme. Raises VocabularyFileError naming the file and the term."""
    try:
        return _scheme(path, json.loads(path.read_text(encoding="utf-8")))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise VocabularyFileError(f"{path.name} is not JSON in UTF-8: {error}.") from error
    except VocabularyFileError as error:
        raise VocabularyFileError(f"{path.name}: {error}") from error


def _scheme(path: Path, content: Any) -> SchemeFile:
    if not isinstance(content, dict):
        raise VocabularyFileError("the file must hold one object.")
    _only(content, {"scheme", "version", "source", "terms"}, "the file")
    scheme = _text(content.get("scheme"), "“scheme”", 40)
    if scheme != path.stem:
        raise VocabularyFileError(f"“scheme” is “{scheme}”; it must equal the file's name.")
    terms = content.get("terms")
    if not isinstance(terms, list) or not terms:
        raise VocabularyFileError("“terms” must be a list with at least one term.")
    return SchemeFile(
        scheme=scheme,
        version=_text(content.get("version"), "“version”", 20),
        source=_text(content.get("source"), "“source”", 2000),
        terms=list(_terms(terms)),
    )


def _terms(items: list[Any]) -> Iterator[TermEntry]:
    codes: set[str] = set()
    labels: dict[tuple[str, str], str] = {}  # (language, folded label) to the term that has it
    for number, item in enumerate(items, 1):
        code = item.get("code") if isinstance(item, dict) else None
        name = f"term “{code}”" if isinstance(code, str) and code else f"term number {number}"
        try:
            entry = _term(item)
            _must_fit(entry, codes, labels)
        except VocabularyFileError as error:
            raise VocabularyFileError(f"{name}: {error}") from error
        yield entry


def _term(item: Any) -> TermEntry:
    if not isinstance(item, dict):
        raise VocabularyFileError("a term must be an object.")
    _only(item, {"code", "parent", "labels", "descriptions", "synonyms"}, "a term")
    code = _text(item.get("code"), "“code”", 60)
    if not CODE.fullmatch(code):
        raise VocabularyFileError("“code” may hold lower-case letters, digits and single hyphens only.")
    parent = item.get("parent")
    return TermEntry(
        code=code, parent=None if parent is None else _text(parent, "“parent”", 60), words=_words(item)
    )


def _words(item: dict[str, Any]) -> dict[str, Words]:
    labels, descriptions, synonyms = (_by_language(item, key) for key in LONGEST)
    if FALLBACK_LANGUAGE not in labels:
        raise VocabularyFileError(f"the label in “{FALLBACK_LANGUAGE}” is missing.")
    if unlabelled := sorted((descriptions.keys() | synonyms.keys()) - labels.keys()):
        raise VocabularyFileError(f"there are words in “{unlabelled[0]}” but no label.")
    return {
        language: Words(
            label=_text(label, f"the label in “{language}”", LONGEST["labels"]),
            description=_description(descriptions, language),
            synonyms=_synonyms(synonyms.get(language, []), language),
        )
        for language, label in labels.items()
    }


def _by_language(item: dict[str, Any], key: str) -> dict[str, Any]:
    values = item.get(key, {})
    if not isinstance(values, dict):
        raise VocabularyFileError(f"“{key}” must be an object with one entry per language.")
    for language in values:
        if not LANGUAGE.fullmatch(language):
            raise VocabularyFileError(f"“{language}” in “{key}” is not a language tag.")
    return values


def _description(descriptions: dict[str, Any], language: str) -> str:
    if language not in descriptions:
        return ""
    return _text(descriptions[language], f"the description in “{language}”", LONGEST["descriptions"])


def _synonyms(values: Any, language: str) -> list[str]:
    what = f"a synonym in “{language}”"
    if not isinstance(values, list):
        raise VocabularyFileError(f"the synonyms in “{language}” must be a list.")
    synonyms = [_text(value, what, LONGEST["synonyms"]) for value in values]
    folded = [synonym.casefold() for synonym in synonyms]
    for synonym, key in zip(synonyms, folded, strict=True):
        if folded.count(key) > 1:
            raise VocabularyFileError(f"the synonym “{synonym}” in “{language}” stands there twice.")
    return synonyms


def _must_fit(entry: TermEntry, codes: set[str], labels: dict[tuple[str, str], str]) -> None:
    """Notes the entry's code and labels. Parents come first, so no circle can arise."""
    if entry.code in codes:
        raise VocabularyFileError("this code stands there twice.")
    if entry.parent is not None and entry.parent not in codes:
        raise VocabularyFileError(f"its parent “{entry.parent}” does not stand before it in the file.")
    codes.add(entry.code)
    for language, words in entry.words.items():
        other = labels.setdefault((language, words.label.casefold()), entry.code)
        if other != entry.code:
            raise VocabularyFileError(
                f"the label “{words.label}” in “{language}” is already that of “{other}”."
            )


def _text(value: Any, what: str, longest: int) -> str:
    if not isinstance(value, str) or not value.strip():
        raise VocabularyFileError(f"{what} is missing or empty.")
    if value != value.strip():
        raise VocabularyFileError(f"{what} begins or ends with a space: “{value}”.")
    if not unicodedata.is_normalized("NFC", value):
        raise VocabularyFileError(f"{what} is not in Unicode form NFC: “{value}”.")
    if len(value) > longest:
        raise VocabularyFileError(f"{what} is longer than {longest} characters.")
    return value


def _only(given: dict[str, Any], known: set[str], what: str) -> None:
    if unknown := sorted(given.keys() - known):
        raise VocabularyFileError(f"{what} may not hold “{unknown[0]}”.")
