import datetime as dt

import pytest

from concivis.desk import today
from concivis.desk.today import Section
from concivis.hubs import hooks, matters
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.matters import Kind, Matter, Urgency
from concivis.hubs.models import Handling
from concivis.hubs.permissions import Permission
from concivis.hubs.testing import asks, assert_permission_table, people_around

pytestmark = pytest.mark.django_db(databases="__all__")

DAY = dt.date(2026, 6, 1)
PAGE = "/en/office/hamm/today/"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC), tick=False)


@pytest.fixture
def hub():
    return HubFactory(name="Hamm", slug="hamm")


@pytest.fixture
def editor(hub, client):
    user = MembershipFactory(hub=hub, role="editor", user__name="Ada Editor").user
    client.force_login(user)
    return user


@pytest.fixture(autouse=True)
def found(monkeypatch):
    """What the only source finds; a test adds to it."""
    waiting = []
    monkeypatch.setattr(hooks, "matters", [lambda hub: list(waiting)])
    monkeypatch.setitem(matters.KINDS, "tie", Kind("tie", "Partnerships"))
    monkeypatch.setitem(matters.KINDS, "task", Kind("task", "Tasks"))
    return waiting


def matter(key="a", **columns):
    given = {
        "kind": "tie",
        "title": f"About {key}",
        "why": "It waits.",
        "url": f"/{key}/",
        "action": "Look",
        "permission": Permission.EDIT_PARTNERSHIPS,
        **columns,
    }
    return Matter(key=key, **given)


def shown(client, query=""):
    return client.get(PAGE + query).content.decode()


def act(client, name, value="", **more):
    return client.post(PAGE + "act/", {name: value, **more}, follow=True).content.decode()


@pytest.mark.parametrize(
    ("columns", "section"),
    [
        ({"due": DAY - dt.timedelta(days=1), "urgency": Urgency.LATER}, Section.OVERDUE),
        ({"due": DAY, "urgency": Urgency.LATER}, Section.NOW),
        ({"urgency": Urgency.NOW}, Section.NOW),
        ({"due": DAY + dt.timedelta(days=7), "urgency": Urgency.LATER}, Section.WEEK),
        ({"due": DAY + dt.timedelta(days=8)}, Section.SOON),
        ({"urgency": Urgency.LATER}, Section.LATER),
    ],
)
def test_a_date_decides_where_a_matter_stands_then_its_urgency(columns, section):
    assert today.section_of(matter(**columns), DAY) == section


def test_each_matter_stands_in_its_section_with_the_way_to_do_something(client, editor, found):
    found += [matter("late", due=dt.date(2026, 5, 1)), matter("calm", urgency=Urgency.LATER)]
    page = shown(client)
    assert page.index("<h2>Overdue") < page.index("was due on May 1, 2026")
    assert page.index("About late") < page.index("<h2>When there is time") < page.index("About calm")
    assert '<a class="button button-quiet" href="/late/">Look' in page


def test_where_nothing_needs_attention_the_page_says_what_will_stand_there(client, editor):
    assert "Nothing needs attention" in shown(client)


def test_a_matter_that_is_done_goes_and_undo_brings_it_back(client, editor, found):
    found.append(matter())
    page = act(client, "done", "a")
    assert "1 matter is done." in page
    assert "Nothing needs attention" in page
    client.post(PAGE + "bring-back/", {"key": "a"})
    assert "About a" in shown(client)
    assert "is done" not in shown(client)


def test_a_matter_is_put_off_for_a_week_by_its_own_button(client, editor, found):
    found.append(matter())
    assert "Put off until June 8, 2026: 1 matter." in act(client, "week", "a")
    assert "Put off until June 8, 2026" in shown(client, "?aside=1")


def test_a_button_of_one_matter_does_not_touch_those_chosen(client, editor, found):
    found += [matter("a"), matter("b")]
    act(client, "done", "a", chosen=["b"])
    assert list(Handling.objects.values_list("key", flat=True)) == ["a"]


def test_several_are_done_at_once(client, editor, found):
    found += [matter("a"), matter("b"), matter("c")]
    assert "2 matters are done." in act(client, "done", chosen=["a", "b"])
    assert [each.key for each in matters.waiting(editor.memberships.get().hub, frozenset(Permission))] == [
        "c"
    ]


def test_several_are_put_off_until_a_day(client, editor, found):
    found += [matter("a"), matter("b")]
    act(client, "later", chosen=["a", "b"], until="2026-07-01")
    assert set(Handling.objects.values_list("until", flat=True)) == {dt.date(2026, 7, 1)}


@pytest.mark.parametrize("until", ["", "2026-06-01", "2028-01-01", "tomorrow", "2026-13-45"])
def test_a_day_that_is_none_puts_nothing_off(client, editor, found, until):
    found.append(matter())
    act(client, "later", chosen=["a"], until=until)
    assert Handling.objects.count() == 0


def test_a_matter_is_taken_by_who_reads_it(client, editor, found):
    found.append(matter())
    assert "You see to it now." in act(client, "mine", "a")
    assert Handling.objects.get().assignee == editor


def test_several_are_given_to_a_colleague_and_to_nobody(client, editor, found, hub):
    other = MembershipFactory(hub=hub, user__name="Ben").user
    found += [matter("a"), matter("b")]
    assert "Ben sees to it now." in act(client, "assign", chosen=["a", "b"], person=other.pk)
    act(client, "assign", chosen=["a"], person="")
    assert list(Handling.objects.order_by("key").values_list("assignee", flat=True)) == [None, other.pk]


@pytest.mark.parametrize("person", ["0", "-1", "x", "999999"])
def test_nobody_from_elsewhere_is_given_a_matter(client, editor, found, person):
    found.append(matter())
    assert "Only a member of this office" in act(client, "assign", chosen=["a"], person=person)


def test_without_a_chosen_matter_nothing_is_done(client, editor, found):
    assert "Choose a matter first." in act(client, "done")
    assert "Choose a matter first." in act(client, "done", "made up")


def test_a_button_that_is_none_is_not_found(client, editor):
    assert client.post(PAGE + "act/", {"burn": "a"}).status_code == 404


def test_the_list_is_narrowed_to_ones_own_and_to_what_nobody_has(client, editor, found):
    found += [matter("a"), matter("b", assignee=editor.pk)]
    mine, nobodys = shown(client, "?whose=mine"), shown(client, "?whose=nobodys")
    assert ("About a" in mine, "About b" in mine) == (False, True)
    assert ("About a" in nobodys, "About b" in nobodys) == (True, False)


def test_the_list_is_narrowed_to_a_kind(client, editor, found):
    found += [matter("a"), matter("b", kind="task")]
    page = shown(client, "?kind=task")
    assert ("About a" in page, "About b" in page) == (False, True)


def test_after_acting_one_is_back_on_the_same_list(client, editor, found):
    found.append(matter())
    answer = client.post(PAGE + "act/", {"done": "a", "back": "kind=tie&whose=mine&next=//evil.example"})
    assert answer["Location"] == f"{PAGE}?kind=tie&whose=mine"


def test_who_may_not_act_sees_without_buttons_and_does_nothing(client, hub, found):
    client.force_login(MembershipFactory(hub=hub, role="observer").user)
    found.append(matter())
    page = shown(client)
    assert ("About a" in page, 'name="done"' in page) == (True, False)
    act(client, "done", "a")
    assert Handling.objects.count() == 0


def test_who_may_not_act_brings_nothing_back(client, hub, editor, found):
    found.append(matter())
    act(client, "done", "a")
    client.force_login(MembershipFactory(hub=hub, role="observer").user)
    client.post(PAGE + "bring-back/", {"key": "a"})
    assert Handling.objects.get().done_at is not None


def test_what_one_may_not_know_of_is_not_even_counted(client, hub, found):
    client.force_login(MembershipFactory(hub=hub, role="observer").user)
    found.append(matter(seen_with=Permission.WORK_AT_DESK))
    assert "About a" not in shown(client)
    assert client.get(PAGE + "count/").content.strip() == b""


def test_the_menu_counts_what_waits_and_notices_what_is_done(client, editor, found):
    found += [matter("a"), matter("b")]
    assert '<span class="count">2' in client.get(PAGE + "count/").content.decode()
    act(client, "done", "a")
    assert '<span class="count">1' in client.get(PAGE + "count/").content.decode()


def test_today_is_the_first_page_of_the_office(client, editor):
    page = client.get("/en/office/hamm/").content.decode()
    assert page.index(f'href="{PAGE}"') < page.index('href="/en/office/hamm/" aria-current')
    assert f'href="{PAGE}"' in client.get("/en/hubs/mine/").content.decode()


def test_the_address_of_before_leads_to_today(client, editor):
    assert client.get("/en/office/hamm/attention/")["Location"] == PAGE


def test_a_long_list_is_read_page_by_page(client, editor, found):
    found += [matter(f"m{number:02}") for number in range(30)]
    assert "About m24" in shown(client)
    assert "About m25" not in shown(client)
    assert "About m25" in shown(client, "?page=2")


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_queries_however_many_matters(client, editor, found, count):
    found += [matter(str(number)) for number in range(count)]
    # person, hub, roles; put aside, assigned, members for them, members for the choice
    with asks(7):
        shown(client)


def test_who_may_open_and_act(hub, found):
    rows = [
        ("GET", PAGE, "login 404 200 200 200 200 200 404"),
        ("GET", PAGE + "count/", "login 404 200 200 200 200 200 404"),
        ("POST", PAGE + "act/", "login 404 302 302 302 302 302 404", {"done": ""}),
        ("POST", PAGE + "bring-back/", "login 404 302 302 302 302 302 404"),
        ("GET", PAGE + "letters/", "login 404 200 200 200 200 200 404"),
        ("POST", PAGE + "letters/", "login 404 302 302 302 302 302 404", {"wants": "0"}),
    ]
    assert_permission_table(people_around(hub), rows)
