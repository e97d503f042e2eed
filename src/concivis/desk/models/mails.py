"""Mail that arrived: which is known already, what it brought, and what waits in a preview."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from concivis.desk.enums import Refusal
from concivis.desk.models.enquiries import Enquiry, Entry
from concivis.hubs.models import Hub


class MailTrace(models.Model):
    """A mail that came or went, by the hash of its Message-ID: so none is taken in twice, and an answer finds its
    enquiry. `refusal`: why it became no enquiry. Nothing of what it said, or of who wrote it."""

    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="+")
    id_hash = models.CharField(max_length=64)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.SET_NULL, null=True, related_name="mails")
    refusal = models.CharField(max_length=10, choices=Refusal.choices, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("hub", "id_hash"), name="mail_once"),
            models.CheckConstraint(
                name="mail_refusal_known", condition=Q(refusal="") | Q(refusal__in=Refusal.values)
            ),
        ]
        indexes = [models.Index(fields=("hub", "-at"), name="mail_by_age")]

    def __str__(self) -> str:
        return f"mail {self.pk}"


class Attachment(models.Model):
    """A file that came with a mail: kept under a random name, or left, with a sentence why (then there is no file).

    `entry` is None for what came with the question itself."""

    public_id = models.CharField(max_length=16, unique=True)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="attachments")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, null=True, related_name="attachments")
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="enquiries/", blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    left = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="attachment_kept_or_left",
                condition=(Q(file="") & ~Q(left="")) | (~Q(file="") & Q(left="")),
            )
        ]

    def __str__(self) -> str:
        return f"attachment {self.public_id}"


class MailUpload(models.Model):
    """A file of mails that the office uploaded, until it is taken in or thrown away."""

    public_id = models.CharField(max_length=16, unique=True)
    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="mails/")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"mails {self.public_id}"
