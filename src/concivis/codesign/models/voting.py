"""Votes among the recommendations of a process. Nothing is counted twice: a ballot's code opens it once."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from concivis.codesign.models.recommendations import Recommendation
from concivis.codesign.outcomes import Method, VoteState
from concivis.shell.content import LANGUAGE_LENGTH

MOST_DOTS = 20


class Vote(models.Model):
    """`dots`: how many each ballot has; nobody puts more than `dots_each` on one recommendation."""

    public_id = models.CharField(max_length=16, unique=True)
    process = models.ForeignKey("codesign.Process", on_delete=models.CASCADE, related_name="votes")
    title = models.CharField(_("question"), max_length=200)
    language = models.CharField(max_length=LANGUAGE_LENGTH)
    method = models.CharField(_("method"), max_length=8, choices=Method)
    dots = models.PositiveSmallIntegerField(_("dots for each person"), default=0)
    dots_each = models.PositiveSmallIntegerField(_("at most on one recommendation"), default=0)
    state = models.CharField(max_length=8, choices=VoteState, default=VoteState.DRAFT)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = [
            models.CheckConstraint(name="vote_method_known", condition=Q(method__in=Method.values)),
            models.CheckConstraint(name="vote_asks_something", condition=~Q(title="") & ~Q(language="")),
            models.CheckConstraint(
                name="vote_dots_by_method",
                condition=Q(
                    method=Method.DOTS,
                    dots__gte=1,
                    dots__lte=MOST_DOTS,
                    dots_each__gte=1,
                    dots_each__lte=F("dots"),
                )
                | Q(method=Method.RANKING, dots=0, dots_each=0),
            ),
            models.CheckConstraint(
                name="vote_state_and_times",
                condition=Q(state=VoteState.DRAFT, opened_at__isnull=True, closed_at__isnull=True)
                | Q(state=VoteState.OPEN, opened_at__isnull=False, closed_at__isnull=True)
                | Q(state=VoteState.CLOSED, opened_at__isnull=False, closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class VoteOption(models.Model):
    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="options")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()  # on the ballot, from one

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=("vote", "recommendation"), name="vote_option_once"),
            models.UniqueConstraint(fields=("vote", "position"), name="vote_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.recommendation}"


class Ballot(models.Model):
    """A ballot that was printed or handed out; `cast_at` is set once. Nobody knows who had which code."""

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="ballots")
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    cast_at = models.DateTimeField(null=True, blank=True)
    # who typed a paper ballot in
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=("vote", "cast_at"), name="ballot_cast")]

    def __str__(self) -> str:
        return f"ballot {self.pk}"


class BallotMark(models.Model):
    """Dots on a recommendation, or its place (1 is best) in the order of one ballot."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="marks")
    option = models.ForeignKey(VoteOption, on_delete=models.CASCADE, related_name="marks")
    dots = models.PositiveSmallIntegerField(null=True, blank=True)
    place = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("ballot", "option"), name="ballot_mark_once"),
            models.UniqueConstraint(fields=("ballot", "place"), name="ballot_place_once"),
            models.CheckConstraint(
                name="ballot_mark_is_dots_or_place",
                condition=Q(dots__gte=1, dots__lte=MOST_DOTS, place__isnull=True)
                | Q(dots__isnull=True, place__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"mark {self.pk}"


class PosterCount(models.Model):
    """An open poll at a session: how many dots stuck to a recommendation on the poster, by how many people."""

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="poster_counts")
    session = models.ForeignKey("codesign.Session", on_delete=models.PROTECT, related_name="+")
    option = models.ForeignKey(VoteOption, on_delete=models.CASCADE, related_name="poster_counts")
    dots = models.PositiveIntegerField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("session", "option")
        constraints = [models.UniqueConstraint(fields=("session", "option"), name="poster_count_once")]

    def __str__(self) -> str:
        return f"{self.dots} dots"
