"""What people ask the office, and what was noted and answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concivis.desk.enums import Channel, EntryKind, Outcome
from concivis.hubs.models import Hub


class Enquiry(models.Model):
    """Open until it has an outcome. Holds personal data: only the desk sees it, and it has no card."""

    public_id = models.CharField(max_length=16, unique=True)
    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="enquiries")
    channel = models.CharField(_("how it came"), max_length=10, choices=Channel.choices)
    language = models.CharField(_("language"), max_length=12)  # one of the interface's: that of the letters
    topic = models.CharField(_("topic"), max_length=80, blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("what is asked"), blank=True)
    asker_name = models.CharField(_("name"), max_length=120, blank=True)
    asker_email = models.EmailField(_("mail address"), blank=True)
    asker_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(_("to be answered by"), null=True, blank=True)
    received_at = models.DateTimeField(default=timezone.now)
    first_answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ("-received_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="enquiry_closed_with_outcome",
                condition=Q(closed_at__isnull=True, outcome="")
                | Q(closed_at__isnull=False, outcome__in=Outcome.values),
            ),
            models.CheckConstraint(name="enquiry_channel_known", condition=Q(channel__in=Channel.values)),
        ]
        indexes = [models.Index(fields=("hub", "closed_at"), name="enquiry_open")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Entry(models.Model):
    """A note of the office, or an answer. `mailed`: it went to the asker's address from here."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    text = models.TextField()
    mailed = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.CheckConstraint(
                name="entry_only_answers_are_mailed", condition=Q(mailed=False) | Q(kind=EntryKind.ANSWER)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
