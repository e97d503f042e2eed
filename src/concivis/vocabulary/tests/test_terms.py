"""A term in the reader's language."""

import pytest
from django.db import IntegrityError
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from concivis.vocabulary import queries
from concivis.vocabulary.actions import load_vocabulary
from concivis.vocabulary.factories import TermFactory
from concivis.vocabulary.models import Term, TermLabel

pytestmark = pytest.mark.django_db

YOUTH = {"en": "Youth", "de": "Jugend"}


@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "Youth"), ("de", "Jugend"), ("de-at", "Jugend"), ("fr", "Youth"), (None, "Youth")],
)
def test_the_label_is_in_the_active_language_else_english(language: str | None, label: str) -> None:
    term = TermFactory(texts=YOUTH)
    with override(language):
        assert term.label == label
        assert Term.objects.with_labels().get().label == label


def test_a_term_without_words_shows_its_code() -> None:
    term = TermFactory(code="youth")
    assert (term.label, term.description) == ("youth", "")
    assert Term.objects.with_labels().get().label == "youth"


def test_a_term_not_saved_yet_shows_its_code() -> None:
    assert str(Term(code="youth")) == "youth"


def test_a_term_follows_when_the_language_changes() -> None:
    term = TermFactory(texts=YOUTH)
    with override("de"):
        assert term.label == "Jugend"
    with override("en"):
        assert term.label == "Youth"


def test_an_empty_description_is_not_made_up_from_english() -> None:
    term = TermFactory(texts=YOUTH)
    TermLabel.objects.filter(language="en").update(description="Exchanges.")
    with override("de"):
        assert (term.label, term.description) == ("Jugend", "")


def test_the_description_is_in_the_active_language_too() -> None:
    load_vocabulary()
    with override("it"):
        found = Term.objects.in_scheme("field").with_labels().get(code="youth")
        assert (found.label, found.description) == (
            "Giovani",
            "Scambi, scuole e progetti fatti da e per bambini e giovani.",
        )


@pytest.mark.parametrize("terms", [1, 3])
def test_labels_cost_no_query_however_many_terms(
    terms: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    TermFactory.create_batch(terms, texts=YOUTH)
    with override("de"), django_assert_num_queries(1):
        assert [str(term) for term in Term.objects.in_scheme("field").with_labels()] == ["Jugend"] * terms


@pytest.mark.parametrize("terms", [1, 3])
def test_the_terms_of_a_scheme_cost_one_query(
    terms: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    TermFactory.create_batch(terms, texts=YOUTH)
    with django_assert_num_queries(1):
        assert [term.label for term in queries.terms("field")] == ["Youth"] * terms


def test_a_form_is_offered_no_retired_term() -> None:
    TermFactory(code="old", retired=True)
    TermFactory(code="new")
    assert [term.code for term in queries.terms("field")] == ["new"]


def test_terms_come_in_the_order_of_their_file() -> None:
    TermFactory(code="second", position=1)
    TermFactory(code="first", position=0)
    assert [term.code for term in queries.terms("field")] == ["first", "second"]


def test_a_code_stands_once_in_a_scheme() -> None:
    TermFactory(code="youth")
    with pytest.raises(IntegrityError):
        TermFactory(code="youth")


def test_a_term_has_one_label_per_language() -> None:
    term = TermFactory(texts=YOUTH)
    with pytest.raises(IntegrityError):
        TermLabel.objects.create(term=term, language="de", label="Die Jugend")


def test_a_label_is_never_empty() -> None:
    with pytest.raises(IntegrityError):
        TermLabel.objects.create(term=TermFactory(), language="de", label="")


def test_a_term_is_not_its_own_parent() -> None:
    term = TermFactory()
    term.parent = term
    with pytest.raises(IntegrityError):
        term.save()
