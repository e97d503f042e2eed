"""A hub's archive, made by a job, kept for some days."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TakeoutState(models.TextChoices):
    MAKING = "making", _("being made")
    READY = "ready", pgettext_lazy("archive", "ready")
    FAILED = "failed", pgettext_lazy("archive", "failed")


class Takeout(models.Model):
    """`stored`: the name of the file below DATA/takeouts; "" until it is made."""

    public_id = models.CharField(max_length=16, unique=True)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, related_name="takeouts")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=TakeoutState, default=TakeoutState.MAKING)
    stored = models.CharField(max_length=80, blank=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    sha256 = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField()  # then the file goes

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.CheckConstraint(name="takeout_state_known", condition=Q(state__in=TakeoutState.values)),
            models.CheckConstraint(
                name="takeout_ready_has_file", condition=~Q(state="ready") | ~Q(stored="") & ~Q(sha256="")
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
