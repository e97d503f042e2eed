"""A yearly report: its words, its stories, and the numbers as they were fixed."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concivis.hubs.models import Hub
from concivis.reports.enums import ReportState
from concivis.shell import content

FIRST_YEAR, LAST_YEAR = 1950, 2200
FOREWORD_LENGTH = 20_000
SENTENCE_LENGTH = 600


class Report(content.SourceText):
    """What an office tells of a year, or of another period that ends in that year.

    `numbers` are those of `counting.count`, frozen by `actions.fix_numbers`; before that they are counted anew for each
    look. `as_of`: what was entered later does not count; None: until the numbers are fixed. `sections`: what is told,
    in this order (`sections.arranged`).
    """

    public_id = models.CharField(max_length=16, unique=True)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="reports")
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    title = models.CharField(_("title"), max_length=200)
    foreword = models.TextField(_("foreword"), blank=True, max_length=FOREWORD_LENGTH)  # Markdown
    languages: Any = models.JSONField(default=list)  # of the interface, in which the office wants to tell it
    sections: Any = models.JSONField(default=list)  # [{"code": "initiatives", "told": true}]
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.DRAFT)
    as_of = models.DateTimeField(null=True, blank=True)
    numbers: Any = models.JSONField(null=True, blank=True)
    checksum = models.CharField(max_length=64, blank=True)  # SHA-256 of the numbers, see `counting.checksum`
    fixed_at = models.DateTimeField(null=True, blank=True)
    fixed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(
        default=1
    )  # a form that began at an earlier one is not saved unseen
    is_example = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)

    TRANSLATED = ("title", "foreword")

    class Meta:
        ordering = ("-year",)
        constraints = [
            models.UniqueConstraint(fields=("hub", "year"), name="report_once_a_year"),
            models.CheckConstraint(
                name="report_year_known", condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR)
            ),
            models.CheckConstraint(name="report_days_in_order", condition=Q(last__gte=F("first"))),
            models.CheckConstraint(name="report_has_a_title", condition=~Q(title="") & ~Q(language="")),
            models.CheckConstraint(name="report_state_known", condition=Q(state__in=ReportState.values)),
            models.CheckConstraint(
                name="report_numbers_fixed_whole",
                condition=Q(fixed_at__isnull=True, checksum="")
                | (Q(fixed_at__isnull=False, as_of__isnull=False) & ~Q(checksum="")),
            ),
            models.CheckConstraint(
                name="report_published_with_fixed_numbers",
                condition=Q(state=ReportState.DRAFT) | Q(fixed_at__isnull=False, published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hub} {self.year}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("reports:report", args=[self.hub.slug, self.year])

    @property
    def is_fixed(self) -> bool:
        return self.fixed_at is not None

    @property
    def is_published(self) -> bool:
        return self.state == ReportState.PUBLISHED


class ReportText(content.Translation):
    """Title and foreword in another language; a field left empty is shown in the original."""

    of = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="translations")
    title = models.CharField(_("title"), max_length=200, blank=True)
    foreword = models.TextField(_("foreword"), blank=True, max_length=FOREWORD_LENGTH)

    class Meta:
        ordering = ("language",)
        constraints = [
            models.UniqueConstraint(fields=("of", "language"), name="report_text_once"),
            content.origin_known("report_text_origin_known"),
        ]

    def __str__(self) -> str:
        return self.title


class Story(content.SourceText):
    """Something the office is glad to tell of, by its card, with a sentence of its own.

    `titles` are those of the card when it was chosen, by language: the report says them later, too, when the card has
    changed or is gone; then nothing links there.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="stories")
    position = models.PositiveIntegerField()
    card_kind = models.CharField(max_length=30)
    card_id = models.CharField(max_length=16)
    card_language = models.CharField(max_length=12)  # BCP 47, of its original
    titles: Any = models.JSONField(default=dict)
    sentence = models.TextField(_("what you say of it"), blank=True, max_length=SENTENCE_LENGTH)

    TRANSLATED = ("sentence",)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=("report", "card_kind", "card_id"), name="story_once"),
            models.CheckConstraint(name="story_of_a_card", condition=~Q(card_kind="") & ~Q(card_id="")),
        ]

    def __str__(self) -> str:
        return f"{self.card_kind} {self.card_id}"


class StoryText(content.Translation):
    of = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="translations")
    sentence = models.TextField(_("what you say of it"), blank=True, max_length=SENTENCE_LENGTH)

    class Meta:
        ordering = ("language",)
        constraints = [
            models.UniqueConstraint(fields=("of", "language"), name="story_text_once"),
            content.origin_known("story_text_origin_known"),
        ]

    def __str__(self) -> str:
        return self.sentence


class ReportRules(models.Model):
    """A hub without a row follows the defaults."""

    hub = models.OneToOneField(Hub, on_delete=models.CASCADE, related_name="report_rules")
    reminds = models.BooleanField(_("remind us in January of last year's report"), default=True)

    def __str__(self) -> str:
        return f"rules of {self.hub_id}"
