"""An activity as IATI tells it: what the writer writes and the reader reads. Texts are {language: text}."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

Texts = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Body:
    """An organisation that publishes or takes part. `role`, `type`: codes."""

    name: str
    ref: str = ""
    role: str = ""
    type: str = ""


@dataclass(frozen=True, kw_only=True)
class When:
    """`said`: how exactly it is known ("1963-05"), where not to the day."""

    type: str
    date: dt.date
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class Town:
    name: str
    geonames_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, kw_only=True)
class Planned:
    starts_on: dt.date
    ends_on: dt.date
    amount: Decimal
    currency: str


@dataclass(frozen=True, kw_only=True)
class Paid:
    on: dt.date
    amount: Decimal
    currency: str
    receiver: str = ""


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Whom one may write to: only what the person agreed to show everybody."""

    name: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Activity:
    """`language`: the one in which texts stand that name none. `terms`: "theme:youth-exchange", "sdg:sdg-04"."""

    identifier: str
    reporter: Body
    language: str
    titles: Texts
    summaries: Texts = field(default_factory=dict)
    stories: Texts = field(default_factory=dict)
    status: str = ""
    dates: tuple[When, ...] = ()
    bodies: tuple[Body, ...] = ()
    contact: Reach | None = None
    countries: tuple[tuple[str, Decimal | None], ...] = ()
    towns: tuple[Town, ...] = ()
    purpose: str = ""
    terms: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)  # of `terms`, for the writer
    budget: tuple[Planned, ...] = ()
    paid: tuple[Paid, ...] = ()
    page: str = ""
    changed: dt.datetime | None = None
    line: int = 0  # of the file


@dataclass(frozen=True, kw_only=True)
class Organisation:
    identifier: str
    names: Texts
    language: str
    type: str = ""
    changed: dt.datetime | None = None
    line: int = 0
