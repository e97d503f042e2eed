"""Loading the files into the tables."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from concivis.vocabulary import actions
from concivis.vocabulary.actions import LoadOutcome, load_vocabulary
from concivis.vocabulary.files import VocabularyFileError
from concivis.vocabulary.models import Scheme, Term, TermLabel

pytestmark = pytest.mark.django_db

MUSIC = {
    "code": "music",
    "labels": {"en": "Music", "de": "Musik"},
    "descriptions": {"en": "Choirs."},
    "synonyms": {"en": ["choir", "choirs"], "de": ["Chor"]},
}
SPORT = {"code": "sport", "labels": {"en": "Sport"}}
FOOTBALL = {"code": "football", "parent": "sport", "labels": {"en": "Football"}}


def write(folder: Path, *terms: dict[str, Any], scheme: str = "theme", version: str = "1") -> None:
    content = {"scheme": scheme, "version": version, "source": "A test.", "terms": terms}
    (folder / f"{scheme}.json").write_text(json.dumps(content), encoding="utf-8")


def everything() -> list[list[Any]]:
    return [list(model.objects.order_by("pk").values()) for model in (Scheme, Term, TermLabel)]


def test_the_shipped_vocabulary_loads_and_a_second_run_changes_nothing() -> None:
    first = load_vocabulary()
    before = everything()
    second = load_vocabulary()
    total = Term.objects.count()
    assert first == LoadOutcome(new=total, changed=0, unchanged=0, retired=0)
    assert second == LoadOutcome(new=0, changed=0, unchanged=total, retired=0)
    assert everything() == before


def test_terms_keep_the_order_the_words_and_the_parents_of_their_file(tmp_path: Path) -> None:
    write(tmp_path, MUSIC, SPORT, FOOTBALL)
    load_vocabulary(folder=tmp_path)
    stored = Term.objects.in_scheme("theme").values_list("code", "parent__code")
    assert list(stored) == [("music", None), ("sport", None), ("football", "sport")]
    words = TermLabel.objects.filter(term__code="music").order_by("language")
    assert list(words.values_list("language", "label", "description", "synonyms")) == [
        ("de", "Musik", "", ["Chor"]),
        ("en", "Music", "Choirs.", ["choir", "choirs"]),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"labels": {"en": "Musick", "de": "Musik"}},
        {"descriptions": {"en": "Orchestras."}},
        {"synonyms": {"en": ["choir"], "de": ["Chor"]}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_changed_words_are_a_changed_term(tmp_path: Path, change: dict[str, Any]) -> None:
    write(tmp_path, MUSIC, SPORT)
    load_vocabulary(folder=tmp_path)
    before = Term.objects.get(code="music").pk
    write(tmp_path, {**MUSIC, **change}, SPORT)
    assert load_vocabulary(folder=tmp_path) == LoadOutcome(new=0, changed=1, unchanged=1, retired=0)
    assert Term.objects.get(code="music").pk == before
    assert load_vocabulary(folder=tmp_path) == LoadOutcome(new=0, changed=0, unchanged=2, retired=0)


def test_a_language_gone_from_a_term_goes_from_the_table(tmp_path: Path) -> None:
    write(tmp_path, MUSIC)
    load_vocabulary(folder=tmp_path)
    write(tmp_path, {"code": "music", "labels": {"en": "Music"}})
    load_vocabulary(folder=tmp_path)
    assert list(TermLabel.objects.values_list("language", "label")) == [("en", "Music")]


def test_a_term_may_move_under_another_parent(tmp_path: Path) -> None:
    write(tmp_path, MUSIC, SPORT, FOOTBALL)
    load_vocabulary(folder=tmp_path)
    write(tmp_path, MUSIC, SPORT, {**FOOTBALL, "parent": "music"})
    assert load_vocabulary(folder=tmp_path) == LoadOutcome(new=0, changed=1, unchanged=2, retired=0)
    assert Term.objects.get(code="football").parent == Term.objects.get(code="music")


def test_a_term_gone_from_its_file_is_retired_and_keeps_its_words(tmp_path: Path) -> None:
    write(tmp_path, MUSIC, SPORT)
    load_vocabulary(folder=tmp_path)
    write(tmp_path, SPORT)
    assert load_vocabulary(folder=tmp_path) == LoadOutcome(new=0, changed=1, unchanged=0, retired=1)
    assert Term.objects.get(code="music").retired is True
    assert str(Term.objects.get(code="music")) == "Music"
    assert load_vocabulary(folder=tmp_path) == LoadOutcome(new=0, changed=0, unchanged=1, retired=0)


def test_a_retired_term_comes_back_as_the_same_term(tmp_path: Path) -> None:
    write(tmp_path, SPORT, MUSIC)
    load_vocabulary(folder=tmp_path)
    before = Term.objects.get(code="music").pk
    write(tmp_path, SPORT)
    load_vocabulary(folder=tmp_path)
    write(tmp_path, SPORT, MUSIC)
    assert load_vocabulary(folder=tmp_path) == LoadOutcome(new=0, changed=1, unchanged=1, retired=0)
    assert Term.objects.get(code="music", retired=False).pk == before


def test_a_scheme_whose_file_is_missing_stays(tmp_path: Path) -> None:
    write(tmp_path, MUSIC)
    load_vocabulary(folder=tmp_path)
    (tmp_path / "theme.json").unlink()
    write(tmp_path, SPORT, scheme="field")
    load_vocabulary(folder=tmp_path)
    assert list(Term.objects.current().values_list("code", flat=True)) == ["sport", "music"]


def test_the_same_code_may_stand_in_two_schemes(tmp_path: Path) -> None:
    write(tmp_path, SPORT)
    write(tmp_path, SPORT, scheme="field")
    assert load_vocabulary(folder=tmp_path) == LoadOutcome(new=2, changed=0, unchanged=0, retired=0)


def test_a_new_version_is_noted(tmp_path: Path) -> None:
    write(tmp_path, MUSIC)
    load_vocabulary(folder=tmp_path)
    write(tmp_path, MUSIC, version="2")
    assert load_vocabulary(folder=tmp_path) == LoadOutcome(new=0, changed=0, unchanged=1, retired=0)
    assert Scheme.objects.get(code="theme").version == "2"


def test_one_broken_file_leaves_everything_as_it_was(tmp_path: Path) -> None:
    write(tmp_path, MUSIC)
    write(tmp_path, SPORT, scheme="field")
    load_vocabulary(folder=tmp_path)
    before = everything()
    write(tmp_path, SPORT, MUSIC, scheme="field")  # read first, and sound
    write(tmp_path, {"code": "music", "labels": {"en": ""}})
    with pytest.raises(VocabularyFileError) as error:
        load_vocabulary(folder=tmp_path)
    assert str(error.value) == "theme.json: term “music”: the label in “en” is missing or empty."
    assert everything() == before


@pytest.mark.django_db(transaction=True)
def test_a_load_that_breaks_off_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, MUSIC, SPORT)

    def fail_at_sport(scheme: str, position: int, *rest: Any) -> Term:
        if position == 1:
            raise OSError("the disk is full")
        return write_term(scheme, position, *rest)

    write_term = actions._write
    monkeypatch.setattr(actions, "_write", fail_at_sport)
    with pytest.raises(OSError, match="the disk is full"):
        load_vocabulary(folder=tmp_path)
    assert everything() == [[], [], []]


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_vocabulary")
    call_command("load_vocabulary")
    total = Term.objects.count()
    assert capsys.readouterr().out.splitlines() == [
        f"Vocabulary: {total} new, 0 changed, 0 unchanged, 0 retired.",
        f"Vocabulary: 0 new, 0 changed, {total} unchanged, 0 retired.",
    ]


def test_the_command_reports_a_broken_file_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> LoadOutcome:
        raise VocabularyFileError("theme.json: term “music”: this code stands there twice.")

    monkeypatch.setattr("concivis.vocabulary.management.commands.load_vocabulary.load_vocabulary", broken)
    with pytest.raises(CommandError) as error:
        call_command("load_vocabulary")
    assert str(error.value) == "theme.json: term “music”: this code stands there twice."
