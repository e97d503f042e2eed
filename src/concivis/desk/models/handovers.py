"""Handing an enquiry to another office or organisation, which needs the asker's consent."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from concivis.desk.enums import Consent
from concivis.desk.models.enquiries import Enquiry
from concivis.hubs.models import Hub


class Handover(models.Model):
    """To another hub, or to somebody with a mail address. `handed_at`: the enquiry has left; the asker had agreed."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="handovers")
    to_hub = models.ForeignKey(Hub, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    to_name = models.CharField(_("to whom"), max_length=200)  # as the asker read it
    to_email = models.EmailField(_("mail address"), blank=True)
    words = models.TextField(_("what you say with it"), max_length=2000, blank=True)
    consent = models.CharField(max_length=8, choices=Consent.choices)
    # how the asker agreed, where the office notes it: "by telephone on 3 May"
    how = models.CharField(_("how the asker agreed"), max_length=200, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    became = models.ForeignKey(
        Enquiry, on_delete=models.SET_NULL, null=True, blank=True, related_name="came_from"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.CheckConstraint(name="handover_consent_known", condition=Q(consent__in=Consent.values)),
            models.CheckConstraint(
                name="handover_only_with_consent",
                condition=Q(handed_at__isnull=True) | Q(consent=Consent.GIVEN),
            ),
            models.CheckConstraint(
                name="handover_decided",
                condition=Q(consent=Consent.ASKED, decided_at__isnull=True)
                | (~Q(consent=Consent.ASKED) & Q(decided_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=("enquiry",), condition=Q(consent=Consent.ASKED), name="handover_asked_once"
            ),
        ]

    def __str__(self) -> str:
        return f"handover of {self.enquiry_id}"
