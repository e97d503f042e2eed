"""What IATI wants to know beside what the register says."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

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
