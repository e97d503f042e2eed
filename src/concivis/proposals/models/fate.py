"""What becomes of a proposal: its dated steps, answers, measures, and who follows it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concivis.proposals.enums import Event, MeasureState, Threshold, Verdict
from concivis.proposals.models.proposals import Proposal
from concivis.shell import content


class Happening(models.Model):
    """One dated step. `note`: public, in `language`. What a threshold was, `threshold` and `number` say."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="happenings")
    event = models.CharField(max_length=12, choices=Event)
    at = models.DateTimeField(default=timezone.now)
    threshold = models.CharField(max_length=10, choices=Threshold, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    note = models.TextField(blank=True, max_length=4000)
    language = models.CharField(max_length=content.LANGUAGE_LENGTH, blank=True)
    is_public = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    # the letter about it: due at `tell_at`; several steps go in the one that is named by the first of them
    tell_at = models.DateTimeField(null=True, blank=True)
    told_with = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="told_together"
    )
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("at", "pk")
        indexes = [
            models.Index(
                fields=("tell_at",),
                condition=Q(told_at=None, tell_at__isnull=False),
                name="happening_to_tell",
            )
        ]
        constraints = [
            models.CheckConstraint(name="happening_known", condition=Q(event__in=Event.values)),
            # several workers may see a threshold crossed: one of them says so
            models.UniqueConstraint(
                fields=("proposal", "threshold"), condition=Q(event="reached"), name="threshold_reached_once"
            ),
            models.CheckConstraint(
                name="happening_reached_a_threshold",
                condition=~Q(event="reached") | (Q(threshold__in=Threshold.values) & Q(number__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} of {self.proposal_id}"


class Answer(content.SourceText):
    """What the city says to it, or what it decided. Public once dated."""

    TRANSLATED = ("text",)

    public_id = models.CharField(max_length=16, unique=True)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="answers")
    is_decision = models.BooleanField(default=False)
    verdict = models.CharField(_("answer"), max_length=10, choices=Verdict)
    text = models.TextField(_("reasons"), max_length=20_000)  # Markdown
    body = models.CharField(_("who answers"), max_length=200)  # the council, a committee, a department
    given_on = models.DateField(_("on"))
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ("given_on", "pk")
        constraints = [
            models.CheckConstraint(
                name="proposal_answer_verdict_known", condition=Q(verdict__in=Verdict.values)
            ),
            models.CheckConstraint(name="proposal_answer_gives_reasons", condition=~Q(text="") & ~Q(body="")),
        ]

    def __str__(self) -> str:
        return f"{self.verdict}: {self.body}"


class AnswerText(content.Translation):
    of = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="translations")
    text = models.TextField(_("reasons"), max_length=20_000)

    class Meta:
        ordering = ("language",)
        constraints = [
            models.UniqueConstraint(fields=("of", "language"), name="proposal_answer_text_once"),
            content.origin_known("proposal_answer_text_origin_known"),
        ]

    def __str__(self) -> str:
        return self.language


class Measure(content.SourceText):
    """What the city does because of it, by when and who."""

    TRANSLATED = ("title", "result")

    public_id = models.CharField(max_length=16, unique=True)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="measures")
    title = models.CharField(_("what is done"), max_length=200)
    responsible = models.CharField(_("who does it"), max_length=200, blank=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=MeasureState, default=MeasureState.PLANNED)
    state_on = models.DateField(_("since"), null=True, blank=True)
    result = models.TextField(_("result, or why not"), blank=True, max_length=2000)
    revision = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("due_on", "pk")
        constraints = [
            models.CheckConstraint(
                name="proposal_measure_state_known", condition=Q(state__in=MeasureState.values)
            ),
            models.CheckConstraint(name="proposal_measure_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="proposal_measure_dropped_with_reason",
                condition=~Q(state=MeasureState.DROPPED) | ~Q(result=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MeasureText(content.Translation):
    of = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="translations")
    title = models.CharField(_("what is done"), max_length=200)
    result = models.TextField(_("result, or why not"), blank=True, max_length=2000)

    class Meta:
        ordering = ("language",)
        constraints = [
            models.UniqueConstraint(fields=("of", "language"), name="proposal_measure_text_once"),
            content.origin_known("proposal_measure_text_origin_known"),
        ]

    def __str__(self) -> str:
        return self.title


class Follower(models.Model):
    """Who is told of each step, also signers who asked for it. Leaving is one click, and deletes the row."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="followers")
    email = models.EmailField()
    language = models.CharField(max_length=12)
    key_hash = models.CharField(
        max_length=64, unique=True, null=True, blank=True
    )  # of the mail that confirms
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("proposal", "email"), name="follower_once")]
        indexes = [
            models.Index(fields=("asked_at",), condition=Q(confirmed_at=None), name="follower_waiting")
        ]

    def __str__(self) -> str:
        return f"follower {self.pk} of {self.proposal_id}"
