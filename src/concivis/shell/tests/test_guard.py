from datetime import timedelta

import pytest
import time_machine
from django import forms
from django.test import RequestFactory
from django.utils import timezone

from concivis.shell import guard


class Letter(guard.GuardedForm):
    texts = ("text",)
    text = forms.CharField()


def sent(after: int = 10, **answers: str) -> Letter:
    """The form as somebody sends it `after` so many seconds."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        drawn = Letter().initial["drawn"]
        clock.shift(timedelta(seconds=after))
        form = Letter({"text": "Hello", "drawn": drawn, **answers})
        form.is_valid()
    return form


def test_a_person_gets_through() -> None:
    assert sent().is_valid()


def test_who_fills_what_people_do_not_see_is_a_program() -> None:
    assert not sent(nickname="Robot").is_valid()


def test_nobody_writes_within_a_second() -> None:
    assert not sent(after=1).is_valid()


def test_a_stamp_of_last_month_is_too_old() -> None:
    assert not sent(after=60 * 60 * 24 * 30).is_valid()


@pytest.mark.parametrize("stamp", ["", "form", "form:abc:def"])
def test_a_stamp_that_we_did_not_make_is_none(stamp: str) -> None:
    assert not sent(drawn=stamp).is_valid()


@pytest.mark.parametrize("text", ["<a href='x'>buy</a>", "[url=x]", "http://a.b " * 4])
def test_texts_of_advertisers_are_refused(text: str) -> None:
    assert list(sent(text=text).errors) == ["text"]


def test_one_link_is_no_advertisement() -> None:
    assert sent(text="See https://example.org").is_valid()


def test_an_address_is_counted_by_the_hour() -> None:
    request = RequestFactory().post("/", REMOTE_ADDR="203.0.113.7")
    assert [guard.too_many(request, "test", most=2) for _ in range(3)] == [False, False, True]


def test_another_address_is_counted_by_itself() -> None:
    for last in range(5):
        request = RequestFactory().post("/", REMOTE_ADDR=f"203.0.113.{100 + last}")
        assert not guard.too_many(request, "another-test", most=1)


def test_the_same_thing_again_is_counted_once() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.8")
    asked = ["a", "b", "a", "a", "c", "b", "c"]
    found = [guard.too_many(request, "which-test", most=2, of=each) for each in asked]
    assert found == [False, False, False, False, True, False, True]
