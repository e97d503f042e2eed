from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concivis.newsletter.enums import IssueState, Rhythm, Section


class Subscription(models.Model):
    """An address that asked for letters. It counts once its holder confirmed; who leaves is deleted."""

    public_id = models.CharField(max_length=16, unique=True)
    hub = models.ForeignKey(
        "hubs.Hub", on_delete=models.CASCADE, null=True, blank=True, related_name="subscriptions"
    )  # null: everything on this installation
    email = models.EmailField(_("mail address"))
    language = models.CharField(_("language"), max_length=12)  # one of the interface's
    rhythm = models.CharField(_("how often"), max_length=12, choices=Rhythm)
    interests: Any = models.JSONField(default=dict)  # `interests.Interests` as a query: {"country": ["GH"]}
    interests_key = models.CharField(max_length=64)  # equal for equal interests
    key_hash = models.CharField(
        max_length=64, blank=True
    )  # of the mailed key that confirms; "" once confirmed
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # weekly and daily: the latest letter tells what happened between the two
    told_before = models.DateTimeField(null=True, blank=True)
    told_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-confirmed_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                Coalesce("hub", 0), "email", "rhythm", "interests_key", name="subscription_once"
            ),
            models.CheckConstraint(
                name="subscription_confirmed_or_keyed",
                condition=Q(confirmed_at__isnull=True, told_until__isnull=True, told_before__isnull=True)
                & ~Q(key_hash="")
                | Q(confirmed_at__isnull=False, key_hash=""),
            ),
            models.UniqueConstraint(
                fields=("key_hash",), condition=~Q(key_hash=""), name="subscription_key_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=("hub", "rhythm"), condition=Q(confirmed_at__isnull=False), name="subscription_counts"
            )
        ]

    def __str__(self) -> str:
        return f"subscription {self.public_id}"


class Issue(models.Model):
    """One newsletter of an office. What it says is frozen when it is sent."""

    public_id = models.CharField(max_length=16, unique=True)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, related_name="issues")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=IssueState, default=IssueState.DRAFT)
    since = models.DateTimeField()  # the period it tells of
    until = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=("hub", "number"), name="issue_number_once"),
            models.UniqueConstraint(
                fields=("hub",), condition=Q(state="draft"), name="issue_one_draft_of_a_hub"
            ),
            models.CheckConstraint(name="issue_period_in_order", condition=Q(until__gte=models.F("since"))),
            models.CheckConstraint(
                name="issue_sent_at_a_time",
                condition=Q(state="draft", sent_at__isnull=True) | Q(state="sent", sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hub} {self.number}"


class IssueText(models.Model):
    """What stands around the items, in one language."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=12)  # one of the interface's
    subject = models.CharField(_("subject"), max_length=150, blank=True)
    greeting = models.TextField(_("greeting"), blank=True)  # Markdown
    closing = models.TextField(_("closing"), blank=True)  # Markdown

    class Meta:
        ordering = ("language",)
        constraints = [models.UniqueConstraint(fields=("issue", "language"), name="issue_text_once")]

    def __str__(self) -> str:
        return self.subject


class Item(models.Model):
    """One thing a newsletter tells: something that happened, by its card, or the office's own words."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="items")
    section = models.CharField(max_length=8, choices=Section)
    position = models.PositiveIntegerField()
    is_included = models.BooleanField(default=True)
    card_kind = models.CharField(max_length=30, blank=True)
    card_id = models.CharField(max_length=16, blank=True)
    path = models.CharField(max_length=300, blank=True)  # without the language prefix
    facets: Any = models.JSONField(default=dict)  # of the card, as `interests` asks for them

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("issue", "card_kind", "card_id"), condition=~Q(card_id=""), name="item_card_once"
            ),
            models.CheckConstraint(
                name="item_of_a_card_or_own",
                condition=Q(section="own", card_id="") | (~Q(section="own") & ~Q(card_id="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.card_kind} {self.card_id}".strip()


class ItemText(models.Model):
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=12)  # BCP 47
    heading = models.CharField(_("heading"), max_length=300)
    text = models.TextField(_("text"), blank=True)  # Markdown of own items, plain of cards

    class Meta:
        ordering = ("language",)
        constraints = [models.UniqueConstraint(fields=("item", "language"), name="item_text_once")]

    def __str__(self) -> str:
        return self.heading
