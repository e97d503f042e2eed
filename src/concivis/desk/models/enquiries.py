"""What people ask the office, and what was noted and answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concivis.desk.enums import Channel, EntryKind, Outcome, Purpose
from concivis.hubs.models import Hub

ASKER = ("asker_name", "asker_email", "asker_phone")


class Enquiry(models.Model):
    """Open until it has an outcome. Holds personal data: only the desk sees it, and it has no card.

    `is_confirmed` is False for what came by the form with a mail address that nobody has confirmed: the office does
    not see it. `asker_wrote_at`: when the asker wrote what nobody has answered yet, after the first question.
    """

    public_id = models.CharField(max_length=16, unique=True)  # also the mark in the subject of letters
    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="enquiries")
    channel = models.CharField(_("how it came"), max_length=10, choices=Channel.choices)
    language = models.CharField(_("language"), max_length=12)  # one of the interface's: that of the letters
    topic = models.CharField(_("topic"), max_length=80, blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("what is asked"), blank=True)
    concerns_kind = models.CharField(max_length=30, blank=True)  # as on the card of what it is about
    concerns_id = models.CharField(max_length=16, blank=True)
    asker_name = models.CharField(_("name"), max_length=120, blank=True)
    asker_email = models.EmailField(_("mail address"), blank=True)
    asker_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(_("to be answered by"), null=True, blank=True)
    received_at = models.DateTimeField(default=timezone.now)
    first_answered_at = models.DateTimeField(null=True, blank=True)
    asker_wrote_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    is_confirmed = models.BooleanField(default=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)  # nothing of the asker is kept since then
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
            models.CheckConstraint(
                name="enquiry_concerns_one_thing",
                condition=Q(concerns_kind="", concerns_id="") | (~Q(concerns_kind="") & ~Q(concerns_id="")),
            ),
            models.CheckConstraint(
                name="enquiry_forgotten_has_no_asker",
                condition=Q(forgotten_at__isnull=True) | Q(**dict.fromkeys(ASKER, "")),
            ),
            models.CheckConstraint(
                name="enquiry_unconfirmed_by_form", condition=Q(is_confirmed=True) | Q(channel=Channel.FORM)
            ),
        ]
        indexes = [
            models.Index(fields=("hub", "closed_at"), name="enquiry_open"),
            models.Index(fields=("hub", "-received_at"), name="enquiry_by_age"),
            models.Index(fields=("asker_email",), name="enquiry_by_asker"),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def waits(self) -> bool:
        """For a word of the office."""
        return self.is_open and (self.first_answered_at is None or self.asker_wrote_at is not None)

    @property
    def language_name(self) -> str:
        return str(dict(settings.LANGUAGES).get(self.language, self.language))

    @property
    def has_asker(self) -> bool:
        return any(getattr(self, name) for name in ASKER)


class Entry(models.Model):
    """A note of the office, an answer, or what the asker wrote after the question. `mailed`: an answer that went to the
    asker's address from here. `is_automatic`: a program of the asker wrote it. `is_from_other`: it came from another
    mail address than the asker's."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    text = models.TextField()
    mailed = models.BooleanField(default=False)
    is_automatic = models.BooleanField(default=False)
    is_from_other = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.CheckConstraint(
                name="entry_only_answers_are_mailed", condition=Q(mailed=False) | Q(kind=EntryKind.ANSWER)
            ),
            models.CheckConstraint(name="entry_kind_known", condition=Q(kind__in=EntryKind.values)),
            models.CheckConstraint(
                name="entry_marks_of_messages",
                condition=Q(is_automatic=False, is_from_other=False) | Q(kind=EntryKind.MESSAGE),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class AskerKey(models.Model):
    """A key with which an asker confirms an address or follows an enquiry. Only its hash is kept."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="keys")
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="asker_key_purpose_known", condition=Q(purpose__in=Purpose.values))
        ]

    def __str__(self) -> str:
        return f"key of enquiry {self.enquiry_id}"
