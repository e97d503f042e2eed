import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concivis.accounts.factories import UserFactory
from concivis.hubs import handling, hooks, matters
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.matters import Kind, Matter, Urgency
from concivis.hubs.models import Handling, RecordLine
from concivis.hubs.permissions import Permission

pytestmark = pytest.mark.django_db

VIEW = {Permission.VIEW_OFFICE}


@pytest.fixture(autouse=True)
def on_first_of_june(time_machine):
    time_machine.move_to(dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC), tick=False)


@pytest.fixture
def hub():
    return HubFactory()


@pytest.fixture
def member(hub):
    return MembershipFactory(hub=hub, role="editor").user


@pytest.fixture
def found(monkeypatch):
    """What the only source finds; a test adds to it."""
    waiting = []
    monkeypatch.setattr(hooks, "matters", [lambda hub: waiting])
    return waiting


@pytest.fixture
def settled(monkeypatch):
    """A kind whose room is told what is done and what is taken back."""
    told = []
    kind = Kind(
        "task",
        "Tasks",
        settle=lambda *, hub, object_id, by: told.append(("settled", object_id)),
        reopen=lambda *, hub, object_id, by: told.append(("reopened", object_id)),
    )
    monkeypatch.setitem(matters.KINDS, "task", kind)
    monkeypatch.setitem(matters.KINDS, "other", Kind("other", "Others"))
    return told


def matter(key="a", **columns):
    given = {"kind": "other", "title": key, "why": "", "url": "/", "action": "", **columns}
    return Matter(key=key, **given)


def keys(hub, allowed=VIEW):
    return [each.key for each in matters.waiting(hub, allowed)]


def test_the_most_urgent_then_what_is_due_first_then_the_oldest_stands_first(hub, found):
    day = dt.date(2026, 6, 1)
    found += [
        matter("later", urgency=Urgency.LATER, due=day),
        matter("old", since=day),
        matter("new", since=day + dt.timedelta(days=1)),
        matter("due", due=day + dt.timedelta(days=9)),
        matter("now", urgency=Urgency.NOW),
    ]
    assert keys(hub) == ["now", "due", "old", "new", "later"]


def test_who_may_not_know_of_a_matter_is_not_shown_it(hub, found):
    found.append(matter(seen_with=Permission.WORK_AT_DESK))
    assert keys(hub) == []
    assert keys(hub, {Permission.WORK_AT_DESK}) == ["a"]


def test_what_is_put_off_comes_back_on_its_day(hub, member, found, settled, time_machine):
    found.append(matter())
    handling.put_off(by=member, hub=hub, matters=found, until=dt.date(2026, 6, 8))
    assert keys(hub) == []
    time_machine.move_to(dt.datetime(2026, 6, 8, 12, tzinfo=dt.UTC))
    assert keys(hub) == ["a"]


@pytest.mark.parametrize("until", [dt.date(2026, 6, 1), dt.date(2027, 6, 3)])
def test_a_matter_is_put_off_into_the_next_year_only(hub, member, settled, until):
    with pytest.raises(ValidationError):
        handling.put_off(by=member, hub=hub, matters=[matter()], until=until)


def test_what_is_done_stays_away_until_its_cause_is_another(hub, member, found, settled):
    found.append(matter("until 2026"))
    handling.done(by=member, hub=hub, matters=found)
    assert keys(hub) == []
    found[:] = [matter("until 2027")]
    assert keys(hub) == ["until 2027"]


def test_what_one_office_has_done_another_still_has_before_it(hub, member, found, settled):
    found.append(matter())
    handling.done(by=member, hub=hub, matters=found)
    assert keys(HubFactory()) == ["a"]


def test_done_settles_the_matter_in_its_room_and_undo_reopens_it(hub, member, found, settled):
    found.append(matter(kind="task", object_id="7"))
    handling.done(by=member, hub=hub, matters=found)
    assert handling.bring_back(by=member, hub=hub, keys=["a"]) == 1
    assert settled == [("settled", "7"), ("reopened", "7")]
    assert keys(hub) == ["a"]


def test_what_was_put_off_is_brought_back_without_reopening_anything(hub, member, found, settled):
    found.append(matter(kind="task", object_id="7"))
    handling.put_off(by=member, hub=hub, matters=found, until=dt.date(2026, 6, 8))
    handling.bring_back(by=member, hub=hub, keys=["a"])
    assert (keys(hub), settled) == (["a"], [])


def test_nothing_is_brought_back_twice_or_out_of_another_office(hub, member, found, settled):
    handling.done(by=member, hub=hub, matters=[matter()])
    assert handling.bring_back(by=member, hub=HubFactory(), keys=["a"]) == 0
    assert handling.bring_back(by=member, hub=hub, keys=["a"]) == 1
    assert handling.bring_back(by=member, hub=hub, keys=["a"]) == 0


def test_a_matter_is_given_to_a_member_and_taken_back(hub, member, settled):
    handling.assign(by=member, hub=hub, matters=[matter()], to=member)
    assert matters.assignees(hub) == {"a": member.pk}
    handling.assign(by=member, hub=hub, matters=[matter()], to=None)
    assert matters.assignees(hub) == {}


def test_a_room_that_keeps_who_is_to_do_it_is_told(hub, member, monkeypatch):
    told = []
    kind = Kind("case", "Cases", assign=lambda *, hub, object_id, to, by: told.append((object_id, to)))
    monkeypatch.setitem(matters.KINDS, "case", kind)
    handling.assign(by=member, hub=hub, matters=[matter(kind="case", object_id="7")], to=member)
    assert (told, matters.assignees(hub)) == ([("7", member)], {})


def test_only_a_member_is_given_a_matter(hub, member, settled):
    with pytest.raises(ValidationError, match="Only a member"):
        handling.assign(by=member, hub=hub, matters=[matter()], to=UserFactory())


def test_giving_a_matter_to_somebody_leaves_it_put_off(hub, member, found, settled):
    found.append(matter())
    handling.put_off(by=member, hub=hub, matters=found, until=dt.date(2026, 6, 8))
    handling.assign(by=member, hub=hub, matters=found, to=member)
    assert Handling.objects.get().until == dt.date(2026, 6, 8)


def test_the_record_counts_what_was_done_without_saying_whose(hub, member, settled):
    handling.done(by=member, hub=hub, matters=[matter("a"), matter("b", title="Somebody")])
    assert RecordLine.objects.get(action="matters.done").details == {"count": 2, "kinds": ["other"]}


@pytest.mark.parametrize("count", [1, 3])
def test_handling_costs_the_same_queries_however_many_matters(hub, member, settled, count):
    several = [matter(str(number)) for number in range(count)]
    handling.assign(by=member, hub=hub, matters=[matter("first")], to=None)
    with CaptureQueriesContext(connection) as asked:
        handling.done(by=member, hub=hub, matters=several)
    assert sum('"hubs_handling"' in query["sql"] for query in asked) == 1
