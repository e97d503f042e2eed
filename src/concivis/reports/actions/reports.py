"""A report from its beginning to its publication, and back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs import record
from concivis.hubs.models import Hub
from concivis.reports import counting, queries, sections
from concivis.reports.actions.noting import locked, noted, write
from concivis.reports.enums import ReportState
from concivis.reports.models import (
    FIRST_YEAR,
    FOREWORD_LENGTH,
    LAST_YEAR,
    Report,
    ReportRules,
    ReportText,
)
from concivis.shell import content
from concivis.shell.content import Origin
from concivis.shell.ids import new_public_id
from concivis.shell.languages import interface_codes

LONGEST_PERIOD = timedelta(days=366)


@dataclass(frozen=True)
class Frame:
    """Of which days a report tells, in which languages of the interface, and what was known: `as_of`, None for what is
    known when the numbers are fixed."""

    first: date
    last: date
    languages: Sequence[str] = field(default_factory=tuple)
    as_of: datetime | None = None


@transaction.atomic
def create(
    *,
    by: User | None,
    hub: Hub,
    frame: Frame,
    title: str,
    language: str,
    foreword: str = "",
    like: Report | None = None,
    is_example: bool = False,
) -> Report:
    """A draft of the year in which the last day lies. `like`: an earlier one of the hub, whose sections and foreword it
    begins with. Raises ValidationError by field."""
    _check(frame)
    report = Report(
        public_id=new_public_id(),
        hub=hub,
        year=frame.last.year,
        title=title.strip(),
        language=content.require_language(language),
        is_example=is_example,
        sections=like.sections if like else sections.stored(sections.arranged([])),
        foreword=foreword or (like.foreword if like and like.language == language else ""),
    )
    _put(report, frame)
    if Report.objects.filter(hub=hub, year=report.year).exists():
        taken = gettext("There is a report of %(year)s already.") % {"year": report.year}
        raise ValidationError({"year": taken})
    _require_title(report.title)
    report.save()
    return noted(report, by, "report.created")


@transaction.atomic
def change_frame(*, by: User, report: Report, revision: int, frame: Frame) -> Report:
    """Raises ValidationError by field; also where the numbers are fixed and the days would be others."""
    changed = locked(report, revision)
    _check(frame)
    days = (changed.first, changed.last, changed.as_of)
    if changed.is_fixed and days != (frame.first, frame.last, frame.as_of):
        raise ValidationError(
            gettext("The numbers are fixed for these days. Release them first, then change the days.")
        )
    if frame.last.year != changed.year:
        raise ValidationError(
            {
                "last": gettext("The report is that of %(year)s: its last day lies there.")
                % {"year": changed.year}
            }
        )
    _put(changed, frame)
    changed.save()
    return noted(changed, by, "report.edited")


@transaction.atomic
def write_words(
    *, by: User | None, report: Report, revision: int, language: str, title: str, foreword: str
) -> Report:
    """Title and foreword in one language: the report's own, or a translation of it as it stands now."""
    changed = locked(report, revision)
    if len(foreword) > FOREWORD_LENGTH:
        raise ValidationError(
            {"foreword": gettext("At most %(most)s characters, please.") % {"most": FOREWORD_LENGTH}}
        )
    if language == changed.language:
        _require_title(title)
        before = changed.source_texts()
        changed.title, changed.foreword = title.strip(), foreword.strip()
        content.source_changed(changed, before)
        changed.save()
    else:
        _translate(changed, content.require_language(language), title.strip(), foreword.strip())
    return noted(changed, by, "report.edited")


def _translate(report: Report, language: str, title: str, foreword: str) -> None:
    if not title and not foreword:
        report.translations.filter(language=language).delete()
        return
    ReportText.objects.update_or_create(
        of=report,
        language=language,
        defaults={
            "title": title,
            "foreword": foreword,
            "origin": Origin.HUMAN,
            "of_revision": report.text_revision,
        },
    )


@transaction.atomic
def arrange(*, by: User, report: Report, revision: int, order: Sequence[str], told: Sequence[str]) -> Report:
    """The sections in this order; those in `told` are told. What is not named stands behind."""
    changed = locked(report, revision)
    places = {code: place for place, code in enumerate(order)}
    known = sections.arranged(changed.sections)
    ordered = sorted(known, key=lambda each: places.get(each.code, len(places)))
    changed.sections = [{"code": each.code, "told": each.code in told} for each in ordered]
    changed.save()
    return noted(changed, by, "report.edited")


@transaction.atomic
def fix_numbers(*, by: User | None, report: Report, as_of: datetime | None = None) -> Report:
    """Counts and freezes: from now on the report says these numbers, whatever becomes of the rows.

    Again only before it is published, or after it was withdrawn; the record then says how many numbers became others.
    Raises ValidationError for a published report and for a moment that has not come.
    """
    fixed = locked(report)
    _require_not_public(fixed)
    now = timezone.now()
    moment = as_of or (fixed.as_of if not fixed.is_fixed else None) or now
    if moment > now:
        raise ValidationError({"as_of": gettext("This day has not come yet.")})
    before = fixed.numbers
    fixed.as_of, fixed.fixed_at, fixed.fixed_by = moment, now, by
    fixed.numbers = queries.counted_now(fixed, languages=interface_codes())
    fixed.checksum = counting.checksum(fixed.numbers)
    fixed.save()
    changed = len(counting.differences(before, fixed.numbers)) if before is not None else 0
    return noted(fixed, by, "report.fixed", {"checksum": fixed.checksum, "changed": changed})


@transaction.atomic
def release_numbers(*, by: User, report: Report) -> Report:
    """A draft is counted anew for each look again. Raises ValidationError for what is or was public."""
    released = locked(report)
    if released.state != ReportState.DRAFT:
        raise ValidationError(
            gettext("The numbers of a report that was published stay fixed; count again instead.")
        )
    if not released.is_fixed:
        return released
    released.numbers, released.checksum = None, ""
    released.fixed_at, released.fixed_by, released.as_of = None, None, None
    released.save()
    return noted(released, by, "report.released")


@transaction.atomic
def publish(*, by: User | None, report: Report) -> Report:
    """Raises ValidationError unless the numbers are fixed."""
    shown = locked(report)
    if shown.is_published:
        return shown
    if not shown.is_fixed:
        raise ValidationError(gettext("Fix the numbers first: what is published does not change any more."))
    shown.state, shown.published_at = ReportState.PUBLISHED, timezone.now()
    shown.save()
    return noted(shown, by, "report.published", {"checksum": shown.checksum})


@transaction.atomic
def withdraw(*, by: User, report: Report) -> Report:
    """Takes it from the public page; nothing is lost, and `publish` brings it back."""
    hidden = locked(report)
    if not hidden.is_published:
        raise ValidationError(gettext("This report is not public."))
    hidden.state = ReportState.WITHDRAWN
    hidden.save()
    return noted(hidden, by, "report.withdrawn")


@transaction.atomic
def delete(*, by: User, report: Report) -> None:
    """For good. Raises ValidationError for what is or was public."""
    gone = locked(report)
    if gone.state != ReportState.DRAFT:
        raise ValidationError(
            gettext("Only a draft can be deleted. A report that was public can be withdrawn.")
        )
    write(gone, by, "report.deleted")
    gone.delete()


@transaction.atomic
def set_rules(*, by: User, hub: Hub, reminds: bool) -> ReportRules:
    rules = queries.rules_of(hub)
    if rules.reminds == reminds:
        return rules
    rules, _created = ReportRules.objects.update_or_create(hub=hub, defaults={"reminds": reminds})
    record.write(
        hub=hub,
        by=by,
        action="reports.rules",
        kind="hub",
        object_id=hub.public_id,
        details={"reminds": reminds},
    )
    return rules


def _check(frame: Frame) -> None:
    if frame.last < frame.first:
        raise ValidationError({"last": gettext("This day lies before the first one.")})
    if frame.last - frame.first >= LONGEST_PERIOD:
        raise ValidationError({"last": gettext("A report tells of a year at most.")})
    if not FIRST_YEAR < frame.first.year <= frame.last.year <= LAST_YEAR:
        raise ValidationError({"year": gettext("We cannot tell of that year.")})
    if frame.as_of is not None and frame.as_of > timezone.now():
        raise ValidationError({"as_of": gettext("This day has not come yet.")})


def _put(report: Report, frame: Frame) -> None:
    known = dict(settings.LANGUAGES)
    report.first, report.last, report.as_of = frame.first, frame.last, frame.as_of
    report.languages = [code for code in dict.fromkeys(frame.languages) if code in known]


def _require_title(title: str) -> None:
    if not title.strip():
        raise ValidationError({"title": gettext("Write a title.")})


def _require_not_public(report: Report) -> None:
    if report.is_published:
        raise ValidationError(gettext("This report is public: withdraw it before you take new numbers."))
