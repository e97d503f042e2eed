"""Plain values that `actions` turn into rows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from concivis.shell.dates import PartialDate
from concivis.twinning.enums import ActivityKind, MilestoneKind, PartnershipKind
from concivis.twinning.models import Source


@dataclass(frozen=True, kw_only=True)
class LinkDraft:
    """One link of an import: `places` are two or more Place ids, `locator` says where in the source."""

    places: tuple[int, ...]
    kind: PartnershipKind = PartnershipKind.TWINNING
    started: PartialDate | None = None
    ended: PartialDate | None = None
    locator: str = ""


@dataclass(frozen=True, kw_only=True)
class LinkResult:
    """What recording a link did. `evidence` and `milestones` are the ids this call added, so that it can be undone."""

    partnership: int
    change: str  # "new" | "changed" | "unchanged" | "kept" (another hub keeps it; nothing was touched)
    evidence: int | None = None
    milestones: tuple[int, ...] = ()
    adopted: bool = False  # taken over from the commons


@dataclass(frozen=True, kw_only=True)
class SideDraft:
    place: int
    organisation: int | None = None


@dataclass(frozen=True, kw_only=True)
class MilestoneDraft:
    """`place` names the side; None: all sides together."""

    kind: MilestoneKind
    when: PartialDate
    source: Source
    place: int | None = None
    note: str = ""
    decision: str = ""
    decision_url: str = ""


Counted = tuple[int | None, int | None, int | None]
"""People, young people among them, organisations of one side. None: not counted; 0: nobody."""


@dataclass(frozen=True, kw_only=True)
class ActivityDraft:
    """`participations`: {the side's primary key: who took part}; `until`: its last day, where it took several."""

    kind: ActivityKind
    title: str
    when: PartialDate
    until: dt.date | None = None
    where: str = ""
    note: str = ""
    language: str = ""  # BCP 47, of title and note
    url: str = ""
    source: Source | None = None
    is_public: bool = True
    participations: Mapping[int, Counted] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class EvidenceDraft:
    source: Source
    locator: str = ""


@dataclass(frozen=True)
class WithdrawOutcome:
    """`kept` maps a partnership's id to the sentence why it was not deleted."""

    deleted: int
    restored: int
    kept: dict[int, str] = field(default_factory=dict)
