"""Two entries of the register or the directory that somebody wants to bring together."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from concivis.hubs.models import Hub
from concivis.introductions.enums import OPEN, Answer, Outcome, State


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def of_hub(self, hub: Hub) -> Self:
        """Those in which one side belongs to the hub: both offices see an introduction across hubs."""
        return self.filter(pk__in=Side.objects.filter(hub=hub).values("introduction"))

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def with_sides(self) -> Self:
        """With both sides and what they are. Four queries."""
        sides = Side.objects.select_related("initiative__hub", "organisation__hub", "hub")
        return self.select_related("asked_by_hub").prefetch_related(models.Prefetch("sides", sides))


class Introduction(models.Model):
    """One attempt to introduce two entries. It has two sides, and ends as `State` says."""

    public_id = models.CharField(max_length=16, unique=True)
    # both cards ("initiative:4f…"), in the order of the alphabet: two entries are asked about once at a time
    pair = models.CharField(max_length=80)
    state = models.CharField(max_length=12, choices=State, default=State.ASKED)
    message = models.TextField(blank=True, max_length=1000)  # of who asked, for the other side
    message_language = models.CharField(max_length=12, blank=True)  # BCP 47
    # the office that asked both; none where one side asked the other
    asked_by_hub = models.ForeignKey(
        "hubs.Hub", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    introduced_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # declined, withdrawn or not answered
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    outcome_note = models.CharField(max_length=500, blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.CheckConstraint(name="introduction_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="introduction_outcome_known", condition=Q(outcome__in=["", *Outcome.values])
            ),
            models.UniqueConstraint(
                fields=("pair",), condition=Q(state__in=OPEN), name="introduction_open_once"
            ),
            models.CheckConstraint(
                name="introduction_introduced_when",
                condition=Q(state=State.INTRODUCED, introduced_at__isnull=False)
                | (~Q(state=State.INTRODUCED) & Q(introduced_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="introduction_ended_when",
                condition=Q(state__in=[*OPEN, State.INTRODUCED], ended_at__isnull=True)
                | (~Q(state__in=[*OPEN, State.INTRODUCED]) & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="introduction_outcome_after_introduced",
                condition=Q(outcome="", outcome_at__isnull=True)
                | (Q(state=State.INTRODUCED, outcome_at__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="introduction_expires_after_asked", condition=Q(expires_at__gt=F("asked_at"))
            ),
        ]
        indexes = [models.Index(fields=("state", "expires_at"), name="introduction_by_state")]

    def __str__(self) -> str:
        return f"introduction {self.public_id}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN and self.expires_at > timezone.now()

    @property
    def is_by_office(self) -> bool:
        return self.asked_by_hub_id is not None


class Side(models.Model):
    """One of the two: an entry, who answers for it, what they said, and what of them the other side may have.

    `initiative` and `organisation` are both empty once the entry was deleted; `title` stays.
    """

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="sides")
    position = models.PositiveSmallIntegerField()  # 0: who asked, or whom the office named first
    initiative = models.ForeignKey(
        "initiatives.Initiative", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=200)  # when it was asked
    language = models.CharField(max_length=12)  # of the letters, one of the interface's
    email = models.EmailField(blank=True)  # to which the letters go; shown to nobody without consent
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_note = models.CharField(max_length=500, blank=True)  # why they declined, for the office
    # what they agreed to show the other side; handed on only once both have agreed
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)  # what this side says came of it

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=("introduction", "position"), name="introduction_side_once"),
            models.CheckConstraint(name="introduction_has_two_sides", condition=Q(position__in=[0, 1])),
            models.CheckConstraint(
                name="introduction_side_is_one_entry",
                condition=Q(initiative__isnull=True) | Q(organisation__isnull=True),
            ),
            models.CheckConstraint(
                name="introduction_side_answer_known", condition=Q(answer__in=Answer.values)
            ),
            models.CheckConstraint(
                name="introduction_side_answered_when",
                condition=Q(answer=Answer.WAITING, answered_at__isnull=True)
                | (~Q(answer=Answer.WAITING) & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="introduction_contact_only_of_who_agreed",
                condition=Q(answer=Answer.AGREED) | Q(contact_name="", contact_email="", contact_phone=""),
            ),
            models.CheckConstraint(
                name="introduction_side_outcome_known", condition=Q(outcome__in=["", *Outcome.values])
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_agreed(self) -> bool:
        return self.answer == Answer.AGREED


class AnswerKey(models.Model):
    """A mailed key with which one side answers. Only the key's hash is kept."""

    side = models.ForeignKey(Side, on_delete=models.CASCADE, related_name="keys")
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"key of side {self.side_id}"

    @property
    def is_open(self) -> bool:
        return self.expires_at > timezone.now()
