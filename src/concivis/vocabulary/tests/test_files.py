"""What the shipped files promise, and what a broken file says."""

import json
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from concivis.vocabulary.files import SHIPPED, SchemeFile, VocabularyFileError, read_file, read_folder

LANGUAGES = [code for code, _ in settings.LANGUAGES]
SHIPPED_FILES = read_folder(SHIPPED)
EACH_FILE = pytest.mark.parametrize("file", SHIPPED_FILES, ids=lambda file: file.scheme)


def shipped(scheme: str) -> SchemeFile:
    return next(file for file in SHIPPED_FILES if file.scheme == scheme)


def test_four_schemes_are_shipped() -> None:
    assert [file.scheme for file in SHIPPED_FILES] == ["field", "sdg", "target-group", "theme"]


def test_there_are_eight_fields_of_twinning() -> None:
    assert [term.code for term in shipped("field").terms] == [
        "art-and-culture",
        "youth",
        "citizenship",
        "local-economy",
        "sustainable-development",
        "public-services",
        "social-inclusion",
        "solidarity",
    ]


def test_there_are_seventeen_goals_in_their_order() -> None:
    assert [term.code for term in shipped("sdg").terms] == [f"sdg-{number:02}" for number in range(1, 18)]


def test_every_theme_stands_under_one_of_ten_broader_themes() -> None:
    terms = shipped("theme").terms
    broader = {term.code for term in terms if term.parent is None}
    assert len(broader) == 10
    assert {term.parent for term in terms if term.parent} == broader


@EACH_FILE
def test_each_term_has_label_description_and_synonyms_in_every_language(file: SchemeFile) -> None:
    incomplete = [
        (term.code, language)
        for term in file.terms
        for language in LANGUAGES
        if language not in term.words
        or not (term.words[language].description and term.words[language].synonyms)
    ]
    assert incomplete == []


@EACH_FILE
def test_no_word_belongs_to_two_terms_of_a_scheme(file: SchemeFile) -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for term in file.terms:
        for language, words in term.words.items():
            for word in [words.label, *words.synonyms]:
                owners[language, word.casefold()].add(term.code)
    assert {word: codes for word, codes in owners.items() if len(codes) > 1} == {}


@EACH_FILE
def test_no_synonym_merely_repeats_the_label(file: SchemeFile) -> None:
    repeated = [
        (term.code, language)
        for term in file.terms
        for language, words in term.words.items()
        if words.label.casefold() in [synonym.casefold() for synonym in words.synonyms]
    ]
    assert repeated == []


@EACH_FILE
def test_descriptions_are_one_short_sentence(file: SchemeFile) -> None:
    wrong = [
        (term.code, language)
        for term in file.terms
        for language, words in term.words.items()
        if not words.description.endswith(".") or len(words.description) > 160
    ]
    assert wrong == []


@EACH_FILE
def test_all_text_is_nfc_and_romanian_has_its_own_letters(file: SchemeFile) -> None:
    text = (SHIPPED / f"{file.scheme}.json").read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert [letter for letter in "şţŞŢ" if letter in text] == []  # cedillas are Turkish; Romanian has commas


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Our school partnership with a school in Ghana"),
        ("de", "Schulpartnerschaft mit Ghana"),
        ("it", "Un gemellaggio scolastico con il Ghana"),
        ("ro", "Un parteneriat școlar cu Ghana"),
        ("fr", "Jumelage scolaire avec le Ghana"),
    ],
)
def test_what_people_write_of_a_school_partnership_names_its_theme_and_youth(
    language: str, text: str
) -> None:
    assert codes_named("theme", language, text) == {"school-partnerships"}
    assert codes_named("field", language, text) == {"youth"}


def codes_named(scheme: str, language: str, text: str) -> set[str]:
    padded = f" {text.casefold()} "
    return {
        term.code
        for term in shipped(scheme).terms
        for word in [term.words[language].label, *term.words[language].synonyms]
        if f" {word.casefold()} " in padded
    }


# --- broken files ------------------------------------------------------------------------------------------


def entry(code: str = "music", **changes: Any) -> dict[str, Any]:
    return {"code": code, "labels": {"en": code.title()}, **changes}


def read(folder: Path, *terms: Any, **changes: Any) -> SchemeFile:
    content = {"scheme": "theme", "version": "1", "source": "A test.", "terms": list(terms), **changes}
    path = folder / "theme.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return read_file(path)


def test_a_label_in_english_is_enough_to_be_read(tmp_path: Path) -> None:
    assert [term.code for term in read(tmp_path, entry("music"), entry("sport")).terms] == ["music", "sport"]


@pytest.mark.parametrize(
    ("term", "message"),
    [
        ("music", "theme.json: term number 1: a term must be an object."),
        (entry(""), "theme.json: term number 1: “code” is missing or empty."),
        (
            entry("Music!"),
            "theme.json: term “Music!”: “code” may hold lower-case letters, digits and single hyphens only.",
        ),
        (entry(colour="red"), "theme.json: term “music”: a term may not hold “colour”."),
        (entry(labels={"de": "Musik"}), "theme.json: term “music”: the label in “en” is missing."),
        (entry(labels={"en": " "}), "theme.json: term “music”: the label in “en” is missing or empty."),
        (
            entry(labels={"en": "Music "}),
            "theme.json: term “music”: the label in “en” begins or ends with a space: “Music ”.",
        ),
        (
            entry(labels={"en": "Music", "ro": "Muzica\u0306"}),
            "theme.json: term “music”: the label in “ro” is not in Unicode form NFC: “Muzica\u0306”.",
        ),
        (
            entry(labels={"en": "M" * 121}),
            "theme.json: term “music”: the label in “en” is longer than 120 characters.",
        ),
        (
            entry(labels={"english": "Music"}),
            "theme.json: term “music”: “english” in “labels” is not a language tag.",
        ),
        (
            entry(labels=["Music"]),
            "theme.json: term “music”: “labels” must be an object with one entry per language.",
        ),
        (
            entry(descriptions={"de": "Chöre."}),
            "theme.json: term “music”: there are words in “de” but no label.",
        ),
        (
            entry(descriptions={"en": ""}),
            "theme.json: term “music”: the description in “en” is missing or empty.",
        ),
        (entry(synonyms={"en": "choir"}), "theme.json: term “music”: the synonyms in “en” must be a list."),
        (entry(synonyms={"en": [""]}), "theme.json: term “music”: a synonym in “en” is missing or empty."),
        (
            entry(synonyms={"en": ["choir", "Choir"]}),
            "theme.json: term “music”: the synonym “choir” in “en” stands there twice.",
        ),
        (
            entry(parent="culture"),
            "theme.json: term “music”: its parent “culture” does not stand before it in the file.",
        ),
        (
            entry(parent="music"),
            "theme.json: term “music”: its parent “music” does not stand before it in the file.",
        ),
    ],
)
def test_a_broken_term_is_named_with_what_is_wrong(tmp_path: Path, term: Any, message: str) -> None:
    with pytest.raises(VocabularyFileError) as error:
        read(tmp_path, term)
    assert str(error.value) == message


def test_a_code_may_not_stand_there_twice(tmp_path: Path) -> None:
    with pytest.raises(VocabularyFileError) as error:
        read(tmp_path, entry("music"), entry("music", labels={"en": "Song"}))
    assert str(error.value) == "theme.json: term “music”: this code stands there twice."


def test_two_terms_may_not_share_a_label(tmp_path: Path) -> None:
    with pytest.raises(VocabularyFileError) as error:
        read(tmp_path, entry("music"), entry("song", labels={"en": "music"}))
    assert str(error.value) == (
        "theme.json: term “song”: the label “music” in “en” is already that of “music”."
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"scheme": "field"}, "theme.json: “scheme” is “field”; it must equal the file's name."),
        ({"version": ""}, "theme.json: “version” is missing or empty."),
        ({"source": None}, "theme.json: “source” is missing or empty."),
        ({"terms": []}, "theme.json: “terms” must be a list with at least one term."),
        ({"licence": "none"}, "theme.json: the file may not hold “licence”."),
    ],
)
def test_a_broken_head_is_named_with_what_is_wrong(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(VocabularyFileError) as error:
        read(tmp_path, entry(), **changes)
    assert str(error.value) == message


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[" * 100])
def test_a_file_that_is_not_json_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "theme.json"
    path.write_bytes(content)
    with pytest.raises(VocabularyFileError, match=r"^theme\.json is not JSON in UTF-8: "):
        read_file(path)


def test_a_file_that_holds_a_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "theme.json"
    path.write_text("[]")
    with pytest.raises(VocabularyFileError, match=r"^theme\.json: the file must hold one object\.$"):
        read_file(path)


def test_a_folder_without_files_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(VocabularyFileError, match=r"^There are no vocabulary files \(\*\.json\) in "):
        read_folder(tmp_path)
