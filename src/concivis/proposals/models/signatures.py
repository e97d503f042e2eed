"""Signatures, and how they are counted.

The transaction that signs writes a signature and deletes the attempt: two rows of its own. It never touches a row that
others write, too, such as a counter; numbers are counted beside it, a little later (`Tally`).
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concivis.mailings.enums import LetterState
from concivis.proposals.enums import Assurance, Check, Means, Support
from concivis.proposals.models.proposals import Proposal


class Signing(models.Model):
    """What is known of somebody who signs. `person`: a keyed hash of the normalised identity and the proposal."""

    person = models.CharField(max_length=64)
    key_hash = models.CharField(max_length=64, unique=True)  # of the mailed key: confirms, later withdraws
    support = models.CharField(max_length=12, choices=Support)
    means = models.CharField(max_length=8, choices=Means)
    assurance = models.CharField(max_length=12, choices=Assurance)
    name = models.CharField(_("name"), max_length=120, blank=True)
    name_public = models.BooleanField(default=False)
    email = models.EmailField(blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    address = models.CharField(max_length=200, blank=True)
    area = models.CharField(max_length=20, blank=True)  # a code of Rules.areas
    language = models.CharField(max_length=12, blank=True)
    domain = models.CharField(max_length=100, blank=True)  # of the mail address
    network = models.CharField(max_length=16, blank=True)  # a keyed hash of the network, not of the address
    wants_news = models.BooleanField(default=False)  # of a signature: until `actions.following` has noted it

    class Meta:
        abstract = True


class Attempt(Signing):
    """Begun and not yet confirmed: deleted with the signature, or after seven days. Several of one person may wait.

    It is also the letter that waits to be sent: its key is made when the letter leaves, so that only the hash is ever
    kept; until then `key_hash` is that of a key nobody has. Where the person has signed already, the key opens that
    signature. `held`: from where so many came that the office looks first; nothing is mailed.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="attempts", db_index=False)
    begun_at = models.DateTimeField(default=timezone.now)
    confirm_until = models.DateTimeField()
    held = models.BooleanField(default=False)
    letter = models.CharField(max_length=12, choices=LetterState, default=LetterState.DUE)
    next_attempt_at = models.DateTimeField(default=timezone.now)  # at mailing the letter
    claim = models.UUIDField(null=True, blank=True)  # the worker that has it in hand until then
    letter_attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=("begun_at",), name="attempt_by_age"),
            models.Index(fields=("proposal", "person"), name="attempt_of_person"),
            models.Index(
                fields=("next_attempt_at",), condition=Q(letter="due", held=False), name="attempt_letter_due"
            ),
        ]

    def __str__(self) -> str:
        return f"attempt {self.pk} at {self.proposal_id}"


class Invalidation(models.Model):
    """Many signatures that do not count, chosen by what `chosen_by` says; taken back as a whole."""

    public_id = models.CharField(max_length=16, unique=True)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="invalidations")
    chosen_by: Any = models.JSONField(default=dict)
    reason = models.CharField(max_length=300)
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = [models.CheckConstraint(name="invalidation_says_why", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.number} of {self.proposal_id}"


class SignatureQuerySet(models.QuerySet["Signature"]):
    def standing(self) -> "SignatureQuerySet":
        """What counts: neither withdrawn, nor invalidated, nor refused by the register."""
        return self.filter(withdrawn_at=None, invalidation=None).exclude(check_state=Check.INVALID)


class Signature(Signing):
    """One person, once for each proposal: the database sees to it. Withdrawn ones stay until they are reduced."""

    # found by the unique constraint's index; each further index is paid for by everybody who signs
    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, related_name="signatures", db_index=False
    )
    signed_at = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    invalidation = models.ForeignKey(
        Invalidation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="signatures",
        db_index=False,
    )
    check_state = models.CharField(max_length=8, choices=Check, default=Check.WAITING)
    checked_at = models.DateTimeField(null=True, blank=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("proposal", "person"), name="signature_once"),
            models.CheckConstraint(name="signature_support_known", condition=Q(support__in=Support.values)),
            models.CheckConstraint(name="signature_check_known", condition=Q(check_state__in=Check.values)),
            models.CheckConstraint(
                name="signature_public_name_is_said", condition=Q(name_public=False) | ~Q(name="")
            ),
        ]
        indexes = [
            models.Index(fields=("proposal", "signed_at"), name="signature_by_time"),
            models.Index(fields=("signed_at",), condition=Q(wants_news=True), name="signature_wants_news"),
            models.Index(
                fields=("invalidation",),
                condition=Q(invalidation__isnull=False),
                name="signature_invalidated",
            ),
            models.Index(
                fields=("proposal", "signed_at"), condition=Q(name_public=True), name="signature_public_name"
            ),
        ]

    def __str__(self) -> str:
        return f"signature {self.pk} of {self.proposal_id}"


class Tally(models.Model):
    """What was counted, as of `counted_at`: written by the one who counts, read by every page."""

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="tally")
    legal = models.PositiveIntegerField(default=0)  # without paper
    consultative = models.PositiveIntegerField(default=0)
    paper = models.PositiveIntegerField(default=0)
    valid = models.PositiveIntegerField(default=0)  # of the legal ones, said valid by the register
    invalid = models.PositiveIntegerField(default=0)
    areas: Any = models.JSONField(default=dict)  # {code: number}; told from five people on
    base: Any = models.JSONField(default=dict)  # the same numbers, of the signatures up to `counted_to`
    counted_to = models.DateTimeField(null=True, blank=True)  # what came later is counted anew each time
    counted_at = models.DateTimeField(null=True, blank=True)  # when these numbers were first seen
    reconciled_at = models.DateTimeField(null=True, blank=True)  # when `base` was counted from the rows
    frozen_at = models.DateTimeField(
        null=True, blank=True
    )  # for good: from then on the signatures are deleted, and nothing counts them anew

    def __str__(self) -> str:
        return f"{self.legal} + {self.consultative} + {self.paper} of {self.proposal_id}"

    @property
    def counts(self) -> int:
        """What a threshold is compared with."""
        return self.legal + self.paper


class SigningLimits(models.Model):
    """What a hub lets through without looking. Not among the rules: it changes in the hour of an attack."""

    hub = models.OneToOneField("hubs.Hub", on_delete=models.CASCADE, related_name="signing_limits")
    network_burst = models.PositiveIntegerField(_("from one network in ten minutes"), default=300)
    network_day = models.PositiveIntegerField(_("from one network in a day"), default=5000)
    domain_burst = models.PositiveIntegerField(_("from one mail domain in ten minutes"), default=100)
    domain_day = models.PositiveIntegerField(_("from one mail domain in a day"), default=1000)
    allowed_domains: Any = models.JSONField(
        _("mail domains without a limit"), default=list, blank=True
    )  # beside the large providers
    blocked_domains: Any = models.JSONField(_("mail domains that do not count"), default=list, blank=True)

    def __str__(self) -> str:
        return f"limits of {self.hub_id}"


class PaperSheet(models.Model):
    """Signatures on paper, counted by the office and kept apart. `scan`: private."""

    public_id = models.CharField(max_length=16, unique=True)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="sheets")
    label = models.CharField(_("number of the sheet"), max_length=40)
    lines = models.PositiveSmallIntegerField(_("signatures on it"))
    valid = models.PositiveSmallIntegerField(_("of which count"))
    received_on = models.DateField(_("received on"))
    scan = models.FileField(_("scan"), upload_to="proposals/sheets/", blank=True)
    scan_name = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    entered_at = models.DateTimeField(auto_now_add=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ("label", "pk")
        constraints = [
            models.UniqueConstraint(fields=("proposal", "label"), name="paper_sheet_once"),
            models.CheckConstraint(
                name="paper_sheet_counts_what_is_on_it", condition=Q(valid__lte=models.F("lines"))
            ),
        ]

    def __str__(self) -> str:
        return self.label


class RegisterCheck(models.Model):
    """A file of the register's answers that was brought in: looked at first, then applied. The same file again changes
    nothing."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="checks")
    sha256 = models.CharField(max_length=64)
    filename = models.CharField(max_length=200)
    counts: Any = models.JSONField(default=dict)  # {"valid": n, "invalid": n, "unknown": n, "same": n}
    file = models.FileField(upload_to="proposals/checks/", blank=True)  # until it is applied; private
    applied_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ("-made_at",)
        constraints = [models.UniqueConstraint(fields=("proposal", "sha256"), name="register_check_once")]

    def __str__(self) -> str:
        return self.filename


class Handover(models.Model):
    """The package for the authority: opened with a key, each opening in the record, locked once received."""

    public_id = models.CharField(max_length=16, unique=True)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="handovers")
    key_hash = models.CharField(max_length=64, unique=True)
    recipient = models.CharField(_("who gets it"), max_length=200)
    email = models.EmailField(_("mail address"))
    language = models.CharField(max_length=12)  # of the letter and the sheets, one of the interface's
    manifest: Any = models.JSONField(default=dict)  # {name of a file: SHA-256}, of the first that was fetched
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)  # that the answer is due
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.CharField(max_length=200, blank=True)
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"package {self.public_id}"

    @property
    def is_locked(self) -> bool:
        return (
            self.received_at is not None or self.withdrawn_at is not None or self.expires_at <= timezone.now()
        )
