from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from concivis.mailings.enums import LetterState, MailingState


class Mailing(models.Model):
    """One letter to many. What it says is made by the room that opened it (`kinds.register`)."""

    public_id = models.CharField(max_length=16, unique=True)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, null=True, related_name="mailings")
    kind = models.CharField(max_length=30)  # of `kinds`
    object_id = models.CharField(max_length=40)  # of what it tells, in the room of its kind
    state = models.CharField(max_length=12, choices=MailingState, default=MailingState.SENDING)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    opened_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-opened_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("kind", "object_id"), name="mailing_once"),
            models.CheckConstraint(
                name="mailing_ends_with_its_state",
                condition=Q(state__in=("sending", "paused"), ended_at__isnull=True)
                | Q(state__in=("cancelled", "finished"), ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Letter(models.Model):
    """One address of a mailing. `address` is forgotten some time after the end; the row stays, to be counted."""

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="letters")
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=12)  # one of the interface's
    reference = models.CharField(max_length=40, blank=True)  # of the room: a subscription, a signature
    message_id = models.UUIDField(default=uuid4, editable=False)  # the same however often it is tried
    state = models.CharField(max_length=12, choices=LetterState, default=LetterState.DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    claim = models.UUIDField(null=True, blank=True)  # the worker that has it in hand until the next attempt
    handed_over_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(
        max_length=80, blank=True
    )  # of a mail server that refused; its code, no address

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("mailing", "address"), condition=~Q(address=""), name="letter_once"
            ),
            models.CheckConstraint(
                name="letter_handed_over_at_a_time",
                condition=Q(state="handed_over", handed_over_at__isnull=False)
                | (~Q(state="handed_over") & Q(handed_over_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=("mailing", "next_attempt_at"), condition=Q(state="due"), name="letter_due"),
            models.Index(fields=("mailing", "state"), name="letter_by_state"),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk} of {self.mailing_id}"
