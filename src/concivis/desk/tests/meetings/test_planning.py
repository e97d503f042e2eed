"""Planning, changing, cancelling and copying meetings."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from concivis.catalogue.models import Card
from concivis.desk.actions.meetings import minutes, planning, tasks
from concivis.desk.meetings import cards
from concivis.desk.meetings.enums import MinutesFor
from concivis.desk.meetings.factories import at, guest, invited, item, meeting, office
from concivis.desk.models import Meeting
from concivis.hubs.models import RecordLine
from concivis.mailings.models import Mailing
from concivis.shell.clock import moment
from concivis.shell.conflicts import EditConflict

pytestmark = pytest.mark.django_db(databases="__all__")
BERLIN = ZoneInfo("Europe/Berlin")


def test_a_meeting_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValidationError, match="end after it begins"):
        meeting(ends_at=at("2020-01-01T10:00+01:00"))


def test_the_database_does_not_keep_one_that_ends_before_it_begins() -> None:
    found = meeting()
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=found.pk).update(ends_at=found.starts_at - timedelta(hours=1))


def test_a_public_meeting_has_a_card_and_a_closed_one_has_none() -> None:
    hub, by = office()
    public, closed = meeting(hub, is_public=True), meeting(hub)
    assert [card.public_id for card in Card.objects.filter(kind=cards.KIND)] == [public.public_id]
    planning.change(by=by, meeting=public, revision=public.revision, is_public=False)
    planning.change(by=by, meeting=closed, revision=closed.revision, is_public=True)
    assert [card.public_id for card in Card.objects.filter(kind=cards.KIND)] == [closed.public_id]


def test_a_rebuild_gives_the_same_cards() -> None:
    hub, by = office()
    found = meeting(hub, is_public=True, about="About **choirs**", languages=["de"])
    item(found, by, "Choirs abroad")
    [draft] = list(cards.drafts())
    assert (draft.public_id, draft.texts["en"].summary) == (found.public_id, "About choirs")
    assert draft.texts["en"].keywords == "Town hall Choirs abroad"


def test_a_meeting_of_a_private_office_is_not_public() -> None:
    hub, _by = office(is_published=False)
    meeting(hub, is_public=True)
    assert not Card.objects.filter(kind=cards.KIND).exists()


def test_two_colleagues_do_not_overwrite_each_other() -> None:
    hub, by = office()
    found = meeting(hub)
    planning.change(by=by, meeting=found, revision=1, title="First")
    with pytest.raises(EditConflict):
        planning.change(by=by, meeting=found, revision=1, title="Second")
    assert Meeting.objects.get().title == "First"


def test_a_change_of_the_time_raises_the_sequence_once_somebody_is_invited() -> None:
    hub, by = office()
    found = meeting(hub)
    found = planning.change(by=by, meeting=found, revision=1, place="Library")
    assert found.sequence == 0
    invited(found, by)
    found = planning.change(by=by, meeting=found, revision=found.revision, about="Only words")
    assert found.sequence == 0
    found = planning.change(
        by=by, meeting=found, revision=found.revision, ends_at=found.ends_at + timedelta(hours=1)
    )
    assert found.sequence == 1
    assert list(Mailing.objects.order_by("pk").values_list("kind", flat=True)) == [
        "meeting.invitation",
        "meeting.update",
    ]


def test_a_second_change_calls_off_the_letters_about_the_first() -> None:
    hub, by = office()
    found = meeting(hub)
    invited(found, by)
    for place in ("Library", "School"):
        found.refresh_from_db()
        found = planning.change(by=by, meeting=found, revision=found.revision, place=place)
    states = Mailing.objects.filter(kind="meeting.update").order_by("pk").values_list("state", flat=True)
    assert list(states) == ["cancelled", "sending"]


def test_a_cancelled_meeting_is_neither_changed_nor_cancelled_again() -> None:
    hub, by = office()
    found = planning.cancel(by=by, meeting=meeting(hub), because="Ill")
    with pytest.raises(ValidationError, match="is cancelled"):
        planning.change(by=by, meeting=found, revision=found.revision, title="Other")
    with pytest.raises(ValidationError, match="still to come"):
        planning.cancel(by=by, meeting=found)


def test_a_cancelled_public_meeting_says_so_on_its_card() -> None:
    hub, by = office()
    planning.cancel(by=by, meeting=meeting(hub, is_public=True))
    assert Card.objects.get(kind=cards.KIND).state == "cancelled"


def test_a_meeting_to_which_nobody_is_invited_can_be_deleted() -> None:
    hub, by = office()
    planning.delete(by=by, meeting=meeting(hub, is_public=True))
    assert not Meeting.objects.exists()
    assert not Card.objects.filter(kind=cards.KIND).exists()


def test_a_meeting_to_which_somebody_is_invited_cannot_be_deleted() -> None:
    hub, by = office()
    found = meeting(hub)
    invited(found, by)
    with pytest.raises(ValidationError, match="Cancel it instead"):
        planning.delete(by=by, meeting=found)


def test_a_public_meeting_with_public_minutes_does_not_become_closed() -> None:
    hub, by = office()
    found = meeting(hub, is_public=True)
    found = minutes.write(by=by, meeting=found, revision=1, text="We met.", items={})
    found = minutes.show(by=by, meeting=found, to=MinutesFor.EVERYBODY)
    with pytest.raises(ValidationError, match="minutes are public"):
        planning.change(by=by, meeting=found, revision=found.revision, is_public=False)


def test_the_same_again_keeps_the_time_on_the_clock_when_the_clocks_are_put_back() -> None:
    hub, by = office()
    found = meeting(
        hub,
        starts_at=moment(datetime(2030, 10, 15, 18), BERLIN),
        ends_at=moment(datetime(2030, 10, 15, 20), BERLIN),
    )
    following = planning.copy(by=by, meeting=found, weeks=4, with_guests=False, with_agenda=False)
    assert (following.starts.hour, following.ends.hour) == (18, 20)
    assert following.starts_at - found.starts_at == timedelta(weeks=4, hours=1)


def test_the_same_again_is_refused_in_the_hour_that_is_left_out() -> None:
    hub, by = office()
    starts_at = moment(datetime(2030, 3, 3, 2, 30), BERLIN)
    found = meeting(hub, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    with pytest.raises(ValidationError, match="does not exist"):
        planning.copy(by=by, meeting=found, weeks=4, with_guests=False, with_agenda=False)


def test_of_two_moments_in_autumn_the_first_is_meant() -> None:
    assert moment(datetime(2030, 10, 27, 2, 30), BERLIN) == datetime(2030, 10, 27, 0, 30, tzinfo=UTC)


def test_the_same_again_takes_the_list_the_agenda_and_open_tasks_along_but_no_answers() -> None:
    hub, by = office()
    found = meeting(hub)
    invited(found, by)
    item(found, by, "Reports")
    kept = tasks.add_task(by=by, meeting=found, title="Ask the school")
    done = tasks.finish(by=by, task=tasks.add_task(by=by, meeting=found, title="Book the room"))
    following = planning.copy(by=by, meeting=found, weeks=4, with_guests=True, with_agenda=True)
    copied = following.guests.get()
    assert (copied.email, copied.answer, copied.asked_at) == (found.guests.get().email, "", None)
    assert [each.title for each in following.items.all()] == ["Reports"]
    kept.refresh_from_db()
    done.refresh_from_db()
    assert (kept.meeting, kept.carried_to, done.carried_to) == (found, following, None)


def test_open_tasks_are_carried_on_to_the_meeting_after_the_next() -> None:
    hub, by = office()
    found = meeting(hub)
    kept = tasks.add_task(by=by, meeting=found, title="Ask the school")
    second = planning.copy(by=by, meeting=found, weeks=4, with_guests=False, with_agenda=False)
    third = planning.copy(by=by, meeting=second, weeks=4, with_guests=False, with_agenda=False)
    kept.refresh_from_db()
    assert kept.carried_to == third


def test_the_record_names_nobody() -> None:
    hub, by = office()
    found = meeting(hub, by=by)
    guest(found, by, name="Ada Example", email="ada@example.org")
    said = " ".join(str(line.details) for line in RecordLine.objects.all())
    assert "Ada" not in said
    assert "@" not in said
