import pytest
from django.conf import settings

from concivis.twinning import journey
from concivis.twinning.enums import ProofKind
from concivis.twinning.steps import RULES

LANGUAGES = {code for code, _ in settings.LANGUAGES}
STEPS = journey.template().steps


def texts_of(step):
    return [step.title, step.aim, *(counting.text for counting in step.evidence)]


def test_the_journey_has_ten_steps():
    assert len({step.code for step in STEPS}) == 10


def test_every_text_of_every_step_is_there_in_every_language():
    wrong = [
        (step.code, text["en"])
        for step in STEPS
        for text in texts_of(step)
        if set(text) != LANGUAGES or not all(words.strip() == words != "" for words in text.values())
    ]
    assert wrong == []


def test_every_step_says_which_evidence_counts():
    assert all(2 <= len(step.evidence) <= 5 for step in STEPS)
    assert {counting.kind for step in STEPS for counting in step.evidence} <= set(ProofKind)


def test_titles_fit_where_titles_stand():
    assert max(len(title) for step in STEPS for title in step.title.values()) <= 80


def test_each_step_is_due_after_the_one_before():
    days = [step.days for step in STEPS]
    assert days == sorted(set(days))


def test_every_rule_belongs_to_a_step():
    assert {*RULES, "team"} <= {step.code for step in STEPS}


def test_a_regional_language_reads_the_language():
    assert journey.label_of("plan", "de-AT") == "Langfristig planen"


def test_a_language_without_texts_reads_english():
    assert journey.label_of("plan", "sq") == "Make a long-term plan"


def test_a_version_that_was_never_shipped_is_not_found():
    with pytest.raises(KeyError):
        journey.template("twelve-steps-1")
