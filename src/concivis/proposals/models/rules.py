"""The rules of a hub for citizens' initiatives. A proposal keeps those of the day it was published."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from concivis.proposals import enums
from concivis.shell.content import LANGUAGE_LENGTH


class Rules(models.Model):
    """One version. Never changed once a proposal was published under it; whoever changes the rules makes the next."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="proposal_rules")
    number = models.PositiveIntegerField()  # 1, 2, … in a hub; the greatest is in force
    is_open = models.BooleanField(_("people may propose"), default=True)
    min_age = models.PositiveSmallIntegerField(
        _("least age"), null=True, blank=True, validators=[MaxValueValidator(99)]
    )
    eligible: Any = models.JSONField(_("who may sign"), default=list, blank=True)  # codes of Eligible
    sponsors = models.PositiveSmallIntegerField(_("first supporters needed"), default=0)
    sponsor_days = models.PositiveSmallIntegerField(_("days to find them"), default=90)
    review_days = models.PositiveSmallIntegerField(_("days the office takes to look at it"), default=10)
    open_days = models.PositiveSmallIntegerField(
        _("days signatures are collected"), default=180, validators=[MinValueValidator(1)]
    )
    confirm_hours = models.PositiveSmallIntegerField(
        _("hours in which a signature begun in time may be confirmed"), default=24
    )
    answer_days = models.PositiveSmallIntegerField(_("days the city takes to answer"), default=60)
    asked: Any = models.JSONField(_("asked of signers"), default=list, blank=True)  # codes of Asked
    means: Any = models.JSONField(_("ways to sign"), default=list)  # codes of Means
    assurance = models.CharField(
        _("least assurance of a signature"),
        max_length=12,
        choices=enums.Assurance,
        default=enums.Assurance.LOW,
    )  # what is less sure counts as support from others
    has_consultative = models.BooleanField(_("others may support it, too"), default=True)
    needs_check = models.BooleanField(_("signatures are checked against the register"), default=False)
    has_paper = models.BooleanField(_("signatures on paper count"), default=True)
    areas: Any = models.JSONField(
        _("districts"), default=list, blank=True
    )  # [{"code", "name", "postcodes": []}]
    electorate = models.PositiveIntegerField(_("people who may sign"), null=True, blank=True)
    electorate_on = models.DateField(_("as of"), null=True, blank=True)
    retention_days = models.PositiveSmallIntegerField(
        _("days after the end until signatures are reduced to numbers"), default=180
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("hub", "-number")
        constraints = [
            models.UniqueConstraint(fields=("hub", "number"), name="proposal_rules_once"),
            models.CheckConstraint(
                name="proposal_rules_electorate_of_a_day",
                condition=Q(electorate__isnull=True) | Q(electorate__gt=0, electorate_on__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_rules_assurance_known", condition=Q(assurance__in=enums.Assurance.values)
            ),
            models.CheckConstraint(name="proposal_rules_open_a_day", condition=Q(open_days__gte=1)),
        ]

    def __str__(self) -> str:
        return f"rules {self.number} of {self.hub_id}"


class RulesText(models.Model):
    """What people read before they propose and sign, in one language. Markdown."""

    rules = models.ForeignKey(Rules, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=LANGUAGE_LENGTH)
    eligibility = models.TextField(_("who may sign"), blank=True, max_length=2000)
    legal = models.TextField(_("what a signature means"), blank=True, max_length=6000)
    privacy = models.TextField(_("what is kept, and how long"), blank=True, max_length=6000)

    class Meta:
        ordering = ("language",)
        constraints = [models.UniqueConstraint(fields=("rules", "language"), name="proposal_rules_text_once")]

    def __str__(self) -> str:
        return f"{self.language} of {self.rules_id}"


class Step(models.Model):
    """How many signatures lead to what."""

    rules = models.ForeignKey(Rules, on_delete=models.CASCADE, related_name="steps")
    threshold = models.CharField(max_length=10, choices=enums.Threshold)
    number = models.PositiveIntegerField(_("signatures"))

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("rules", "threshold"), name="proposal_step_once"),
            models.CheckConstraint(name="proposal_step_of_some", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="proposal_step_known", condition=Q(threshold__in=enums.Threshold.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.threshold}"
