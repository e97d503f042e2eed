"""The ten steps of a partnership as it walks them, and what both sides agree on the way."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from concivis.twinning.enums import ObjectiveState, PlanState, ProofKind, StepState
from concivis.twinning.models.agreements import Agreement
from concivis.twinning.models.partnerships import Partnership, Side
from concivis.twinning.models.sides import Contact, Document


class Journey(models.Model):
    """`template` names the versioned steps it was begun with ("ten-steps-1")."""

    partnership = models.OneToOneField(Partnership, on_delete=models.CASCADE, related_name="journey")
    template = models.CharField(max_length=40)
    started_at = models.DateTimeField(auto_now_add=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return self.template


class HubStep(models.Model):
    """A step that a hub adds to each of its journeys, after the template's step `after` ("" = at the end)."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, related_name="journey_steps")
    title = models.CharField(_("title"), max_length=160)
    aim = models.TextField(_("what it is for"), blank=True, max_length=1000)
    language = models.CharField(max_length=12)  # BCP 47
    after = models.CharField(max_length=40, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title


class Step(models.Model):
    """One step: of the template (`code`), or of the hub (`own`)."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="steps")
    code = models.CharField(max_length=40, blank=True)
    own = models.ForeignKey(HubStep, on_delete=models.PROTECT, null=True, blank=True, related_name="steps")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=StepState, default=StepState.OPEN)
    due_on = models.DateField(_("due"), null=True, blank=True)
    responsible = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="steps"
    )
    reason = models.CharField(max_length=300, blank=True)  # why it was skipped
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=("journey", "position"), name="step_position_once"),
            models.UniqueConstraint(
                fields=("journey", "code"), condition=~Q(code=""), name="step_of_template_once"
            ),
            models.UniqueConstraint(fields=("journey", "own"), name="step_of_hub_once"),
            models.CheckConstraint(
                name="step_of_template_or_hub",
                condition=(~Q(code="") & Q(own__isnull=True)) | (Q(code="") & Q(own__isnull=False)),
            ),
            models.CheckConstraint(
                name="step_finished_has_a_date",
                condition=Q(state=StepState.OPEN, finished_at__isnull=True)
                | (~Q(state=StepState.OPEN) & Q(finished_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="step_skipped_has_a_reason", condition=~Q(state=StepState.SKIPPED) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.code or str(self.own)


class Proof(models.Model):
    """Evidence that a step was walked: a file, a link, a decision, an event or a note."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="proofs")
    side = models.ForeignKey(Side, on_delete=models.SET_NULL, null=True, blank=True, related_name="proofs")
    kind = models.CharField(_("kind"), max_length=10, choices=ProofKind)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True, max_length=4000)
    url = models.URLField(_("link"), blank=True, max_length=500)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="proofs"
    )
    date = models.DateField(_("date"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_as = models.CharField(max_length=200, blank=True)  # name and office, where no account added it
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("date", "pk")
        constraints = [
            models.CheckConstraint(name="proof_kind_known", condition=Q(kind__in=ProofKind.values)),
            models.CheckConstraint(
                name="proof_file_has_document", condition=~Q(kind=ProofKind.FILE) | Q(document__isnull=False)
            ),
            models.CheckConstraint(
                name="proof_link_has_address", condition=~Q(kind=ProofKind.LINK) | ~Q(url="")
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Objective(models.Model):
    """A common objective: proposed by one side, agreed by all, measurable, dated. Its text is never changed after
    an approval: a new one replaces it."""

    public_id = models.CharField(max_length=16, unique=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="objectives")
    text = models.TextField(_("objective"), max_length=1000)
    measure = models.CharField(_("how we shall see that it is reached"), max_length=300)
    language = models.CharField(max_length=12)  # BCP 47
    due_on = models.DateField(_("to be reached by"))
    state = models.CharField(max_length=12, choices=ObjectiveState, default=ObjectiveState.PROPOSED)
    proposed_side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="objectives_proposed")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    proposed_as = models.CharField(max_length=200, blank=True)
    proposed_at = models.DateTimeField(auto_now_add=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    result = models.TextField(_("what came of it"), blank=True, max_length=2000)

    class Meta:
        ordering = ("due_on", "pk")
        constraints = [
            models.CheckConstraint(
                name="objective_state_known", condition=Q(state__in=ObjectiveState.values)
            ),
        ]

    def __str__(self) -> str:
        return self.text


class PlanItem(models.Model):
    """A line of the multi-year plan: what is meant to happen in a year, and what it costs."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="plan")
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("what"), max_length=200)
    language = models.CharField(max_length=12)  # BCP 47
    objective = models.ForeignKey(
        Objective, on_delete=models.SET_NULL, null=True, blank=True, related_name="plan"
    )
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.PLANNED)
    budget = models.DecimalField(_("budget"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)  # ISO 4217
    funding = models.CharField(_("paid by"), max_length=200, blank=True)

    class Meta:
        ordering = ("year", "pk")
        constraints = [
            models.CheckConstraint(name="plan_state_known", condition=Q(state__in=PlanState.values)),
            models.CheckConstraint(
                name="plan_budget_has_currency", condition=Q(budget__isnull=True) | ~Q(currency="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.title}"


class Review(models.Model):
    """The yearly look back, one a year; the sides approve it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="reviews")
    year = models.PositiveSmallIntegerField(_("year"))
    held_on = models.DateField(_("held on"))
    summary = models.TextField(_("what went well, what will change"), max_length=4000)
    language = models.CharField(max_length=12)  # BCP 47
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-year",)
        constraints = [models.UniqueConstraint(fields=("partnership", "year"), name="review_once_a_year")]

    def __str__(self) -> str:
        return str(self.year)


class Approval(models.Model):
    """That a side agrees to one thing: an objective, a review, a version of the agreement."""

    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="approvals")
    objective = models.ForeignKey(
        Objective, on_delete=models.CASCADE, null=True, blank=True, related_name="approvals"
    )
    review = models.ForeignKey(
        Review, on_delete=models.CASCADE, null=True, blank=True, related_name="approvals"
    )
    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, null=True, blank=True, related_name="approvals"
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    given_as = models.CharField(max_length=200, blank=True)  # name and office, where no account gave it
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("side", "objective"), name="approval_of_objective_once"),
            models.UniqueConstraint(fields=("side", "review"), name="approval_of_review_once"),
            models.UniqueConstraint(fields=("side", "agreement"), name="approval_of_agreement_once"),
            models.CheckConstraint(
                name="approval_of_one_thing",
                condition=Q(objective__isnull=False, review__isnull=True, agreement__isnull=True)
                | Q(objective__isnull=True, review__isnull=False, agreement__isnull=True)
                | Q(objective__isnull=True, review__isnull=True, agreement__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"side {self.side_id}"
