"""A sheet: one table of initiatives or organisations on its way in. What its columns mean is remembered by the hub."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from concivis.exchange import notes
from concivis.exchange.enums import BatchState, RowState
from concivis.exchange.notes import Note
from concivis.exchange.sheets.enums import GUESSED, Deed, Match, SheetKind


class Sheet(models.Model):
    """`rule`: what becomes of rows whose entry is there already. The file and its rows go after a while."""

    public_id = models.CharField(max_length=16, unique=True)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, related_name="sheets")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=16, choices=SheetKind)
    filename = models.CharField(max_length=200)  # as the person called it; shown, never opened
    stored = models.CharField(
        max_length=80, blank=True
    )  # our own name of the file; empty once it is forgotten
    mapping: Any = models.JSONField(default=dict)  # name of the field → index of the column
    remarks: Any = models.JSONField(default=list)  # sentences about how the file was read
    rule = models.CharField(max_length=10, choices=Deed, default=Deed.OVERWRITE)
    publishes = models.BooleanField(
        default=False
    )  # new entries are public at once; else the office looks first
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.UPLOADED)
    failure = models.CharField(max_length=500, blank=True)
    counts: Any = models.JSONField(
        default=dict
    )  # rows by state; "added", "overwritten", "taken_back", "kept"
    created_at = models.DateTimeField(auto_now_add=True)
    staged_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(name="sheet_kind_known", condition=Q(kind__in=SheetKind.values)),
            models.CheckConstraint(name="sheet_state_known", condition=Q(state__in=BatchState.values)),
            models.CheckConstraint(name="sheet_rule_known", condition=Q(rule__in=Deed.values)),
            models.CheckConstraint(
                name="sheet_applied_says_when", condition=~Q(state="applied") | Q(applied_at__isnull=False)
            ),
            models.CheckConstraint(
                name="sheet_undone_was_applied",
                condition=~Q(state="undone") | Q(applied_at__isnull=False, undone_at__isnull=False),
            ),
            models.CheckConstraint(
                name="sheet_failed_says_why", condition=~Q(state="failed") | ~Q(failure="")
            ),
        ]
        indexes = [models.Index(fields=("created_at",), name="sheet_by_age")]

    def __str__(self) -> str:
        return f"{self.filename} ({self.public_id})"

    @property
    def is_busy(self) -> bool:
        return self.state in {BatchState.STAGING, BatchState.APPLYING}

    @property
    def is_kept(self) -> bool:
        """The file and its rows are still there."""
        return bool(self.stored)

    @property
    def row_count(self) -> int:
        return sum(self.counts.get("rows", {}).values())


class SheetRow(models.Model):
    """One line of the table. `values`: what it says, field by field, in codes; `before`: what the entry said."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=RowState)
    title = models.CharField(max_length=200, blank=True)  # to recognise it by
    values: Any = models.JSONField(default=dict)
    before: Any = models.JSONField(default=dict)  # of the fields that differ
    notes: Any = models.JSONField(default=list)
    match = models.CharField(max_length=8, choices=Match, blank=True)
    object_id = models.CharField(max_length=16, blank=True)  # public id of the entry that is meant
    version = models.CharField(
        max_length=40, blank=True
    )  # of that entry when it was compared, then when written
    choice = models.CharField(max_length=10, choices=Deed, blank=True)  # of a person; empty: the sheet's rule
    done = models.CharField(max_length=10, choices=Deed, blank=True)  # what applying did

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("sheet", "line"), name="sheet_line_once"),
            models.CheckConstraint(name="sheet_row_state_known", condition=Q(state__in=RowState.values)),
            models.CheckConstraint(
                name="sheet_row_done_has_entry", condition=Q(done__in=["", "leave"]) | ~Q(object_id="")
            ),
        ]
        indexes = [models.Index(fields=("sheet", "state", "line"), name="sheet_row_by_state")]

    def __str__(self) -> str:
        return f"{self.sheet_id}:{self.line}"

    @property
    def said(self) -> list[Note]:
        return notes.from_json(self.notes)

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """What a person may choose."""
        if self.state == RowState.NEW:
            return (Deed.ADD, Deed.LEAVE)
        if self.state == RowState.CHANGED:
            added = (Deed.ADD,) if self.match in GUESSED else ()
            return (Deed.OVERWRITE, *added, Deed.LEAVE)
        return ()

    def deed(self, rule: str) -> Deed:
        """What applying does, under the rule of the sheet."""
        allowed = self.deeds
        if self.choice in allowed:
            return Deed(self.choice)
        if self.state == RowState.NEW:
            return Deed.ADD
        return Deed(rule) if rule in allowed else Deed.LEAVE


class ExternalId(models.Model):
    """The number that an entry has in somebody's own list, by which it is found again."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=SheetKind)
    external_id = models.CharField(max_length=100)
    object_id = models.CharField(max_length=16)  # public id

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("hub", "kind", "external_id"), name="external_id_once"),
            models.CheckConstraint(name="external_id_kind_known", condition=Q(kind__in=SheetKind.values)),
        ]
        indexes = [models.Index(fields=("hub", "kind", "object_id"), name="external_id_by_entry")]

    def __str__(self) -> str:
        return self.external_id


class RememberedColumn(models.Model):
    """What a column of this heading meant in the hub's last table; "" where it was left out."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=SheetKind)
    heading = models.CharField(max_length=200)  # folded
    field = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("hub", "kind", "heading"), name="remembered_column_once"),
            models.CheckConstraint(
                name="remembered_column_kind_known", condition=Q(kind__in=SheetKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.heading}: {self.field}"
