"""What IATI wants to know beside what the register says."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from concivis.exchange.enums import BatchState, RowState
from concivis.exchange.iati.codes import OrganisationType


class Publisher(models.Model):
    """Under which identifier a hub publishes: that of the city in a register known to IATI."""

    hub = models.OneToOneField("hubs.Hub", on_delete=models.CASCADE, related_name="iati_publisher")
    identifier = models.CharField(_("identifier of your organisation"), max_length=100)
    organisation_type = models.CharField(
        _("kind of organisation"),
        max_length=2,
        choices=OrganisationType,
        default=OrganisationType.LOCAL_GOVERNMENT,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="iati_publisher_is_identified", condition=~Q(identifier="")),
            models.CheckConstraint(
                name="iati_publisher_type_known", condition=Q(organisation_type__in=OrganisationType.values)
            ),
        ]

    def __str__(self) -> str:
        return self.identifier


class ActivityFacts(models.Model):
    """`shares`: {country: percent as text}. `reporter`: who publishes the activity, if not the hub."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, related_name="+")
    initiative = models.OneToOneField(
        "initiatives.Initiative", on_delete=models.CASCADE, related_name="iati_facts"
    )
    identifier = models.CharField(max_length=200, blank=True)
    reporter = models.CharField(max_length=100, blank=True)
    shares: Any = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("hub", "identifier"), condition=~Q(identifier=""), name="iati_identifier_once"
            )
        ]

    def __str__(self) -> str:
        return self.identifier or str(self.initiative_id)


class Disbursement(models.Model):
    """Money that was paid out for an initiative."""

    initiative = models.ForeignKey(
        "initiatives.Initiative", on_delete=models.CASCADE, related_name="disbursements"
    )
    paid_on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)  # ISO 4217
    receiver = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("paid_on", "pk")
        constraints = [
            models.CheckConstraint(name="disbursement_is_money", condition=Q(amount__gt=0) & ~Q(currency=""))
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class IatiFile(models.Model):
    """A file of activities or organisations on its way in."""

    public_id = models.CharField(max_length=16, unique=True)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, related_name="iati_files")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=20)  # the name of its first element
    version = models.CharField(max_length=10)
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
            models.CheckConstraint(name="iati_file_state_known", condition=Q(state__in=BatchState.values)),
            models.CheckConstraint(
                name="iati_file_applied_says_when",
                condition=~Q(state="applied") | Q(applied_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_activities(self) -> bool:
        return self.kind == "iati-activities"

    @property
    def is_kept(self) -> bool:
        """Whether the file and its rows are still here."""
        return bool(self.stored)

    @property
    def is_busy(self) -> bool:
        return self.state in {BatchState.STAGING, BatchState.APPLYING}


class IatiRow(models.Model):
    """One entry of the file. `values`, `beside`: what it would write; `before`, `beside_before`: what stood there."""

    file = models.ForeignKey(IatiFile, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=RowState)
    identifier = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    notes: Any = models.JSONField(default=list)  # sentences
    values: Any = models.JSONField(default=dict)
    beside: Any = models.JSONField(default=dict)
    before: Any = models.JSONField(default=dict)
    beside_before: Any = models.JSONField(default=dict)
    object_id = models.CharField(max_length=16, blank=True)
    version = models.CharField(
        max_length=40, blank=True
    )  # of the entry: when it was read, then when it was written
    done = models.BooleanField(default=False)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("file", "number"), name="iati_row_once"),
            models.CheckConstraint(name="iati_row_state_known", condition=Q(state__in=RowState.values)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.identifier}"
