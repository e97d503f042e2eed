"""A report from its beginning to its publication, and back."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from concivis.catalogue.models import Card
from concivis.hubs import actions as hubs
from concivis.hubs.models import RecordLine
from concivis.initiatives import actions as initiatives
from concivis.initiatives.factories import initiative
from concivis.reports import stories as telling
from concivis.reports.actions import reports, stories
from concivis.reports.enums import ReportState
from concivis.reports.factories import report
from concivis.reports.models import Report
from concivis.reports.tests.scene import office

pytestmark = pytest.mark.django_db(databases="__all__")


def actions_of(hub: object) -> list[str]:
    lines = RecordLine.objects.filter(chain__hub=hub, kind="report").order_by("number")
    return list(lines.values_list("action", flat=True))


def test_a_year_has_one_report() -> None:
    made = report(2025)
    with pytest.raises(ValidationError, match="There is a report of 2025 already"):
        report(2025, hub=made.hub)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(
            hub=made.hub,
            public_id="x",
            year=2025,
            first=date(2025, 1, 1),
            last=date(2025, 12, 31),
            title="T",
            language="en",
        )


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2025, 12, 31), date(2025, 1, 1)),
        (date(2023, 1, 1), date(2025, 12, 31)),
        (date(1200, 1, 1), date(1200, 12, 31)),
    ],
)
def test_days_that_no_report_can_have_are_refused(first: date, last: date) -> None:
    with pytest.raises(ValidationError):
        report(last.year, first=first, last=last)


def test_a_leap_year_is_not_too_long() -> None:
    assert report(2024).last - report(2028).first < date(2030, 1, 1) - date(2020, 1, 1)
    assert (report(2024).last - date(2024, 1, 1)).days == 365


def test_only_fixed_numbers_are_published() -> None:
    hub, person = office()
    made = report(hub=hub)
    with pytest.raises(ValidationError, match="Fix the numbers first"):
        reports.publish(by=person, report=made)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=made.pk).update(state=ReportState.PUBLISHED)


def test_numbers_of_a_public_report_are_not_taken_anew() -> None:
    hub, person = office()
    made = report(hub=hub, published=True)
    with pytest.raises(ValidationError, match="withdraw it"):
        reports.fix_numbers(by=person, report=made)
    with pytest.raises(ValidationError, match="stay fixed"):
        reports.release_numbers(by=person, report=made)
    reports.withdraw(by=person, report=made)
    assert reports.fix_numbers(by=person, report=made).is_fixed


def test_the_way_of_a_report_stands_in_the_record_with_its_checksum() -> None:
    hub, person = office()
    made = report(hub=hub, published=True)
    reports.withdraw(by=person, report=made)
    assert actions_of(hub) == ["report.created", "report.fixed", "report.published", "report.withdrawn"]
    fixed = RecordLine.objects.get(chain__hub=hub, action="report.fixed")
    assert fixed.details["checksum"] == made.checksum


def test_a_published_report_has_a_card_and_a_withdrawn_one_has_none() -> None:
    hub, person = office()
    made = report(hub=hub, published=True, title="What we did")
    assert Card.objects.get(kind="report").path == f"/hubs/{hub.slug}/reports/2025/"
    reports.withdraw(by=person, report=made)
    assert not Card.objects.filter(kind="report").exists()


def test_a_hub_that_goes_private_takes_its_reports_with_it() -> None:
    hub, person = office()
    report(hub=hub, published=True)
    hubs.unpublish_hub(by=person, hub=hub)
    assert not Card.objects.filter(kind="report").exists()


def test_only_a_draft_can_be_deleted() -> None:
    hub, person = office()
    with pytest.raises(ValidationError, match="Only a draft"):
        reports.delete(by=person, report=report(2025, hub=hub, published=True))
    reports.delete(by=person, report=report(2024, hub=hub))
    assert Report.objects.get().year == 2025


def test_who_saves_over_a_colleague_is_told() -> None:
    hub, person = office()
    made = report(hub=hub)
    words = {"language": "en", "title": "T", "foreword": ""}
    reports.write_words(by=person, report=made, revision=made.revision, **words)
    with pytest.raises(ValidationError, match="meanwhile"):
        reports.write_words(by=person, report=made, revision=made.revision, **words)


def test_days_of_fixed_numbers_are_not_changed() -> None:
    hub, person = office()
    made = report(hub=hub, fixed=True)
    frame = reports.Frame(date(2025, 7, 1), date(2025, 12, 31))
    with pytest.raises(ValidationError, match="Release them first"):
        reports.change_frame(by=person, report=made, revision=made.revision, frame=frame)
    made = reports.release_numbers(by=person, report=made)
    changed = reports.change_frame(by=person, report=made, revision=made.revision, frame=frame)
    assert changed.first == date(2025, 7, 1)


def test_a_new_report_begins_like_the_last() -> None:
    hub, person = office()
    old = report(2024, hub=hub, foreword="Dear citizens,")
    old = reports.arrange(by=person, report=old, revision=old.revision, order=["stories"], told=["stories"])
    new = report(2025, hub=hub, like=old)
    assert new.foreword == "Dear citizens,"
    assert [each["code"] for each in new.sections if each["told"]] == ["stories"]
    assert new.sections[0]["code"] == "stories"


def test_a_translation_left_empty_is_taken_away() -> None:
    hub, person = office()
    made = report(hub=hub)
    for title in ("Was wir taten", ""):
        made = reports.write_words(
            by=person, report=made, revision=made.revision, language="de", title=title, foreword=""
        )
    assert not made.translations.exists()


# --- stories -----------------------------------------------------------------------------------------------------


def test_only_what_is_public_and_of_the_hub_can_be_told() -> None:
    hub, person = office()
    made = report(hub=hub)
    for other in (initiative(), initiative(hub=hub, published=False)):
        with pytest.raises(ValidationError, match="not public"):
            stories.add(by=person, report=made, kind="initiative", object_id=other.public_id)


def test_a_story_is_still_told_without_a_link_when_its_card_is_gone() -> None:
    hub, person = office()
    told = initiative("Water for Tamale", hub=hub)
    made = report(hub=hub)
    stories.add(by=person, report=made, kind="initiative", object_id=told.public_id, sentence="We are glad.")
    initiatives.archive(by=person, initiative=told)
    [story] = telling.shown(made)
    assert (story.title, story.url, story.text) == ("Water for Tamale", "", "We are glad.")


def test_a_story_chosen_twice_is_told_once() -> None:
    hub, person = office()
    told = initiative(hub=hub)
    made = report(hub=hub)
    for _time in range(2):
        stories.add(by=person, report=made, kind="initiative", object_id=told.public_id)
    assert made.stories.count() == 1


def test_stories_are_told_in_the_offices_order() -> None:
    hub, person = office()
    made = report(hub=hub)
    first, second = (
        stories.add(by=person, report=made, kind="initiative", object_id=initiative(hub=hub).public_id)
        for _number in range(2)
    )
    stories.arrange(by=person, report=made, order=[second.pk, first.pk])
    assert [story.pk for story in made.stories.all()] == [second.pk, first.pk]
    stories.remove(by=person, story=second)
    assert [story.pk for story in made.stories.all()] == [first.pk]


def test_a_sentence_is_said_in_further_languages() -> None:
    hub, person = office()
    made = report(hub=hub)
    story = stories.add(by=person, report=made, kind="initiative", object_id=initiative(hub=hub).public_id)
    stories.say(by=person, story=story, language="en", sentence="Glad.")
    stories.say(by=person, story=story, language="de", sentence="Froh.")
    assert [row.sentence for row in story.translations.all()] == ["Froh."]
    with pytest.raises(ValidationError, match="At most"):
        stories.say(by=person, story=story, language="en", sentence="x" * 601)
