"""A file of another platform's proposals on its way in."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from concivis.exchange.enums import BatchState, RowState


class Platform(models.TextChoices):
    """Which software wrote the file."""

    PETITIONS = "petitions", _("petitions as those of the UK Parliament (JSON)")
    DECIDIM = "decidim", _("initiatives of Decidim (CSV)")


class ProposalFile(models.Model):
    """`source`: the platform ("https://petitions.example"). The file and its rows go after a while."""

    public_id = models.CharField(max_length=16, unique=True)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, related_name="proposal_files")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=Platform)
    source = models.CharField(max_length=200)
    licence = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=12)  # of the texts, where the file does not say it
    filename = models.CharField(max_length=200)  # as the person called it; shown, never opened
    stored = models.CharField(max_length=80, blank=True)  # our own name of the file; empty once forgotten
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.STAGING)
    failure = models.CharField(max_length=500, blank=True)
    counts: Any = models.JSONField(default=dict)  # rows by state
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(name="proposal_file_kind_known", condition=Q(kind__in=Platform.values)),
            models.CheckConstraint(
                name="proposal_file_state_known", condition=Q(state__in=BatchState.values)
            ),
            models.CheckConstraint(
                name="proposal_file_applied_says_when",
                condition=~Q(state="applied") | Q(applied_at__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_file_failed_says_why", condition=~Q(state="failed") | ~Q(failure="")
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_busy(self) -> bool:
        return self.state in {BatchState.STAGING, BatchState.APPLYING}

    @property
    def is_kept(self) -> bool:
        return bool(self.stored)

    @property
    def row_count(self) -> int:
        return sum(self.counts.values())


class ProposalRow(models.Model):
    """One proposal of the file. `values`: what it says; `before`: what was recorded here; both whole."""

    file = models.ForeignKey(ProposalFile, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=RowState)
    external_id = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=150, blank=True)
    notes: Any = models.JSONField(default=list)  # sentences
    values: Any = models.JSONField(default=dict)
    before: Any = models.JSONField(default=dict)
    object_id = models.CharField(max_length=16, blank=True)  # public id of the proposal here
    version = models.CharField(max_length=20, blank=True)  # of it: when it was read, then when written
    done = models.BooleanField(default=False)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("file", "number"), name="proposal_row_once"),
            models.CheckConstraint(name="proposal_row_state_known", condition=Q(state__in=RowState.values)),
        ]
        indexes = [models.Index(fields=("file", "state", "number"), name="proposal_row_by_state")]

    def __str__(self) -> str:
        return f"{self.number} {self.external_id}"

    @property
    def differs(self) -> list[str]:
        """The fields that are not as they were recorded."""
        return [name for name, value in self.values.items() if self.before and self.before.get(name) != value]
