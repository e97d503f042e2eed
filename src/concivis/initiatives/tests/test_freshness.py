"""Never stale: the yearly question, one reminder, the archive, the way back."""

import datetime as dt
import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from concivis.accounts.factories import UserFactory
from concivis.catalogue.models import Card
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.initiatives import actions, cards, factories, freshness
from concivis.initiatives.actions import owners
from concivis.initiatives.enums import Purpose, ReviewState
from concivis.initiatives.models import Initiative

pytestmark = pytest.mark.django_db(databases="__all__")
A_YEAR = timedelta(days=366)


def later(days: int) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(days=days))


def keep_fresh(capture: object) -> int:
    with capture(execute=True):  # type: ignore[operator]
        return freshness.keep_fresh()


def own_page(initiative: Initiative) -> str:
    return f"/en/initiatives/mine/{owners.new_key(initiative, Purpose.EDIT)}/"


def test_nobody_is_asked_within_the_year(django_capture_on_commit_callbacks: object) -> None:
    factories.initiative()
    with later(300):
        assert keep_fresh(django_capture_on_commit_callbacks) == 0


def test_the_owner_is_asked_after_a_year_once(django_capture_on_commit_callbacks: object) -> None:
    factories.initiative()
    with later(366):
        keep_fresh(django_capture_on_commit_callbacks)
        keep_fresh(django_capture_on_commit_callbacks)
    assert [letter.to for letter in mail.outbox] == [["owner@example.org"]]


def test_the_owner_is_reminded_once(django_capture_on_commit_callbacks: object) -> None:
    factories.initiative()
    for days in (366, 400, 440, 480):
        with later(days):
            keep_fresh(django_capture_on_commit_callbacks)
    assert len(mail.outbox) == 2


def test_after_two_years_it_is_archived_and_nothing_deleted(
    django_capture_on_commit_callbacks: object,
) -> None:
    made = factories.initiative()
    for days in (366, 400, 732):
        with later(days):
            keep_fresh(django_capture_on_commit_callbacks)
    made.refresh_from_db()
    assert (made.state, Card.objects.filter(kind=cards.KIND).count()) == (ReviewState.ARCHIVED, 0)


def test_nothing_is_archived_whose_owner_was_not_asked(django_capture_on_commit_callbacks: object) -> None:
    made = factories.initiative()
    with later(1000):
        keep_fresh(django_capture_on_commit_callbacks)
    made.refresh_from_db()
    assert made.state == ReviewState.PUBLISHED


def test_a_hub_has_its_own_months(django_capture_on_commit_callbacks: object) -> None:
    made = factories.initiative()
    by = MembershipFactory(hub=made.hub).user
    actions.set_rules(by=by, hub=made.hub, ask_after_months=3, archive_after_months=6)
    with later(100):
        assert keep_fresh(django_capture_on_commit_callbacks) == 1


def test_archiving_comes_after_asking() -> None:
    hub = HubFactory()
    with pytest.raises(ValidationError):
        actions.set_rules(
            by=MembershipFactory(hub=hub).user, hub=hub, ask_after_months=12, archive_after_months=12
        )


def test_a_killed_job_asks_nobody_twice(
    django_capture_on_commit_callbacks: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It dies between two entries: the next run asks about the second alone."""
    hub = HubFactory()
    for number in range(2):
        factories.initiative(hub=hub, owner=actions.Owner(email=f"o{number}@example.org"))
    asked = actions.ask_owner
    calls = []

    def dying(*, initiative: Initiative) -> bool:
        if calls:
            raise KeyboardInterrupt
        calls.append(initiative)
        return asked(initiative=initiative)

    with later(366):
        monkeypatch.setattr(actions, "ask_owner", dying)
        with (
            pytest.raises(KeyboardInterrupt),
            django_capture_on_commit_callbacks(execute=True),  # type: ignore[operator]
        ):
            freshness.keep_fresh()
        monkeypatch.undo()
        mail.outbox.clear()
        assert keep_fresh(django_capture_on_commit_callbacks) == 1


def test_the_three_buttons_stand_on_the_page_of_the_mail(
    client: Client, django_capture_on_commit_callbacks: object
) -> None:
    factories.initiative()
    with later(366):
        keep_fresh(django_capture_on_commit_callbacks)
        found = re.search(r"http://localhost:8000(/\S+)", mail.outbox[0].body)
        assert found
        page = client.get(found[1]).content.decode()
    assert [words in page for words in ("Yes, still valid", "Update the entry", "Archive it")] == [True] * 3


def test_opening_the_link_confirms_nothing(client: Client) -> None:
    made = factories.initiative()
    with later(30):
        client.get(own_page(made))
    made.refresh_from_db()
    assert made.last_confirmed == dt.date.today() or made.last_confirmed < dt.date.today() + timedelta(days=2)


def test_still_valid_is_one_click_without_login(client: Client) -> None:
    made = factories.initiative()
    with later(366):
        actions.ask_owner(initiative=made)
        client.post(f"{own_page(made)}valid/")
        made.refresh_from_db()
        assert (made.last_confirmed, made.asked_at) == (timezone.localdate(), None)


@pytest.mark.parametrize("action", ["valid", "archive", "restore"])
def test_a_link_that_is_only_opened_does_nothing(client: Client, action: str) -> None:
    assert client.get(f"{own_page(factories.initiative())}{action}/").status_code == 405


def test_the_owner_archives_and_brings_back(client: Client) -> None:
    made = factories.initiative()
    page = own_page(made)
    client.post(f"{page}archive/")
    made.refresh_from_db()
    assert made.state == ReviewState.ARCHIVED
    client.post(f"{page}restore/")
    made.refresh_from_db()
    assert (made.state, made.changed_unseen) == (ReviewState.PUBLISHED, True)


def test_what_the_owner_changes_is_shown_to_the_office(client: Client) -> None:
    made = factories.initiative("Old")
    page = f"{own_page(made)}edit/"
    form = client.get(page).context["form"]
    sent = {name: value for name, value in form.initial.items() if isinstance(value, str | int)}
    client.post(page, {**sent, "title": "New", "summary": "Something."})
    made.refresh_from_db()
    assert (made.title, made.changed_unseen) == ("New", True)


def test_a_form_begun_before_another_change_is_not_saved_unseen(client: Client) -> None:
    made = factories.initiative("Old")
    page = f"{own_page(made)}edit/"
    sent = {
        "title": "New",
        "summary": "x",
        "language": "en",
        "kind": "project",
        "stage": "running",
        "revision": "0",
    }
    response = client.post(page, sent)
    made.refresh_from_db()
    assert (made.title, bool(response.context["form"].non_field_errors())) == ("Old", True)


def test_after_the_conflict_was_shown_another_try_is_saved(client: Client) -> None:
    made = factories.initiative("Old")
    page = f"{own_page(made)}edit/"
    sent = {
        "title": "New",
        "summary": "x",
        "language": "en",
        "kind": "project",
        "stage": "running",
        "revision": "0",
    }
    shown = client.post(page, sent).context["form"]["revision"].value()
    client.post(page, {**sent, "revision": shown})
    made.refresh_from_db()
    assert made.title == "New"


def test_a_link_expires_and_can_be_asked_for_anew(client: Client) -> None:
    page = own_page(factories.initiative())
    with later(91):
        response = client.get(page)
    assert (response.status_code, "new link" in response.content.decode()) == (410, True)


def test_a_cut_link_opens_nothing(client: Client) -> None:
    assert client.get(own_page(factories.initiative())[:-6] + "/").status_code == 404


def test_the_key_of_a_confirmation_does_not_edit(client: Client) -> None:
    made = factories.initiative(published=False)
    key = owners.new_key(made, Purpose.CONFIRM)
    assert client.get(f"/en/initiatives/mine/{key}/").status_code == 404


def test_an_earlier_owner_has_no_key_any_more(client: Client) -> None:
    made = factories.initiative()
    page = own_page(made)
    by = MembershipFactory(hub=made.hub).user
    actions.change_owner(by=by, initiative=made, owner=actions.Owner(email="new@example.org"))
    assert client.get(page).status_code == 410


@pytest.mark.parametrize(("asker", "letters"), [("owner@example.org", 1), ("other@example.org", 0)])
def test_a_new_link_goes_to_the_owner_alone(
    asker: str, letters: int, django_capture_on_commit_callbacks: object
) -> None:
    made = factories.initiative()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        owners.ask_for_link(initiative=made, email=asker)
    assert len(mail.outbox) == letters


def test_the_page_that_asks_for_a_link_tells_nobody_who_the_owner_is(client: Client) -> None:
    made = factories.initiative()
    assert "owner@example.org" not in client.get(f"/en/initiatives/{made.public_id}/link/").content.decode()


def test_whose_account_has_the_address_goes_on_without_a_letter(client: Client) -> None:
    user = UserFactory()
    made = factories.initiative(owner=actions.Owner(email=user.email))
    client.force_login(user)
    response = client.post(f"/en/initiatives/{made.public_id}/link/")
    assert client.get(response["Location"]).status_code == 200


def test_another_account_does_not(client: Client) -> None:
    client.force_login(UserFactory())
    response = client.post(f"/en/initiatives/{factories.initiative().public_id}/link/")
    assert response.status_code == 200
