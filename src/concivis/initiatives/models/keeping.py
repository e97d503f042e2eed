"""What the register needs besides: mailed keys, forms not sent yet, a hub's rules."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concivis.hubs.models import Hub
from concivis.initiatives.enums import Purpose
from concivis.initiatives.models.initiatives import Initiative

ASK_AFTER_MONTHS, ARCHIVE_AFTER_MONTHS = 12, 24  # where no hub says otherwise


class OwnerKey(models.Model):
    """A mailed key with which an owner acts without an account. Only the key's hash is kept."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="keys")
    purpose = models.CharField(max_length=8, choices=Purpose)
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at",)
        constraints = [
            models.CheckConstraint(name="owner_key_purpose_known", condition=Q(purpose__in=Purpose.values))
        ]

    def __str__(self) -> str:
        return f"key of initiative {self.initiative_id}"

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None and self.expires_at > timezone.now()


class FormDraft(models.Model):
    """What somebody has written into the public form so far; found again by the key in the page's address."""

    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="+")
    key_hash = models.CharField(max_length=64, unique=True)
    answers: Any = models.JSONField(default=dict)  # {name of the field: [texts]}
    begun_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=("saved_at",), name="form_draft_by_age")]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class RegisterRules(models.Model):
    """A hub without a row follows the defaults."""

    hub = models.OneToOneField(Hub, on_delete=models.CASCADE, related_name="register_rules")
    ask_after_months = models.PositiveSmallIntegerField(
        _("ask owners after"), default=ASK_AFTER_MONTHS
    )  # months without a confirmation
    archive_after_months = models.PositiveSmallIntegerField(_("archive after"), default=ARCHIVE_AFTER_MONTHS)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="register_rules_ask_before_archiving",
                condition=Q(ask_after_months__gte=1, archive_after_months__gt=F("ask_after_months")),
            )
        ]

    def __str__(self) -> str:
        return f"rules of {self.hub_id}"
