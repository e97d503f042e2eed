"""The agreement as a document: versions of articles in the languages of both sides."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from concivis.twinning.enums import AgreementState
from concivis.twinning.models.partnerships import Partnership


class Agreement(models.Model):
    """One version. Its articles may change while it is a draft, never after it was proposed.

    `languages`: BCP 47 tags, the keeper's first. `title`: {language: text}. `objectives`: those agreed by all sides
    when it was proposed, as [{"text", "measure", "language", "due_on"}].
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    languages: Any = models.JSONField(default=list)
    title: Any = models.JSONField(default=dict)
    objectives: Any = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=AgreementState, default=AgreementState.DRAFT)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    proposed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-version",)
        constraints = [
            models.UniqueConstraint(fields=("partnership", "version"), name="agreement_version_once"),
            models.UniqueConstraint(
                fields=("partnership",), condition=Q(state=AgreementState.DRAFT), name="agreement_one_draft"
            ),
            models.CheckConstraint(
                name="agreement_state_known", condition=Q(state__in=AgreementState.values)
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.version}"


class Article(models.Model):
    """`heading` and `body`: {language: text}."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="articles")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40, blank=True)  # of the model article it was begun with
    heading: Any = models.JSONField(default=dict)
    body: Any = models.JSONField(default=dict)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"article {self.position}"
