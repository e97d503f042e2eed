"""One side asks, the other answers: nobody's address is shown before both have agreed."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from concivis.accounts.factories import UserFactory
from concivis.accounts.people import Person
from concivis.directory import actions as directory
from concivis.directory.factories import organisation
from concivis.hubs.factories import HubFactory, WebhookFactory
from concivis.hubs.models import Delivery, RecordLine
from concivis.initiatives import actions as initiatives
from concivis.introductions import actions, entries, personal
from concivis.introductions.actions import Contact
from concivis.introductions.enums import Outcome, State
from concivis.introductions.factories import ADA, BEN, asked, brokered, entry, introduced
from concivis.introductions.models import Introduction, Side

pytestmark = pytest.mark.django_db
OTHERS = Contact(name="Example Ben", email=BEN)


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


def sides(introduction: Introduction) -> tuple[Side, Side]:
    found = Introduction.objects.with_sides().get(pk=introduction.pk)
    first, second = found.sides.all()
    return first, second


def test_the_other_side_is_asked_by_a_letter_in_its_language_without_the_askers_address(
    mailoutbox: list, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    choir = entry("A choir", email=ADA)
    theatre = entry("A theatre", email=BEN, language="de")
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        asked(choir, theatre, message="Shall we sing together?")
    assert [letter.to for letter in mailoutbox] == [[BEN]]
    assert ADA not in mailoutbox[0].body
    assert "Shall we sing together?" in mailoutbox[0].body
    assert "/de/introductions/yours/" in mailoutbox[0].body


def test_once_both_agreed_each_gets_what_the_other_agreed_to_show(
    mailoutbox: list, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    made = asked(contact=Contact(name="Ada", phone="+49 1234"))
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.agree(by=None, side=sides(made)[1], contact=OTHERS)
    letters = {letter.to[0]: letter.body for letter in mailoutbox}
    assert set(letters) == {ADA, BEN}
    assert "+49 1234" in letters[BEN]
    assert ADA not in letters[BEN]
    assert BEN in letters[ADA]
    made.refresh_from_db()
    assert made.state == State.INTRODUCED


def test_a_decline_is_told_to_who_asked_without_its_reason_and_the_contact_is_blanked(
    mailoutbox: list, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    made = asked()
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.decline(by=None, side=sides(made)[1], note="No time this year")
    assert [letter.to for letter in mailoutbox] == [[ADA]]
    assert "No time" not in mailoutbox[0].body
    first, second = sides(made)
    assert (first.contact_email, second.answer_note) == ("", "No time this year")


def test_asking_twice_is_told_plainly() -> None:
    choir, theatre = entry(email=ADA), entry(email=BEN)
    asked(choir, theatre)
    with pytest.raises(ValidationError, match="already"):
        asked(choir, theatre)
    assert Introduction.objects.count() == 1


def test_who_asks_while_the_other_has_asked_agrees() -> None:
    choir, theatre = entry(email=ADA), entry(email=BEN)
    asked(choir, theatre)
    made = asked(theatre, choir, contact=OTHERS)
    assert made.state == State.INTRODUCED
    assert Introduction.objects.count() == 1


def test_the_database_holds_one_open_introduction_of_a_pair() -> None:
    made = asked()
    with pytest.raises(IntegrityError), transaction.atomic():
        Introduction.objects.create(public_id="other", pair=made.pair, expires_at=made.expires_at)


def test_who_was_introduced_is_not_introduced_again() -> None:
    choir, theatre = entry(email=ADA), entry(email=BEN)
    introduced(choir, theatre)
    with pytest.raises(ValidationError, match="introduced on"):
        asked(choir, theatre)


def test_after_a_no_only_the_office_may_ask_again() -> None:
    hub = HubFactory()
    choir, theatre = entry(email=ADA, hub=hub), entry(email=BEN)
    actions.decline(by=None, side=sides(asked(choir, theatre))[1])
    with pytest.raises(ValidationError, match="rather not"):
        asked(choir, theatre)
    assert brokered(hub, choir, theatre).state == State.ASKED


def test_an_entry_asks_at_most_five_a_day() -> None:
    choir = entry(email=ADA)
    for number in range(5):
        asked(choir, entry(email=f"other{number}@example.org"))
    with pytest.raises(ValidationError, match="tomorrow"):
        asked(choir, entry(email=BEN))


@pytest.mark.parametrize(
    "pair",
    [
        lambda: (first := entry(email=ADA), first),
        lambda: (entry(email=ADA), entry(email=ADA)),
        lambda: (entry(email=ADA), entries.of_organisation(organisation("Nobody answers here"))),
    ],
    ids=["one and the same", "one person", "nobody to answer"],
)
def test_two_that_cannot_be_introduced_are_refused(pair: object) -> None:
    first, second = pair()  # type: ignore[operator]
    with pytest.raises(ValidationError):
        asked(first, second)


@pytest.mark.parametrize("contact", [Contact(), Contact(name="Ada"), Contact(email="no address")])
def test_without_a_way_to_be_reached_nobody_is_introduced(contact: Contact) -> None:
    with pytest.raises(ValidationError) as refused:
        asked(contact=contact)
    assert "email" in refused.value.error_dict


def test_nobody_answers_twice() -> None:
    made = asked()
    actions.agree(by=None, side=sides(made)[1], contact=OTHERS)
    with pytest.raises(ValidationError, match="nothing to answer"):
        actions.decline(by=None, side=sides(made)[1])


def test_who_asked_can_withdraw_and_who_was_asked_cannot() -> None:
    made = asked()
    first, second = sides(made)
    with pytest.raises(ValidationError, match="Only who asked"):
        actions.withdraw(by=None, introduction=made, side=second)
    actions.withdraw(by=None, introduction=made, side=first)
    with pytest.raises(ValidationError, match="nothing to answer"):
        actions.agree(by=None, side=second, contact=OTHERS)


def test_what_nobody_answers_ends_after_its_time() -> None:
    made = asked()
    long_ago = timezone.now() - timedelta(days=40)
    Introduction.objects.update(asked_at=long_ago, expires_at=long_ago + timedelta(days=30))
    with pytest.raises(ValidationError, match="nothing to answer"):
        actions.agree(by=None, side=sides(made)[1], contact=OTHERS)
    assert actions.end_overdue() == 1
    made.refresh_from_db()
    assert made.state == State.EXPIRED
    assert actions.end_overdue() == 0


def test_after_it_expired_it_can_be_asked_anew() -> None:
    choir, theatre = entry(email=ADA), entry(email=BEN)
    asked(choir, theatre)
    long_ago = timezone.now() - timedelta(days=40)
    Introduction.objects.update(asked_at=long_ago, expires_at=long_ago + timedelta(days=30))
    assert asked(choir, theatre).state == State.ASKED


def test_where_the_asker_was_archived_there_is_nobody_to_introduce() -> None:
    choir = entry(email=ADA)
    made = asked(choir)
    assert choir.initiative
    initiatives.archive(by=None, initiative=choir.initiative)
    with pytest.raises(ValidationError, match="not public any more"):
        actions.agree(by=None, side=sides(made)[1], contact=OTHERS)
    assert actions.end_overdue() == 1


def test_where_the_asker_was_deleted_the_introduction_ends_and_keeps_its_title() -> None:
    choir = entry("A choir", email=ADA)
    made = asked(choir)
    assert choir.initiative
    initiatives.archive(by=None, initiative=choir.initiative)
    initiatives.delete_initiative(by=UserFactory(), initiative=choir.initiative)
    assert actions.end_overdue() == 1
    made.refresh_from_db()
    assert (made.state, sides(made)[0].title) == (State.WITHDRAWN, "A choir")


def test_the_office_asks_both_and_one_yes_is_not_enough() -> None:
    hub = HubFactory()
    made = brokered(hub)
    first, second = sides(made)
    assert actions.agree(by=None, side=first, contact=Contact(email=ADA)).state == State.ACCEPTED
    assert actions.agree(by=None, side=second, contact=OTHERS).state == State.INTRODUCED


def test_an_office_brings_together_only_where_one_side_is_its_own() -> None:
    with pytest.raises(ValidationError, match="of this city"):
        brokered(HubFactory(), entry(email=ADA), entry(email=BEN))


def test_the_office_reminds_once_and_only_who_has_not_answered(
    mailoutbox: list, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    made, by = asked(), UserFactory()
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.remind(by=by, introduction=made)
    assert [letter.to for letter in mailoutbox] == [[BEN]]
    with pytest.raises(ValidationError, match="One reminder"):
        actions.remind(by=by, introduction=made)


def test_what_came_of_it_is_said_only_after_both_agreed_and_may_be_said_anew() -> None:
    with pytest.raises(ValidationError):
        actions.say_outcome(by=None, introduction=asked(), outcome=Outcome.MERGED)
    made = introduced(entry(email="c@example.org"), entry(email="d@example.org"))
    for side in sides(made):
        actions.say_outcome(by=None, introduction=made, outcome=Outcome.JOINT_EVENT, side=side)
    assert [side.outcome for side in sides(made)] == [Outcome.JOINT_EVENT, Outcome.JOINT_EVENT]
    said = actions.say_outcome(
        by=UserFactory(), introduction=made, outcome=Outcome.KEPT_APART, note="Too far"
    )
    assert (said.outcome, said.outcome_note) == (Outcome.KEPT_APART, "Too far")


def test_both_offices_have_it_in_their_record_and_their_programs_are_told() -> None:
    here, there = HubFactory(), HubFactory()
    WebhookFactory(hub=there, events=["introduction.asked"])
    made = asked(entry(email=ADA, hub=here), entry(email=BEN, hub=there))
    lines = RecordLine.objects.filter(action="introduction.asked", object_id=made.public_id)
    assert {line.chain.hub for line in lines} == {here, there}
    assert ADA not in str(Delivery.objects.get().payload)


def test_an_organisation_answers_by_who_looks_after_it_or_its_own_address() -> None:
    forum = organisation("Example forum", email="info@forum.example")
    assert entries.of_organisation(forum).email == "info@forum.example"


def test_after_a_merge_the_survivor_has_the_introduction() -> None:
    hub = HubFactory()
    old = organisation("Example forum", hub=hub, email=BEN)
    new = organisation("Example union", hub=hub, email=BEN)
    made = asked(entry(email=ADA), entries.of_organisation(old))
    merge = directory.merge_organisations(by=None, survivor=new, absorbed=old)
    made.refresh_from_db()
    assert f"organisation:{new.public_id}" in made.pair
    assert sides(made)[1].organisation == new
    directory.undo_merge(by=None, merge=merge)
    made.refresh_from_db()
    assert f"organisation:{old.public_id}" in made.pair


def test_two_organisations_that_became_one_need_no_introduction() -> None:
    hub = HubFactory()
    old, new = organisation("Forum", hub=hub, email=ADA), organisation("Union", hub=hub, email=BEN)
    made = asked(entries.of_organisation(old), entries.of_organisation(new))
    directory.merge_organisations(by=None, survivor=new, absorbed=old)
    made.refresh_from_db()
    assert made.state == State.WITHDRAWN


def test_an_organisation_that_was_introduced_can_be_deleted() -> None:
    forum = organisation("Forum", email=BEN)
    made = asked(entry(email=ADA), entries.of_organisation(forum))
    directory.remove_organisation(by=None, organisation=forum)
    assert actions.end_overdue() == 1
    assert sides(made)[1].title == "Forum"


def test_contacts_are_forgotten_a_year_after_the_introduction() -> None:
    made = introduced()
    Introduction.objects.update(introduced_at=timezone.now() - timedelta(days=366))
    assert actions.forget_contacts() == 2
    assert {side.contact_email for side in sides(made)} == {""}


def test_who_deletes_the_account_stands_in_no_introduction_any_more() -> None:
    user = UserFactory(email=ADA)
    user.emailaddress_set.update_or_create(email=ADA, defaults={"verified": True, "primary": True})
    made = asked()
    assert personal.personal_data(Person.of_user(user))["introductions"][0]["contact_email"] == ADA
    personal.before_leaving(Person.of_user(user))
    made.refresh_from_db()
    assert made.state == State.WITHDRAWN
    assert personal.personal_data(Person.of_user(user)) == {"introductions": []}


def test_an_address_of_a_page_names_an_entry() -> None:
    choir = entry()
    for text in (
        f"https://city.example/de/initiatives/{choir.public_id}/",
        choir.id,
        f"/initiatives/{choir.public_id}",
    ):
        found = entries.at_address(text)
        assert found
        assert found.id == choir.id
    for text in ("", "initiative:", "https://city.example/en/partnerships/abcdef/", "initiative:../x"):
        assert entries.at_address(text) is None
