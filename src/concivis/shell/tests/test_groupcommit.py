"""One writer that batches: everybody gets their own result, and what fails for one is undone for that one."""

import threading
from collections.abc import Iterator

import pytest

from concivis.accounts.factories import UserFactory
from concivis.accounts.models import User
from concivis.shell import groupcommit
from concivis.shell.groupcommit import Busy, Writer
from concivis.site.outage import Outage, outage

pytestmark = pytest.mark.django_db(transaction=True)


class Wrong(Exception):
    pass


@pytest.fixture(autouse=True)
def _no_writer_outlives_its_test(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Its connection would keep the database of the tests in use."""
    monkeypatch.setattr(groupcommit, "IDLE", 0.01)
    yield
    for thread in threading.enumerate():
        if thread.name == "group commit":
            thread.join(5)


def add(name: str) -> str:
    UserFactory(email=f"{name}@example.org", name=name)
    if name == "wrong":
        raise Wrong
    return name


def test_who_waits_together_is_written_together_and_each_gets_their_own_result() -> None:
    writer, results, begin = Writer(), {}, threading.Barrier(5)

    def ask(name: str) -> None:
        begin.wait()
        try:
            results[name] = writer.run(lambda: add(name))
        except Wrong as error:
            results[name] = type(error).__name__

    names = ["a", "b", "wrong", "c", "d"]
    threads = [threading.Thread(target=ask, args=[name]) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {**{name: name for name in names}, "wrong": "Wrong"}
    assert sorted(User.objects.values_list("name", flat=True)) == ["a", "b", "c", "d"]


def test_an_idle_writer_ends_and_begins_anew() -> None:
    writer = Writer()
    assert writer.run(lambda: add("a")) == "a"
    if thread := writer._thread:
        thread.join(5)
    assert writer._thread is None
    assert writer.run(lambda: add("b")) == "b"


def test_after_a_fork_nothing_of_the_parent_is_left() -> None:
    writer = Writer()
    writer.run(lambda: add("a"))
    writer.begin_anew()
    assert writer._thread is None
    assert writer.run(lambda: add("b")) == "b"


def test_where_too_many_wait_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groupcommit, "MOST_WAITING", 1)
    monkeypatch.setattr(groupcommit, "PATIENCE", 0.01)
    writer = Writer()
    monkeypatch.setattr(writer, "_serve", lambda: None)
    with pytest.raises(Busy, match="too long"):
        writer.run(lambda: add("a"))
    with pytest.raises(Busy, match="Too many") as refused:
        writer.run(lambda: add("b"))
    assert outage(refused.value) is Outage.BUSY


def test_inside_a_transaction_the_work_is_a_part_of_it() -> None:
    from django.db import transaction

    with pytest.raises(Wrong), transaction.atomic():
        groupcommit.run(lambda: add("a"))
        raise Wrong
    assert not User.objects.exists()
