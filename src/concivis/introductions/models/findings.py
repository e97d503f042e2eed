"""What the radar found for a hub, what the office said of it, and what the radar learnt from that."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from concivis.catalogue.radar import Kind
from concivis.introductions.enums import Verdict

NEW_DAYS = 7  # since it was first found


class Found(models.Model):
    """Two cards, one of them of the hub, that the weekly look found alike. Kept where the office judged it."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, related_name="+")
    own_kind = models.CharField(max_length=30)
    own_id = models.CharField(max_length=16)
    other_kind = models.CharField(max_length=30)
    other_id = models.CharField(max_length=16)
    pair = models.CharField(max_length=80)  # as in Introduction
    is_within = models.BooleanField()  # both are of this hub
    kind = models.CharField(max_length=14)
    confidence = models.FloatField()
    likeness = models.FloatField()
    reasons: Any = models.JSONField(
        default=list
    )  # [[kind, contribution, facts], …] as `findings.reasons_of` reads
    first_found_at = models.DateTimeField(default=timezone.now)
    found_at = models.DateTimeField(default=timezone.now)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-likeness", "pk")
        constraints = [
            models.UniqueConstraint(fields=("hub", "pair"), name="found_once"),
            models.CheckConstraint(
                name="found_kind_known", condition=Q(kind__in=[each.value for each in Kind])
            ),
            models.CheckConstraint(
                name="found_confidence_is_a_share",
                condition=Q(confidence__gte=0, confidence__lte=1, likeness__gte=0, likeness__lte=1),
            ),
            models.CheckConstraint(
                name="found_judged_when",
                condition=Q(verdict="", judged_at__isnull=True)
                | Q(verdict__in=Verdict.values, judged_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=("hub", "verdict", "-confidence"), name="found_by_verdict")]

    def __str__(self) -> str:
        return self.pair

    @property
    def is_new(self) -> bool:
        return self.first_found_at > timezone.now() - timedelta(days=NEW_DAYS)


class Lessons(models.Model):
    """When the radar last looked for a hub, and the weights it learnt there."""

    hub = models.OneToOneField("hubs.Hub", on_delete=models.CASCADE, related_name="+")
    looked_at = models.DateTimeField(null=True, blank=True)
    weights: Any = models.JSONField(default=dict)  # `HubWeights.as_json`
    learns_since = models.DateTimeField(null=True, blank=True)  # earlier verdicts teach nothing any more

    class Meta:
        verbose_name_plural = "lessons"

    def __str__(self) -> str:
        return f"lessons of {self.hub_id}"
