"""Plain values that `actions` turn into rows."""

from dataclasses import dataclass, field

from concivis.twinning.dates import PartialDate
from concivis.twinning.enums import MilestoneKind, PartnershipKind
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
