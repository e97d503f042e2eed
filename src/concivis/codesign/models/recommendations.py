"""From what was heard to what was done: clusters, recommendations, the administration's answers, measures."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concivis.codesign.outcomes import (
    OPEN_MEASURES,
    PUBLIC_STATES,
    MeasureState,
    RecommendationState,
    Side,
    Verdict,
)
from concivis.shell import content
from concivis.shell.content import LANGUAGE_LENGTH


class Cluster(models.Model):
    """Insights of a process that say something alike."""

    public_id = models.CharField(max_length=16, unique=True)
    process = models.ForeignKey("codesign.Process", on_delete=models.CASCADE, related_name="clusters")
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(max_length=LANGUAGE_LENGTH)
    theme = models.ForeignKey(
        "vocabulary.Term", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(fields=("process", "name"), name="cluster_name_once"),
            models.CheckConstraint(name="cluster_has_a_name", condition=~Q(name="") & ~Q(language="")),
        ]

    def __str__(self) -> str:
        return self.name


class ClusteredInsight(models.Model):
    """An insight stands in one cluster at a time."""

    insight = models.OneToOneField("codesign.Insight", on_delete=models.CASCADE, related_name="clustered")
    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="members")
    moved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"insight {self.insight_id} in {self.cluster_id}"


class Quote(models.Model):
    """A sentence of an insight that the person who said it has released for everybody to read, without a name."""

    public_id = models.CharField(max_length=16, unique=True)
    insight = models.ForeignKey("codesign.Insight", on_delete=models.CASCADE, related_name="quotes")
    text = models.CharField(_("the sentence"), max_length=400)
    language = models.CharField(max_length=LANGUAGE_LENGTH)
    released_on = models.DateField(_("released on"))
    released_how = models.CharField(_("how they agreed"), max_length=200)  # never public
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("released_on", "pk")
        constraints = [
            models.CheckConstraint(
                name="quote_released_in_words",
                condition=~Q(text="") & ~Q(language="") & ~Q(released_how=""),
            )
        ]

    def __str__(self) -> str:
        return self.text


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def public(self) -> "RecommendationQuerySet":
        """What everybody may see, as far as the process is public, too."""
        return self.filter(state__in=PUBLIC_STATES)


class Recommendation(content.SourceText):
    """What a process asks the administration to do. It becomes public when it is handed over."""

    TRANSLATED = ("title", "text")

    public_id = models.CharField(max_length=16, unique=True)
    process = models.ForeignKey("codesign.Process", on_delete=models.CASCADE, related_name="recommendations")
    number = models.PositiveSmallIntegerField()  # within the process, in the order of writing
    title = models.CharField(_("what is recommended"), max_length=200)
    text = models.TextField(_("why, and how it could be done"), blank=True, max_length=6000)
    theme = models.ForeignKey(
        "vocabulary.Term", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    insights = models.ManyToManyField("codesign.Insight", blank=True, related_name="recommendations")
    clusters = models.ManyToManyField(Cluster, blank=True, related_name="recommendations")
    state = models.CharField(max_length=12, choices=RecommendationState, default=RecommendationState.DRAFT)
    department = models.CharField(_("department that answers"), max_length=160, blank=True)
    # gets the reminders; never public
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    handed_over_at = models.DateTimeField(null=True, blank=True)
    answer_due = models.DateField(_("answer until"), null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)  # the first time
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(_("why it is withdrawn"), max_length=600, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)  # that the answer is late
    written_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ("number", "pk")
        constraints = [
            models.UniqueConstraint(fields=("process", "number"), name="recommendation_number_once"),
            models.CheckConstraint(
                name="recommendation_has_a_title", condition=~Q(title="") & ~Q(language="")
            ),
            models.CheckConstraint(
                name="recommendation_state_known", condition=Q(state__in=RecommendationState.values)
            ),
            models.CheckConstraint(
                name="recommendation_handed_to_somebody",
                condition=~Q(state__in=PUBLIC_STATES)
                | (Q(handed_over_at__isnull=False, answer_due__isnull=False) & ~Q(department="")),
            ),
            models.CheckConstraint(
                name="recommendation_answered_when",
                condition=Q(state=RecommendationState.ANSWERED, answered_at__isnull=False)
                | (
                    Q(
                        state__in=[RecommendationState.DRAFT, RecommendationState.HANDED_OVER],
                        answered_at__isnull=True,
                    )
                )
                | Q(state=RecommendationState.WITHDRAWN),
            ),
            models.CheckConstraint(
                name="recommendation_withdrawn_with_reason",
                condition=(
                    Q(state=RecommendationState.WITHDRAWN, withdrawn_at__isnull=False)
                    & ~Q(withdrawn_reason="")
                )
                | (~Q(state=RecommendationState.WITHDRAWN) & Q(withdrawn_at__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=("state", "answer_due"), name="recommendation_by_due")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{reverse('codesign:process', args=[self.process.public_id])}#r{self.number}"

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_STATES


class RecommendationText(content.Translation):
    of = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="translations")
    title = models.CharField(_("what is recommended"), max_length=200)
    text = models.TextField(_("why, and how it could be done"), blank=True, max_length=6000)

    class Meta:
        ordering = ("language",)
        constraints = [
            models.UniqueConstraint(fields=("of", "language"), name="recommendation_text_once"),
            models.CheckConstraint(name="recommendation_text_has_a_title", condition=~Q(title="")),
            content.origin_known("recommendation_text_origin_known"),
        ]

    def __str__(self) -> str:
        return self.title


class Answer(content.SourceText):
    """What the administration says to a recommendation. A later version stands beside the earlier ones, all visible."""

    TRANSLATED = ("text", "reason")

    public_id = models.CharField(max_length=16, unique=True)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="answers")
    version = models.PositiveSmallIntegerField()
    verdict = models.CharField(_("answer"), max_length=8, choices=Verdict)
    text = models.TextField(_("what will be done"), blank=True, max_length=6000)
    reason = models.TextField(_("reason"), blank=True, max_length=3000)
    department = models.CharField(_("responsible"), max_length=160)
    # never public
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due = models.DateField(_("until"), null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField()

    class Meta:
        ordering = ("-version",)
        constraints = [
            models.UniqueConstraint(fields=("recommendation", "version"), name="answer_version_once"),
            models.CheckConstraint(name="answer_verdict_known", condition=Q(verdict__in=Verdict.values)),
            models.CheckConstraint(
                name="answer_no_with_reason", condition=Q(verdict=Verdict.ACCEPTED) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="answer_yes_until_a_day", condition=Q(verdict=Verdict.REJECTED) | Q(due__isnull=False)
            ),
            models.CheckConstraint(
                name="answer_somebody_is_responsible", condition=~Q(department="") & ~Q(language="")
            ),
            models.CheckConstraint(name="answer_versions_from_one", condition=Q(version__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.version}"


class AnswerText(content.Translation):
    of = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="translations")
    text = models.TextField(_("what will be done"), blank=True, max_length=6000)
    reason = models.TextField(_("reason"), blank=True, max_length=3000)

    class Meta:
        ordering = ("language",)
        constraints = [
            models.UniqueConstraint(fields=("of", "language"), name="answer_text_once"),
            content.origin_known("answer_text_origin_known"),
        ]

    def __str__(self) -> str:
        return f"answer {self.of_id} in {self.language}"


class Measure(content.SourceText):
    """Something that is done because of a recommendation."""

    TRANSLATED = ("title",)

    public_id = models.CharField(max_length=16, unique=True)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="measures")
    title = models.CharField(_("what is done"), max_length=300)
    who = models.CharField(_("who does it"), max_length=160)
    # gets the reminders; never public
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due = models.DateField(_("until"))
    state = models.CharField(max_length=8, choices=MeasureState, default=MeasureState.PLANNED)
    ended_on = models.DateField(null=True, blank=True)  # done or given up
    reason = models.CharField(_("why it is given up"), max_length=600, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField()
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("due", "pk")
        constraints = [
            models.CheckConstraint(name="measure_state_known", condition=Q(state__in=MeasureState.values)),
            models.CheckConstraint(
                name="measure_says_what_and_who", condition=~Q(title="") & ~Q(who="") & ~Q(language="")
            ),
            models.CheckConstraint(
                name="measure_ends_with_its_state",
                condition=Q(state__in=OPEN_MEASURES, ended_on__isnull=True)
                | (~Q(state__in=OPEN_MEASURES) & Q(ended_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="measure_given_up_with_reason",
                condition=~Q(state=MeasureState.GIVEN_UP) | ~Q(reason=""),
            ),
        ]
        indexes = [models.Index(fields=("state", "due"), name="measure_by_due")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_MEASURES


class MeasureText(content.Translation):
    of = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="translations")
    title = models.CharField(_("what is done"), max_length=300)

    class Meta:
        ordering = ("language",)
        constraints = [
            models.UniqueConstraint(fields=("of", "language"), name="measure_text_once"),
            models.CheckConstraint(name="measure_text_has_a_title", condition=~Q(title="")),
            content.origin_known("measure_text_origin_known"),
        ]

    def __str__(self) -> str:
        return self.title


class MeasureStep(models.Model):
    """A day on which something happened to a measure, and where it stood from then on."""

    public_id = models.CharField(max_length=16, unique=True)
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="steps")
    on = models.DateField(_("on"))
    state = models.CharField(max_length=8, choices=MeasureState)
    text = models.CharField(_("what happened"), max_length=600, blank=True)
    language = models.CharField(max_length=LANGUAGE_LENGTH)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("on", "pk")
        constraints = [
            models.CheckConstraint(
                name="measure_step_state_known", condition=Q(state__in=MeasureState.values)
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.state}"


class Reader(models.Model):
    """Who is told what becomes of a process: an address that was confirmed, or a connector. Never public.

    Addresses of connectors stay in their own rows. A connector who wants no letters keeps the row with `left_at`, so
    that nobody adds them again; of everybody else, leaving deletes it.
    """

    public_id = models.CharField(max_length=16, unique=True)
    process = models.ForeignKey("codesign.Process", on_delete=models.CASCADE, related_name="readers")
    email = models.EmailField(_("mail address"), blank=True)
    connector = models.ForeignKey(
        "codesign.Connector", on_delete=models.CASCADE, null=True, blank=True, related_name="readers"
    )
    language = models.CharField(max_length=12)  # of the letters, one of the interface's
    asked_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("process", "email"), condition=~Q(email=""), name="reader_address_once"
            ),
            models.UniqueConstraint(fields=("process", "connector"), name="reader_connector_once"),
            models.CheckConstraint(
                name="reader_is_address_or_connector",
                condition=(~Q(email="") & Q(connector=None)) | Q(email="", connector__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=("confirmed_at", "asked_at"), name="reader_unconfirmed")]

    def __str__(self) -> str:
        return f"reader {self.pk}"

    @property
    def address(self) -> str:
        """The connector must be fetched."""
        return self.connector.email if self.connector else self.email


class Sighting(models.Model):
    """That one side has seen a recommendation (`answer` empty) or an answer to it: the receipt for the other side.

    `who`: an opaque mark of the reader or member, so that nobody counts twice; `user`: of the administration's side.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="sightings")
    answer = models.ForeignKey(
        Answer, on_delete=models.CASCADE, null=True, blank=True, related_name="sightings"
    )
    side = models.CharField(max_length=9, choices=Side)
    who = models.CharField(max_length=40)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    seen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("seen_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("recommendation", "side", "who"),
                condition=Q(answer=None),
                name="sighting_of_recommendation_once",
            ),
            models.UniqueConstraint(fields=("answer", "side", "who"), name="sighting_of_answer_once"),
            models.CheckConstraint(name="sighting_side_known", condition=Q(side__in=Side.values)),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.seen_at}"
