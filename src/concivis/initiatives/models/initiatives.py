"""An initiative, what belongs to it, and its translations."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from concivis.catalogue.enums import Support
from concivis.directory.enums import Direction
from concivis.initiatives.enums import (
    InitiativeKind,
    OrganisationRole,
    ReviewState,
    Stage,
)
from concivis.shell import content
from concivis.shell.dates import PartialDate, Precision

PRECISIONS: Any = {"max_length": 5, "choices": Precision, "blank": True}


def on_first_day(date: str, precision: str) -> Q:
    """That a date of any precision stands on the first day of the span that is meant, or nowhere."""
    return (
        Q(**{f"{date}__isnull": True, precision: ""})
        | Q(**{f"{date}__isnull": False, precision: Precision.DAY})
        | Q(**{precision: Precision.MONTH, f"{date}__day": 1})
        | Q(**{precision: Precision.YEAR, f"{date}__day": 1, f"{date}__month": 1})
    )


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    def public(self) -> Self:
        """What everybody may see."""
        return self.filter(state=ReviewState.PUBLISHED, hub__is_published=True)


class Initiative(content.SourceText):
    """What somebody does across borders, in a hub's register. Nothing of the owner is public."""

    TRANSLATED = ("title", "summary", "story")

    public_id = models.CharField(max_length=16, unique=True)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="initiatives")
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("in two or three sentences"), blank=True, max_length=600)
    story = models.TextField(_("story"), blank=True, max_length=20_000)  # Markdown
    kind = models.CharField(_("kind"), max_length=20, choices=InitiativeKind)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage)
    started = models.DateField(_("since"), null=True, blank=True)
    started_precision = models.CharField(**PRECISIONS)
    ended = models.DateField(_("until"), null=True, blank=True)
    ended_precision = models.CharField(**PRECISIONS)
    languages: Any = models.JSONField(default=list, blank=True)  # BCP 47 tags of what it is carried out in
    countries = models.ManyToManyField("places.Country", blank=True, related_name="+")
    places = models.ManyToManyField("places.Place", blank=True, related_name="+")
    terms = models.ManyToManyField("vocabulary.Term", blank=True, related_name="+")

    # the person whom others may write to; a field is public only where that person agreed to just that field
    contact_name = models.CharField(_("name"), max_length=120, blank=True)
    contact_email = models.EmailField(_("mail address"), blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_name_public = models.BooleanField(default=False)
    contact_email_public = models.BooleanField(default=False)
    contact_phone_public = models.BooleanField(default=False)
    consent_on = models.DateField(_("agreed on"), null=True, blank=True)
    consent_how = models.CharField(_("how"), max_length=200, blank=True)

    # who looks after the entry and is asked once a year; never public
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    owner_email = models.EmailField(blank=True)
    owner_name = models.CharField(max_length=120, blank=True)
    owner_language = models.CharField(max_length=12, blank=True)  # of the letters, one of the interface's

    state = models.CharField(max_length=12, choices=ReviewState, default=ReviewState.DRAFT)
    review_note = models.TextField(blank=True, max_length=2000)  # what the office asked, or why it declined
    answer_note = models.TextField(blank=True, max_length=2000)  # what the owner answered
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    # the owner changed what is public, and the office has not looked at it since
    changed_unseen = models.BooleanField(default=False)

    last_confirmed = models.DateField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)  # whether it is still valid, since last confirmed
    reminded_at = models.DateTimeField(null=True, blank=True)

    # what IATI needs besides; exported only where marked
    is_development = models.BooleanField(_("development cooperation"), default=False)
    dac_code = models.CharField(_("DAC purpose code"), max_length=5, blank=True)

    revision = models.PositiveIntegerField(
        default=0
    )  # a form that began at an earlier one is not saved unseen
    is_example = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        ordering = ("title", "pk")
        constraints = [
            models.CheckConstraint(name="initiative_kind_known", condition=Q(kind__in=InitiativeKind.values)),
            models.CheckConstraint(name="initiative_stage_known", condition=Q(stage__in=Stage.values)),
            models.CheckConstraint(name="initiative_state_known", condition=Q(state__in=ReviewState.values)),
            models.CheckConstraint(name="initiative_has_a_title", condition=~Q(title="") & ~Q(language="")),
            models.CheckConstraint(
                name="initiative_start_on_first_day", condition=on_first_day("started", "started_precision")
            ),
            models.CheckConstraint(
                name="initiative_end_on_first_day", condition=on_first_day("ended", "ended_precision")
            ),
            models.CheckConstraint(
                name="initiative_dates_in_order",
                condition=Q(started__isnull=True) | Q(ended__isnull=True) | Q(ended__gte=F("started")),
            ),
            models.CheckConstraint(
                name="initiative_contact_public_only_with_consent",
                condition=Q(contact_name_public=False, contact_email_public=False, contact_phone_public=False)
                | Q(consent_on__isnull=False),
            ),
            models.CheckConstraint(
                name="initiative_declined_with_reason",
                condition=~Q(state__in=[ReviewState.DECLINED, ReviewState.ASKED_BACK]) | ~Q(review_note=""),
            ),
            models.CheckConstraint(
                name="initiative_public_was_confirmed",
                condition=~Q(state=ReviewState.PUBLISHED)
                | Q(last_confirmed__isnull=False, published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="initiative_archived_when",
                condition=Q(state=ReviewState.ARCHIVED, archived_at__isnull=False)
                | (~Q(state=ReviewState.ARCHIVED) & Q(archived_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="initiative_reminded_after_asked",
                condition=Q(reminded_at__isnull=True) | Q(asked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="initiative_purpose_of_development", condition=Q(dac_code="") | Q(is_development=True)
            ),
        ]
        indexes = [
            models.Index(fields=("hub", "state"), name="initiative_by_state"),
            models.Index(fields=("state", "last_confirmed"), name="initiative_by_age"),
            models.Index(fields=("-changed_at",), name="initiative_by_change"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("initiatives:initiative", args=[self.public_id])

    @property
    def since(self) -> PartialDate | None:
        return _partial(self.started, self.started_precision)

    @property
    def until(self) -> PartialDate | None:
        return _partial(self.ended, self.ended_precision)

    @property
    def is_public(self) -> bool:
        """The hub must be fetched."""
        return self.state == ReviewState.PUBLISHED and self.hub.is_published


class InitiativeText(content.Translation):
    """The title, summary and story in another language; a field left empty is shown in the original."""

    of = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="translations")
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("in two or three sentences"), blank=True, max_length=600)
    story = models.TextField(_("story"), blank=True, max_length=20_000)

    class Meta:
        ordering = ("language",)
        constraints = [
            models.UniqueConstraint(fields=("of", "language"), name="initiative_text_once"),
            models.CheckConstraint(name="initiative_text_has_a_title", condition=~Q(title="")),
            content.origin_known("initiative_text_origin_known"),
        ]

    def __str__(self) -> str:
        return self.title


class Involvement(models.Model):
    """What an organisation does for the initiative; `name` alone until somebody has found it in the directory."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="involvements")
    organisation = models.ForeignKey(
        "directory.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="involvements",
    )
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=OrganisationRole)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("initiative", "organisation", "role"), name="involvement_once_in_a_role"
            ),
            models.CheckConstraint(
                name="involvement_role_known", condition=Q(role__in=OrganisationRole.values)
            ),
            models.CheckConstraint(
                name="involvement_known_or_named",
                condition=Q(organisation__isnull=False, name="")
                | (Q(organisation__isnull=True) & ~Q(name="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.organisation)


class SupportLine(models.Model):
    """Something the initiative needs or offers, and a sentence about it in the language of the initiative."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="support_lines")
    direction = models.CharField(max_length=5, choices=Direction)
    what = models.CharField(max_length=12, choices=Support)
    sentence = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("direction", "pk")
        constraints = [
            models.UniqueConstraint(fields=("initiative", "direction", "what"), name="support_line_once"),
            models.CheckConstraint(
                name="support_line_known",
                condition=Q(direction__in=Direction.values, what__in=Support.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.what}"


class WebLink(models.Model):
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="web_links")
    url = models.URLField(max_length=500)
    title = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position", "pk")
        constraints = [models.UniqueConstraint(fields=("initiative", "url"), name="web_link_once")]

    def __str__(self) -> str:
        return self.title or self.url


class RelatedCard(models.Model):
    """A tie to what another room keeps, by the kind and public id of its card: a partnership, an organisation."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="related_cards")
    kind = models.CharField(max_length=30)
    object_id = models.CharField(max_length=16)

    class Meta:
        ordering = ("kind", "pk")
        constraints = [
            models.UniqueConstraint(fields=("initiative", "kind", "object_id"), name="related_card_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class BudgetLine(models.Model):
    """Money planned for at most a year, as IATI wants it."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="budget_lines")
    starts_on = models.DateField()
    ends_on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)  # ISO 4217

    class Meta:
        ordering = ("starts_on", "pk")
        constraints = [
            models.CheckConstraint(
                name="budget_line_dates_in_order", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(name="budget_line_is_money", condition=Q(amount__gt=0) & ~Q(currency="")),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


def _partial(date: dt.date | None, precision: str) -> PartialDate | None:
    return PartialDate(date, Precision(precision)) if date else None
