"""Community connectors: who goes between people and the administration, and what the office owes them."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from concivis.codesign.enums import ConnectorState, ExpenseState, Said, Sender
from concivis.hubs.models import Hub
from concivis.shell.content import LANGUAGE_LENGTH

ANSWER_DAYS, PARTICIPANT_MONTHS, CONNECTOR_MONTHS = 7, 6, 12  # where no hub says otherwise


class Connector(models.Model):
    """Somebody on the office's roster. `name` may be a pseudonym; the mail address is never public.

    Communities and languages are in `Volunteered`, written by the person alone. `ConnectorKey` opens their pages.
    """

    public_id = models.CharField(max_length=16, unique=True)
    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="connectors")
    name = models.CharField(_("name or pseudonym"), max_length=120, blank=True)
    email = models.EmailField(_("mail address"), blank=True)
    language = models.CharField(_("language of our letters"), max_length=12)  # one of the interface's
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=ConnectorState, default=ConnectorState.INVITED)
    name_public = models.BooleanField(default=False)  # the person agreed, on their own page
    name_public_on = models.DateField(null=True, blank=True)
    term_from = models.DateField(_("from"))
    term_until = models.DateField(_("until"))
    joined_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)  # nothing of the person is kept since
    term_reminded_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    is_example = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.CheckConstraint(
                name="connector_state_known", condition=Q(state__in=ConnectorState.values)
            ),
            models.CheckConstraint(
                name="connector_named_or_forgotten",
                condition=(~Q(name="") & Q(forgotten_at__isnull=True))
                | Q(name="", email="", user__isnull=True, forgotten_at__isnull=False),
            ),
            models.CheckConstraint(
                name="connector_forgotten_after_the_end",
                condition=Q(forgotten_at__isnull=True) | Q(state=ConnectorState.ENDED),
            ),
            models.CheckConstraint(
                name="connector_term_in_order", condition=Q(term_until__gte=F("term_from"))
            ),
            models.CheckConstraint(
                name="connector_joined_when",
                condition=Q(state__in=[ConnectorState.INVITED, ConnectorState.ENDED])
                | Q(joined_at__isnull=False),
            ),
            models.CheckConstraint(
                name="connector_ended_when",
                condition=Q(state=ConnectorState.ENDED, ended_at__isnull=False)
                | (~Q(state=ConnectorState.ENDED) & Q(ended_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="connector_name_public_with_consent",
                condition=Q(name_public=False) | Q(name_public_on__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("hub", "email"), condition=~Q(email=""), name="connector_address_once"
            ),
        ]
        indexes = [models.Index(fields=("hub", "state"), name="connector_by_state")]

    def __str__(self) -> str:
        return self.name or str(_("a former connector"))

    @property
    def is_working(self) -> bool:
        return self.state in (ConnectorState.ACTIVE, ConnectorState.RESTING)


class ConnectorKey(models.Model):
    """The mailed key to a connector's own pages, one at a time. Only its hash is kept."""

    connector = models.OneToOneField(Connector, on_delete=models.CASCADE, related_name="key")
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"key of connector {self.connector_id}"


class Volunteered(models.Model):
    """One thing a connector said about themselves, on their own page. Nobody else writes here; nothing is inferred."""

    connector = models.ForeignKey(Connector, on_delete=models.CASCADE, related_name="volunteered")
    kind = models.CharField(max_length=10, choices=Said)
    value = models.CharField(max_length=120)  # a community in their words; of a language, its BCP 47 tag
    is_public = models.BooleanField(default=False)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ("kind", "value")
        constraints = [
            models.UniqueConstraint(fields=("connector", "kind", "value"), name="volunteered_once"),
            models.CheckConstraint(
                name="volunteered_something", condition=Q(kind__in=Said.values) & ~Q(value="")
            ),
        ]

    def __str__(self) -> str:
        return self.value


class TrainingPart(models.Model):
    """A part of the training that a hub offers its connectors."""

    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="training_parts")
    title = models.CharField(_("title"), max_length=160)
    language = models.CharField(max_length=LANGUAGE_LENGTH)
    hours = models.DecimalField(
        _("hours"), max_digits=4, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    position = models.PositiveSmallIntegerField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(name="training_part_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="training_part_takes_time", condition=Q(hours__isnull=True) | Q(hours__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TrainingDone(models.Model):
    connector = models.ForeignKey(Connector, on_delete=models.CASCADE, related_name="training")
    part = models.ForeignKey(TrainingPart, on_delete=models.CASCADE, related_name="done")
    done_on = models.DateField(_("on"))

    class Meta:
        ordering = ("done_on", "pk")
        constraints = [models.UniqueConstraint(fields=("connector", "part"), name="training_done_once")]

    def __str__(self) -> str:
        return f"{self.part_id} {self.done_on}"


class Expense(models.Model):
    """What a connector paid and gets back. The receipt is never public."""

    public_id = models.CharField(max_length=16, unique=True)
    connector = models.ForeignKey(Connector, on_delete=models.CASCADE, related_name="expenses")
    date = models.DateField(_("on"))
    what = models.CharField(_("what for"), max_length=200)
    amount = models.DecimalField(_("amount"), max_digits=8, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)  # ISO 4217
    receipt = models.FileField(_("receipt"), upload_to="codesign/receipts/", blank=True)
    receipt_name = models.CharField(max_length=200, blank=True)  # for the download
    media_type = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=10, choices=ExpenseState, default=ExpenseState.ENTERED)
    reason = models.CharField(_("why it was refused"), max_length=300, blank=True)
    entered_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-date", "-pk")
        constraints = [
            models.CheckConstraint(name="expense_state_known", condition=Q(state__in=ExpenseState.values)),
            models.CheckConstraint(
                name="expense_is_money", condition=Q(amount__gt=0) & ~Q(currency="") & ~Q(what="")
            ),
            models.CheckConstraint(
                name="expense_refused_with_reason",
                condition=(Q(state=ExpenseState.REFUSED) & ~Q(reason=""))
                | (~Q(state=ExpenseState.REFUSED) & Q(reason="")),
            ),
            models.CheckConstraint(
                name="expense_decided_when",
                condition=Q(state=ExpenseState.ENTERED, decided_at__isnull=True)
                | (~Q(state=ExpenseState.ENTERED) & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="expense_paid_when",
                condition=Q(state=ExpenseState.PAID, paid_at__isnull=False)
                | (~Q(state=ExpenseState.PAID) & Q(paid_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="expense_receipt_has_a_name", condition=Q(receipt="") | ~Q(receipt_name="")
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Message(models.Model):
    """A message of the thread between a connector and the office."""

    connector = models.ForeignKey(Connector, on_delete=models.CASCADE, related_name="messages")
    sender = models.CharField(max_length=10, choices=Sender)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("message"), max_length=4000)
    sent_at = models.DateTimeField()
    # of the connector's: nothing more is to be answered; set by an answer, or by the office saying so
    settled_at = models.DateTimeField(null=True, blank=True)
    excused_at = models.DateTimeField(null=True, blank=True)  # "we have not forgotten" was mailed

    class Meta:
        ordering = ("sent_at", "pk")
        constraints = [
            models.CheckConstraint(
                name="message_says_something", condition=Q(sender__in=Sender.values) & ~Q(text="")
            ),
            models.CheckConstraint(
                name="message_settled_of_connector",
                condition=Q(sender=Sender.CONNECTOR) | Q(settled_at__isnull=True, excused_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=("sent_at",),
                condition=Q(sender=Sender.CONNECTOR, settled_at__isnull=True),
                name="message_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"


class Reading(models.Model):
    """That the other side has read a message: the connector (`by` is empty), or a person of the office."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="readings")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(fields=("message", "by"), name="reading_once_a_person"),
            models.UniqueConstraint(
                fields=("message",), condition=Q(by__isnull=True), name="reading_of_connector_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.at}"


class CodesignRules(models.Model):
    """A hub without a row follows the defaults."""

    hub = models.OneToOneField(Hub, on_delete=models.CASCADE, related_name="codesign_rules")
    answer_days = models.PositiveSmallIntegerField(_("the office answers within"), default=ANSWER_DAYS)
    participant_months = models.PositiveSmallIntegerField(
        _("forget participants after"), default=PARTICIPANT_MONTHS
    )  # months after the session
    connector_months = models.PositiveSmallIntegerField(
        _("forget connectors after"), default=CONNECTOR_MONTHS
    )  # months after they ended
    currency = models.CharField(_("currency of expenses"), max_length=3, default="EUR")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="codesign_rules_in_bounds",
                condition=Q(
                    answer_days__gte=1,
                    answer_days__lte=60,
                    participant_months__gte=1,
                    participant_months__lte=36,
                    connector_months__gte=1,
                    connector_months__lte=60,
                ),
            )
        ]

    def __str__(self) -> str:
        return f"rules of {self.hub_id}"
