"""What the register of initiatives tells in the office's yearly report."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from concivis.hubs import annual
from concivis.hubs.annual import Chapter, Counted, Done, Measure, Period, Shape, Table
from concivis.hubs.models import Hub
from concivis.initiatives import cards
from concivis.initiatives.enums import InitiativeKind, ReviewState, Stage
from concivis.initiatives.models import Initiative

SHOWN = {"initiative.published", "initiative.restored", "initiative.restored_by_owner"}
ARCHIVED = {"initiative.archived", "initiative.archived_by_owner"}
HIDDEN = ARCHIVED | {"initiative.declined"}
CONFIRMED = {"initiative.confirmed", "initiative.confirmed_by_owner"}
NOT_BEGUN = (Stage.IDEA, Stage.PLANNED)
SCHEMES = {"themes": "theme", "target_groups": "target-group", "goals": "sdg"}


@dataclass(frozen=True)
class _Row:
    pk: int
    public_id: str
    kind: str
    stage: str
    started: date | None
    ended: date | None
    submitted_at: datetime | None
    published_at: datetime | None
    archived_at: datetime | None


def count(hub: Hub, period: Period) -> Counted:
    """Six queries."""
    rows = [
        _Row(*row)
        for row in Initiative.objects.filter(hub=hub, created_at__lt=period.end)
        .exclude(state=ReviewState.DRAFT)
        .values_list(*_Row.__dataclass_fields__)
    ]
    lines = annual.record_until(hub, cards.KIND, SHOWN | HIDDEN | CONFIRMED, period)
    shown = _public_at_the_end(rows, lines, period)
    known = [row for row in rows if row.published_at and row.published_at < period.end]
    of_hub = {row.public_id for row in rows}
    return Counted(
        {
            "public": len(shown),
            "new": sum(_in(period, row.published_at) for row in rows),
            "running": sum(_running(row, period) for row in shown),
            "begun": sum(period.holds(row.started) for row in known),
            "ended": sum(period.holds(row.ended) for row in known),
            "archived": len(annual.done_in(period, lines, ARCHIVED) & of_hub),
            "confirmed": len(annual.done_in(period, lines, CONFIRMED) & of_hub),
            "submitted": sum(_in(period, row.submitted_at) for row in rows),
        },
        _tables(hub, shown),
    )


def _public_at_the_end(rows: list[_Row], lines: list[Done], period: Period) -> list[_Row]:
    """By the record; by the dates of the row where the record says nothing of it."""
    latest = {line.object_id: line.action for line in lines if line.action in SHOWN | HIDDEN}

    def public(row: _Row) -> bool:
        if row.published_at is None or row.published_at >= period.end:
            return False
        if row.public_id in latest:
            return latest[row.public_id] in SHOWN
        return row.archived_at is None or row.archived_at >= period.end

    return [row for row in rows if public(row)]


def _running(row: _Row, period: Period) -> bool:
    if row.ended:
        return row.ended > period.until and (row.started is None or row.started <= period.until)
    if row.started:
        return row.started <= period.until and row.stage != Stage.FINISHED
    return row.stage not in (*NOT_BEGUN, Stage.FINISHED)


def _in(period: Period, moment: datetime | None) -> bool:
    return moment is not None and period.start <= moment < period.end


def _tables(hub: Hub, shown: list[_Row]) -> dict[str, dict[str, int]]:
    """Four queries."""
    ids = {row.pk for row in shown}
    places = list(_named(hub, ids, "places__public_id", "places__country"))
    countries = [*_named(hub, ids, "countries"), *((pk, country) for pk, _place, country in places)]
    terms = list(_named(hub, ids, "terms__scheme", "terms__code"))
    by_scheme = {
        table: annual.tally((pk, code) for pk, found, code in terms if found == scheme)
        for table, scheme in SCHEMES.items()
    }
    return {
        "countries": annual.tally(countries),
        **by_scheme,
        "kinds": annual.tally((row.pk, row.kind) for row in shown),
        "stages": annual.tally((row.pk, row.stage) for row in shown),
        "places": annual.tally((pk, place) for pk, place, _country in places),
        "organisations": annual.tally((pk, name) for pk, name in _organisations(hub) if pk in ids),
    }


def _named(hub: Hub, ids: Collection[int], *names: str) -> Iterator[tuple[Any, ...]]:
    """(initiative, values) of what is noted of the initiatives in `ids`. One query, however many they are."""
    rows = Initiative.objects.filter(hub=hub).order_by("pk").values_list("pk", *names)
    return (row for row in rows if row[0] in ids and row[1] is not None)


def _organisations(hub: Hub) -> Iterator[tuple[int, str]]:
    """Public ones of the directory, by name. One query."""
    return (
        Initiative.objects.filter(
            hub=hub,
            involvements__organisation__is_published=True,
            involvements__organisation__merged_into=None,
        )
        .order_by("pk")
        .values_list("pk", "involvements__organisation__name")
        .iterator()
    )


def register() -> None:
    annual.register(
        Chapter(
            "initiatives",
            _("Initiatives"),
            _("The office's register of initiatives. Only what was public is counted."),
            count,
            measures=(
                Measure(
                    "public",
                    _("initiatives in the register"),
                    _("Entries that were public at the end of the period, by the record of what was done."),
                    headline=True,
                ),
                Measure(
                    "running",
                    _("under way"),
                    _(
                        "Of these, those that had begun and not ended by the last day, by their own dates; where "
                        "they have none, by their stage when the numbers were counted."
                    ),
                ),
                Measure(
                    "new",
                    _("new in the register"),
                    _("Entries that became public for the first time in the period."),
                    headline=True,
                ),
                Measure(
                    "begun",
                    _("begun"),
                    _(
                        "Public entries whose first day lies in the period. A year alone counts as its 1 January."
                    ),
                ),
                Measure(
                    "ended",
                    _("ended"),
                    _(
                        "Public entries whose last day lies in the period. A year alone counts as its 1 January."
                    ),
                ),
                Measure(
                    "confirmed",
                    _("confirmed as still valid"),
                    _("Entries that their owner or the office confirmed at least once in the period."),
                ),
                Measure(
                    "archived",
                    _("archived"),
                    _("Entries that were archived at least once in the period, also those that came back."),
                ),
                Measure(
                    "submitted",
                    _("sent in by initiatives"),
                    _("Entries that came to the office by the form in the period, whatever became of them."),
                ),
            ),
            tables=(
                Table(
                    "countries",
                    _("Initiatives by country"),
                    _(
                        "Public entries at the end of the period. One that works in several countries counts in each."
                    ),
                    annual.words_of_countries,
                ),
                Table(
                    "themes",
                    _("Initiatives by theme"),
                    _("Public entries at the end of the period. One with several themes counts in each."),
                    annual.words_of_terms("theme"),
                ),
                Table(
                    "target_groups",
                    _("Initiatives by target group"),
                    _("Public entries at the end of the period. One for several groups counts in each."),
                    annual.words_of_terms("target-group"),
                ),
                Table(
                    "goals",
                    _("Initiatives by goal of sustainable development"),
                    _("Public entries at the end of the period. One with several goals counts in each."),
                    annual.words_of_terms("sdg"),
                ),
                Table(
                    "stages",
                    _("Initiatives by stage"),
                    _(
                        "Public entries at the end of the period, by their stage when the numbers were counted."
                    ),
                    annual.words_of(Stage),
                ),
                Table(
                    "kinds",
                    _("Initiatives by kind"),
                    _("Public entries at the end of the period."),
                    annual.words_of(InitiativeKind),
                ),
                Table(
                    "organisations",
                    _("Initiatives by organisation"),
                    _(
                        "Public entries at the end of the period that name a public organisation of the directory."
                    ),
                    annual.as_they_are,
                ),
                Table(
                    "places",
                    _("Towns of the initiatives"),
                    _(
                        "Public entries at the end of the period. One that works in several towns counts in each."
                    ),
                    annual.words_of_places,
                    shape=Shape.PLACES,
                ),
            ),
            empty=_(
                "Enter the first initiatives, or ask them to register by the form: the report counts them."
            ),
            page="initiatives:office",
            rank=10,
        )
    )
