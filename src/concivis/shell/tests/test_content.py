from dataclasses import dataclass

import pytest
from django.core.exceptions import ValidationError

from concivis.shell import content
from concivis.shell.content import TextState, choose


@dataclass
class Written:
    """A source as the functions see it, without a table."""

    language: str = "de"
    text_revision: int = 2
    title: str = "Schulpartnerschaft"
    story: str = "Wir fahren."

    def source_texts(self) -> dict[str, str]:
        return {"title": self.title, "story": self.story}


class Row:
    def __init__(
        self, language: str, title: str, story: str = "", origin: str = "human", of: int = 2
    ) -> None:
        self.language, self.title, self.story = language, title, story
        self.origin, self.of_revision = origin, of

    state_against = content.Translation.state_against


ENGLISH, ITALIAN = Row("en", "School partnership"), Row("it", "Gemellaggio", origin="machine")


def test_a_reader_sees_the_translation_in_their_language() -> None:
    shown = choose(Written(), [ENGLISH, ITALIAN], ["it", "en"])
    assert (shown.texts["title"], shown.language, shown.state) == ("Gemellaggio", "it", TextState.MACHINE)


def test_what_is_not_translated_of_a_text_stays_in_the_original() -> None:
    assert choose(Written(), [ENGLISH], ["en"]).texts["story"] == "Wir fahren."


def test_without_a_translation_the_original_is_shown() -> None:
    shown = choose(Written(), [ENGLISH], ["fr"])
    assert (shown.language, shown.is_original) == ("de", True)


def test_the_original_is_shown_before_a_less_wanted_translation() -> None:
    assert choose(Written(), [ENGLISH], ["de", "en"]).is_original


def test_another_form_of_the_language_is_better_than_another_language() -> None:
    assert choose(Written(), [Row("pt-BR", "Parceria"), ENGLISH], ["pt", "en"]).language == "pt-BR"


def test_the_order_of_the_rows_decides_nothing() -> None:
    rows = [Row("pt-PT", "a"), Row("pt-BR", "b")]
    assert choose(Written(), rows, ["pt"]) == choose(Written(), rows[::-1], ["pt"])


def test_a_reader_who_asks_for_the_original_gets_it() -> None:
    assert choose(Written(), [ENGLISH], ["en"], exactly="de").is_original


def test_a_language_that_is_not_there_cannot_be_asked_for() -> None:
    assert choose(Written(), [ENGLISH], ["en"], exactly="xx").language == "en"


def test_a_translation_of_an_earlier_text_is_outdated() -> None:
    assert choose(Written(), [Row("en", "Old", of=1)], ["en"]).state == TextState.OUTDATED


def test_each_language_has_a_state() -> None:
    found = content.states(
        Written(), [ENGLISH, ITALIAN, Row("fr", "Vieux", of=1)], ["de", "en", "it", "fr", "ro"]
    )
    assert found == {"de": "original", "en": "human", "it": "machine", "fr": "outdated", "ro": "missing"}


def test_the_revision_rises_only_when_the_text_has_changed() -> None:
    written = Written()
    assert not content.source_changed(written, written.source_texts())
    assert content.source_changed(written, {"title": "Früher", "story": "Wir fahren."})
    assert written.text_revision == 3


@pytest.mark.parametrize(("tag", "written"), [("DE", "de"), ("pt_br", "pt-BR"), ("zh-hant", "zh-Hant")])
def test_tags_are_written_in_one_way(tag: str, written: str) -> None:
    assert content.require_language(tag) == written


@pytest.mark.parametrize("tag", ["", "german", "qqq", "de-", "<script>", "1"])
def test_what_is_no_language_is_refused(tag: str) -> None:
    with pytest.raises(ValidationError):
        content.require_language(tag)
