"""A process of co-design: what it is about, and its phases."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from concivis.codesign.enums import ProcessState
from concivis.shell import content


class ProcessQuerySet(models.QuerySet["Process"]):
    def public(self) -> Self:
        """What everybody may see."""
        return self.filter(is_published=True, hub__is_published=True)


class Process(content.SourceText):
    """`goals`: one a line. A process that is in preparation is never public."""

    TRANSLATED = ("title", "summary", "scope", "goals")

    public_id = models.CharField(max_length=16, unique=True)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="processes")
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("in two or three sentences"), blank=True, max_length=600)
    scope = models.TextField(_("what can be changed, and what cannot"), blank=True, max_length=4000)
    goals = models.TextField(_("goals, one a line"), blank=True, max_length=2000)
    template = models.CharField(max_length=40, blank=True)  # of `courses`, with which it was begun
    state = models.CharField(max_length=12, choices=ProcessState, default=ProcessState.DRAFT)
    cancelled_because = models.CharField(_("why it was cancelled"), max_length=500, blank=True)
    is_published = models.BooleanField(_("public"), default=False)
    published_at = models.DateTimeField(null=True, blank=True)  # for the first time
    starts = models.DateField(_("from"), null=True, blank=True)
    ends = models.DateField(_("until"), null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)  # or cancelled
    terms = models.ManyToManyField("vocabulary.Term", blank=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    is_example = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = ProcessQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(name="process_state_known", condition=Q(state__in=ProcessState.values)),
            models.CheckConstraint(name="process_has_a_title", condition=~Q(title="") & ~Q(language="")),
            models.CheckConstraint(
                name="process_dates_in_order",
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("starts")),
            ),
            models.CheckConstraint(
                name="process_in_preparation_is_not_public",
                condition=~Q(state=ProcessState.DRAFT) | Q(is_published=False),
            ),
            models.CheckConstraint(
                name="process_public_since",
                condition=Q(is_published=False) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="process_cancelled_with_reason",
                condition=(Q(state=ProcessState.CANCELLED) & ~Q(cancelled_because=""))
                | (~Q(state=ProcessState.CANCELLED) & Q(cancelled_because="")),
            ),
            models.CheckConstraint(
                name="process_over_since",
                condition=Q(
                    state__in=[ProcessState.FINISHED, ProcessState.CANCELLED], finished_at__isnull=False
                )
                | Q(state__in=[ProcessState.DRAFT, ProcessState.RUNNING], finished_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=("hub", "state"), name="process_by_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        """The hub must be fetched."""
        return self.is_published and self.hub.is_published

    @property
    def is_over(self) -> bool:
        return self.state in (ProcessState.FINISHED, ProcessState.CANCELLED)


class ProcessText(content.Translation):
    """A process in another language; a field left empty is shown in the original."""

    of = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="translations")
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("in two or three sentences"), blank=True, max_length=600)
    scope = models.TextField(_("what can be changed, and what cannot"), blank=True, max_length=4000)
    goals = models.TextField(_("goals, one a line"), blank=True, max_length=2000)

    class Meta:
        ordering = ("language",)
        constraints = [
            models.UniqueConstraint(fields=("of", "language"), name="process_text_once"),
            models.CheckConstraint(name="process_text_has_a_title", condition=~Q(title="")),
            content.origin_known("process_text_origin_known"),
        ]

    def __str__(self) -> str:
        return self.title


class Phase(models.Model):
    """A part of the way: one of the template (`code`, worded by `courses`), or the process's own (`name`, `names`)."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="phases")
    position = models.PositiveSmallIntegerField()  # from 0
    code = models.CharField(max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)  # in the language of the process
    names: Any = models.JSONField(default=dict, blank=True)  # {BCP 47 tag: name} in others
    aim = models.TextField(_("what it is for"), blank=True, max_length=1000)
    starts = models.DateField(_("from"), null=True, blank=True)
    ends = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=("process", "position"), name="phase_position_once"),
            models.UniqueConstraint(
                fields=("process", "code"), condition=~Q(code=""), name="phase_of_template_once"
            ),
            models.CheckConstraint(
                name="phase_of_template_or_named",
                condition=(~Q(code="") & Q(name="")) | (Q(code="") & ~Q(name="")),
            ),
            models.CheckConstraint(
                name="phase_dates_in_order",
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("starts")),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.code
