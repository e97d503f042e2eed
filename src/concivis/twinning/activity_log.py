"""The log of activities as rows: for the office's tables, their files and whoever reads them otherwise."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Min, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from concivis.hubs.models import Hub
from concivis.shell.exports import Column
from concivis.twinning import telling
from concivis.twinning.enums import ActivityKind
from concivis.twinning.models import Activity, Participation, Side

AT_ONCE = 1000


@dataclass(frozen=True)
class TookPart:
    """Who of one side took part. None: not counted."""

    place: str
    people: int | None
    young_people: int | None
    organisations: int | None


@dataclass(frozen=True)
class LoggedActivity:
    public_id: str
    partnership: str  # public id
    partnership_title: str
    kind: str
    title: str
    language: str
    date: str  # ISO 8601 of any precision
    during: str  # in words
    until: dt.date | None
    where: str
    note: str
    url: str
    is_public: bool
    sides: Sequence[TookPart]

    @property
    def kind_label(self) -> str:
        return str(ActivityKind(self.kind).label)

    @property
    def people(self) -> int | None:
        return _sum(side.people for side in self.sides)

    @property
    def young_people(self) -> int | None:
        return _sum(side.young_people for side in self.sides)

    @property
    def organisations(self) -> int | None:
        return _sum(side.organisations for side in self.sides)


def of_hub(hub: Hub) -> QuerySet[Activity]:
    """All activities of the partnerships that the hub keeps."""
    return Activity.objects.filter(partnership__hub=hub)


def chosen(activities: QuerySet[Activity], *, kind: str = "", year: int | None = None) -> QuerySet[Activity]:
    """Those of a kind, and those that began in a year."""
    found = activities.filter(kind=kind) if kind else activities
    return found.filter(date__year=year) if year else found


def first_year(activities: QuerySet[Activity]) -> int | None:
    """The year of the earliest. One query."""
    first: dt.date | None = activities.order_by().aggregate(first=Min("date"))["first"]
    return first.year if first else None


def complete(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """With all that a row says: two more queries."""
    sides = Side.objects.select_related("place").order_by("position")
    counted = Participation.objects.select_related("side__place").order_by("side__position")
    return activities.select_related("partnership").prefetch_related(
        Prefetch("participations", counted), Prefetch("partnership__sides", sides)
    )


def rows(activities: Iterable[Activity]) -> list[LoggedActivity]:
    """`activities` come from `complete`."""
    return [_row(activity) for activity in activities]


def streamed(activities: QuerySet[Activity]) -> Iterator[LoggedActivity]:
    """All rows, some hundred at a time."""
    yield from map(_row, complete(activities).iterator(AT_ONCE))


def _row(activity: Activity) -> LoggedActivity:
    return LoggedActivity(
        public_id=activity.public_id,
        partnership=activity.partnership.public_id,
        partnership_title=activity.partnership.title,
        kind=activity.kind,
        title=activity.title,
        language=activity.language,
        date=activity.when.iso,
        during=telling.during(activity),
        until=activity.until,
        where=activity.where,
        note=activity.note,
        url=telling.web_address(activity.url),
        is_public=activity.is_public,
        sides=[
            TookPart(told.side.place.name, told.people, told.young_people, told.organisations)
            for told in activity.participations.all()
        ],
    )


def _sum(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


COLUMNS: list[Column[LoggedActivity]] = [
    Column("id", _("identifier"), lambda row: row.public_id),
    Column("partnership", _("identifier of the partnership"), lambda row: row.partnership),
    Column("places", _("places"), lambda row: row.partnership_title),
    Column("date", _("from"), lambda row: row.date),
    Column("until", _("until"), lambda row: row.until),
    Column("kind", _("kind"), lambda row: row.kind),
    Column("title", _("title"), lambda row: row.title),
    Column("where", _("where"), lambda row: row.where),
    Column("people", _("people"), lambda row: row.people),
    Column("young_people", _("of them young people"), lambda row: row.young_people),
    Column("organisations", _("organisations"), lambda row: row.organisations),
    Column("sides", _("people of each side"), lambda row: [_of_side(side) for side in row.sides]),
    Column("note", _("note"), lambda row: row.note),
    Column("url", _("link"), lambda row: row.url),
    Column("public", _("public"), lambda row: row.is_public),
]


def _of_side(side: TookPart) -> str:
    return f"{side.place}: {'?' if side.people is None else side.people}"
