"""A batch: one file on its way in. Its ends (places as the file names them) are found once; rows name two ends."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from concivis.exchange import notes
from concivis.exchange.enums import BatchState, Format, RowState
from concivis.exchange.iati.models import ActivityFacts, Disbursement, IatiFile, IatiRow, Publisher
from concivis.exchange.matching import How
from concivis.exchange.notes import Note
from concivis.exchange.proposals.models import ProposalFile, ProposalRow
from concivis.shell.dates import PartialDate, Precision
from concivis.twinning.enums import PartnershipKind

__all__ = [
    "HOW_LABELS",
    "ActivityFacts",
    "Batch",
    "BatchEnd",
    "BatchRow",
    "Disbursement",
    "IatiFile",
    "IatiRow",
    "ProposalFile",
    "ProposalRow",
    "Publisher",
]

HOW_LABELS = {
    How.ID: _("by its number"),
    How.NAME_NEAR: _("by name and coordinates"),
    How.NAME_ONLY: _("by name"),
    How.NAME_FAR: _("by name, against the coordinates"),
    How.OTHER_COUNTRY: _("by name and coordinates, in another country"),
    How.SIMILAR_NEAR: _("by a similar name nearby"),
    How.CREATED: _("to be created"),
    How.AMBIGUOUS: _("to be decided"),
    How.REJECTED: _("rejected"),
    How.CHOSEN: _("chosen by a person"),
}


class Batch(models.Model):
    """`hub`: whose partnerships these become; without one, they belong to the commons of the installation."""

    public_id = models.CharField(max_length=16, unique=True)
    hub = models.ForeignKey(
        "hubs.Hub", on_delete=models.PROTECT, null=True, blank=True, related_name="batches"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="batches"
    )
    format = models.CharField(max_length=10, choices=Format)
    filename = models.CharField(_("file"), max_length=200)  # as the person called it; shown, never opened
    stored = models.CharField(max_length=80)  # our own name of the file below DATA/imports
    sha256 = models.CharField(max_length=64)
    source = models.ForeignKey("twinning.Source", on_delete=models.PROTECT, related_name="batches")
    mapping: Any = models.JSONField(default=dict)  # target → index of the column
    remarks: Any = models.JSONField(default=list)  # sentences about how the file was read
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.UPLOADED)
    failure = models.CharField(max_length=500, blank=True)
    counts: Any = models.JSONField(default=dict)  # rows by state, ends by how they were found
    created_at = models.DateTimeField(auto_now_add=True)
    staged_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(name="batch_state_known", condition=Q(state__in=BatchState.values)),
            models.CheckConstraint(name="batch_format_known", condition=Q(format__in=Format.values)),
            models.CheckConstraint(
                name="batch_applied_says_when", condition=~Q(state="applied") | Q(applied_at__isnull=False)
            ),
            models.CheckConstraint(
                name="batch_undone_was_applied",
                condition=~Q(state="undone") | Q(applied_at__isnull=False, undone_at__isnull=False),
            ),
            models.CheckConstraint(
                name="batch_failed_says_why", condition=~Q(state="failed") | ~Q(failure="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filename} ({self.public_id})"

    @property
    def is_ready(self) -> bool:
        """Applying may begin, or begin again after a worker died in the middle."""
        return self.state in {BatchState.STAGED, BatchState.APPLYING}

    @property
    def row_count(self) -> int:
        return sum(self.counts.get("rows", {}).values())

    @property
    def is_busy(self) -> bool:
        return self.state in {BatchState.STAGING, BatchState.APPLYING}


class BatchEnd(models.Model):
    """A place as the file names it, and the place it was found to be, or is to become."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="ends")
    name = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=100, blank=True)  # as written
    code = models.CharField(max_length=2, blank=True)  # ISO 3166-1, as understood
    admin = models.CharField(max_length=200, blank=True)
    wikidata_id = models.CharField(max_length=16, blank=True)
    geonames_id = models.BigIntegerField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    population = models.BigIntegerField(null=True)
    how = models.CharField(max_length=14, choices=[(how.value, label) for how, label in HOW_LABELS.items()])
    place = models.ForeignKey("places.Place", on_delete=models.SET_NULL, null=True, related_name="batch_ends")
    twin = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, related_name="+"
    )  # is created as that end
    made_place = models.BooleanField(default=False)  # `place` was created when the batch was applied
    notes: Any = models.JSONField(default=list)
    proposals: Any = models.JSONField(default=list)  # [{"place", "km", "score"}], the likeliest first

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="batch_end_how_known", condition=Q(how__in=[how.value for how in How])
            ),
            models.CheckConstraint(
                name="batch_end_undecided_has_no_place",
                condition=~Q(how__in=["ambiguous", "rejected"]) | Q(place__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=("batch", "how"), name="batch_end_by_how")]

    def __str__(self) -> str:
        return self.name or self.wikidata_id or str(self.geonames_id)

    @property
    def said(self) -> list[Note]:
        return notes.from_json(self.notes)


class BatchRow(models.Model):
    """One line of the file. `a` and `b` are empty where the line could not be read."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=RowState)
    a = models.ForeignKey(BatchEnd, on_delete=models.CASCADE, null=True, related_name="+")
    b = models.ForeignKey(BatchEnd, on_delete=models.CASCADE, null=True, related_name="+")
    text = models.CharField(max_length=100, blank=True)  # the beginning of a line that could not be read
    kind = models.CharField(max_length=16, choices=PartnershipKind, default=PartnershipKind.TWINNING)
    started = models.DateField(null=True)
    started_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    ended = models.DateField(null=True)
    ended_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    locator = models.CharField(max_length=120, blank=True)
    notes: Any = models.JSONField(default=list)
    partnership = models.ForeignKey(
        "twinning.Partnership", on_delete=models.SET_NULL, null=True, related_name="batch_rows"
    )
    undo: Any = models.JSONField(default=dict)  # what applying did: ids of evidence and milestones, adopted

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("batch", "line"), name="batch_line_once"),
            models.CheckConstraint(name="batch_row_state_known", condition=Q(state__in=RowState.values)),
            models.CheckConstraint(
                name="batch_row_ends_or_rejected",
                condition=Q(state="rejected") | Q(a__isnull=False, b__isnull=False),
            ),
        ]
        indexes = [models.Index(F("batch"), F("state"), F("line"), name="batch_row_by_state")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.line}"

    @property
    def said(self) -> list[Note]:
        return notes.from_json(self.notes)

    @property
    def start(self) -> PartialDate | None:
        return PartialDate(self.started, Precision(self.started_precision)) if self.started else None

    @property
    def end(self) -> PartialDate | None:
        return PartialDate(self.ended, Precision(self.ended_precision)) if self.ended else None

    @property
    def ends(self) -> Sequence[BatchEnd]:
        return [end for end in (self.a, self.b) if end is not None]


# the tables of another format of this room: Django looks for them here
from concivis.exchange.sheets.models import (  # noqa: E402
    ExternalId as ExternalId,
)
from concivis.exchange.sheets.models import (  # noqa: E402
    RememberedColumn as RememberedColumn,
)
from concivis.exchange.sheets.models import (  # noqa: E402
    Sheet as Sheet,
)
from concivis.exchange.sheets.models import (  # noqa: E402
    SheetRow as SheetRow,
)
from concivis.exchange.takeout.models import (  # noqa: E402
    Takeout as Takeout,
)
