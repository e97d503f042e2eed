"""What a hub decides about its partnerships."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from concivis.hubs.models import Hub

DORMANT_AFTER_MONTHS = 36  # where no hub says otherwise


class OfficeRules(models.Model):
    """A hub without a row follows the defaults."""

    hub = models.OneToOneField(Hub, on_delete=models.CASCADE, related_name="partnership_rules")
    # so long without a sign of life, after an activity was recorded
    dormant_after_months = models.PositiveSmallIntegerField(_("dormant after"), default=DORMANT_AFTER_MONTHS)
    # so long before an agreement that is limited in time runs out the office is reminded
    renewal_notice_days = models.PositiveSmallIntegerField(_("reminder of a renewal"), default=180)
    # so long without an activity until the office is reminded
    nudge_after_months = models.PositiveSmallIntegerField(_("reminder of activity"), default=12)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="office_rules_dormant_known", condition=Q(dormant_after_months__in=[12, 24, 36])
            ),
        ]

    def __str__(self) -> str:
        return f"rules of {self.hub_id}"
