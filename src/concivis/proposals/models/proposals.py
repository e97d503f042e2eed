"""A proposal, who wrote it, its translations, and what was put right after it was published."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concivis.proposals import enums
from concivis.proposals.enums import Purpose, Rejection, State
from concivis.proposals.models.rules import Rules
from concivis.shell import content


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def public(self) -> Self:
        """What everybody may see: also what was rejected or withdrawn after it had been published."""
        return self.filter(published_at__isnull=False, hidden_at__isnull=True, hub__is_published=True)

    def collecting(self) -> Self:
        """What can be signed now; the deadline is the end of the local day."""
        return self.filter(
            state=State.PUBLISHED,
            paused_at__isnull=True,
            hidden_at__isnull=True,
            deadline_seen_at__isnull=True,
            closes_at__gt=timezone.now(),
        )


class Proposal(content.SourceText):
    """What somebody proposes to a city. The text is frozen once published; corrections are rows of their own."""

    TRANSLATED = ("title", "summary", "body")

    public_id = models.CharField(max_length=16, unique=True)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="proposals")
    rules = models.ForeignKey(
        Rules, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    title = models.CharField(_("title"), max_length=150)
    summary = models.TextField(_("what the city is asked to do"), blank=True, max_length=600)
    body = models.TextField(_("why, and how"), blank=True, max_length=20_000)  # Markdown
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)

    # the place that is concerned: the city itself, a part of it, or a twin town
    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    latitude = models.FloatField(null=True, blank=True)  # degrees, of a point that the proposer set
    longitude = models.FloatField(null=True, blank=True)
    terms = models.ManyToManyField("vocabulary.Term", blank=True, related_name="+")

    # the representative; the name is public where they agreed
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField(_("name"), max_length=120, blank=True)
    author_email = models.EmailField(_("mail address"), blank=True)
    author_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    author_language = models.CharField(max_length=12, blank=True)  # of the letters, one of the interface's
    author_name_public = models.BooleanField(default=False)
    consent_on = models.DateField(null=True, blank=True)

    sponsors_until = models.DateField(null=True, blank=True)  # the last day for first supporters
    submitted_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)  # the last day, in the hub's time zone
    closes_at = models.DateTimeField(null=True, blank=True)  # the end of that day
    deadline_seen_at = models.DateTimeField(
        null=True, blank=True
    )  # once past it stays past, whatever the clock says later
    pepper_mark = models.CharField(
        max_length=16, blank=True
    )  # of the secret that its signatures are hashed with
    closed_at = models.DateTimeField(null=True, blank=True)
    handed_over_on = models.DateField(null=True, blank=True)
    received_by = models.CharField(_("received by"), max_length=200, blank=True)
    answer_due_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    outcome_note = models.TextField(_("what became of it"), blank=True, max_length=4000)

    rejection = models.CharField(max_length=16, choices=Rejection, blank=True)
    rejection_note = models.TextField(blank=True, max_length=2000)  # public
    rejection_listed = models.BooleanField(default=False)  # title, reason and note on the public list
    same_as = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.CharField(max_length=16, choices=Rejection, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_note = models.CharField(max_length=500, blank=True)  # public

    # the review: who looks at it now, so that two do not
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reviewer_until = models.DateTimeField(null=True, blank=True)
    question = models.TextField(blank=True, max_length=2000)  # of the office to the proposer

    revision = models.PositiveIntegerField(default=0)
    is_example = models.BooleanField(default=False)
    is_historical = models.BooleanField(default=False)  # from another platform: see `ProposalOrigin`
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ("-published_at", "-pk")
        constraints = [
            models.CheckConstraint(name="proposal_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="proposal_has_a_title", condition=~Q(title="") & ~Q(language="")),
            models.CheckConstraint(
                name="proposal_published_with_rules_and_deadline",
                condition=Q(published_at__isnull=True)
                | Q(is_historical=True)
                | Q(rules__isnull=False, closes_on__isnull=False, closes_at__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_historical_collects_nothing",
                condition=Q(is_historical=False)
                | ~Q(state__in=[State.DRAFT, State.IDEA, State.SPONSORING, State.REVIEW, State.PUBLISHED]),
            ),
            models.CheckConstraint(
                name="proposal_before_publication_not_published",
                condition=Q(state__in=[State.REJECTED, State.WITHDRAWN])
                | Q(
                    state__in=[State.DRAFT, State.IDEA, State.SPONSORING, State.REVIEW],
                    published_at__isnull=True,
                )
                | (
                    ~Q(state__in=[State.DRAFT, State.IDEA, State.SPONSORING, State.REVIEW])
                    & Q(published_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="proposal_rejected_with_reason",
                condition=Q(state=State.REJECTED, rejection__in=Rejection.values)
                | (~Q(state=State.REJECTED) & Q(rejection="")),
            ),
            models.CheckConstraint(
                name="proposal_only_rejected_is_listed_so",
                condition=Q(rejection_listed=False)
                | (Q(state=State.REJECTED) & ~Q(rejection__in=enums.NEVER_LISTED)),
            ),
            models.CheckConstraint(
                name="proposal_hidden_with_reason",
                condition=Q(hidden_at__isnull=True, hidden_reason="")
                | Q(hidden_at__isnull=False, hidden_reason__in=Rejection.values),
            ),
            models.CheckConstraint(
                name="proposal_paused_while_collecting",
                condition=Q(paused_at__isnull=True) | Q(state=State.PUBLISHED),
            ),
            models.CheckConstraint(
                name="proposal_ended_on_a_day",
                condition=~Q(state__in=enums.OUTCOMES) | Q(ended_on__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_not_realised_with_reason",
                condition=~Q(state__in=[State.NOT_REALISED, State.PARTLY_REALISED]) | ~Q(outcome_note=""),
            ),
            models.CheckConstraint(
                name="proposal_point_is_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
            models.CheckConstraint(
                name="proposal_closes_after_publication",
                condition=Q(closes_at__isnull=True) | Q(closes_at__gt=F("published_at")),
            ),
        ]
        indexes = [
            models.Index(fields=("hub", "state"), name="proposal_by_state"),
            models.Index(fields=("state", "closes_at"), name="proposal_by_deadline"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("proposals:proposal", args=[self.public_id])

    @property
    def is_public(self) -> bool:
        """The hub must be fetched."""
        return self.published_at is not None and self.hidden_at is None and self.hub.is_published

    @property
    def is_collecting(self) -> bool:
        return (
            self.state == State.PUBLISHED
            and self.paused_at is None
            and self.closes_at is not None
            and self.closes_at > timezone.now()
        )


class ProposalOrigin(models.Model):
    """Where a historical proposal is from. Its signatures were counted there, and are told as they were given."""

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="origin")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=200)  # of the platform: "https://petitions.example"
    external_id = models.CharField(max_length=60)  # its number there
    address = models.URLField(max_length=500, blank=True)  # of its page there
    licence = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=60, blank=True)  # as the platform calls it
    signatures = models.PositiveIntegerField(null=True, blank=True)
    areas: Any = models.JSONField(default=list, blank=True)  # [{"kind", "code", "name", "signatures"}]
    facts: Any = models.JSONField(default=dict, blank=True)  # what else the file says, by its own names
    seen_at = models.DateTimeField(default=timezone.now)  # when a file last named it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("hub", "source", "external_id"), name="proposal_origin_once"),
            models.CheckConstraint(
                name="proposal_origin_is_said", condition=~Q(source="") & ~Q(external_id="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.external_id} of {self.source}"


class ProposalText(content.Translation):
    """The proposal in another language; a field left empty is shown in the original."""

    of = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="translations")
    title = models.CharField(_("title"), max_length=150)
    summary = models.TextField(_("what the city is asked to do"), blank=True, max_length=600)
    body = models.TextField(_("why, and how"), blank=True, max_length=20_000)

    class Meta:
        ordering = ("language",)
        constraints = [
            models.UniqueConstraint(fields=("of", "language"), name="proposal_text_once"),
            models.CheckConstraint(name="proposal_text_has_a_title", condition=~Q(title="")),
            content.origin_known("proposal_text_origin_known"),
        ]

    def __str__(self) -> str:
        return self.title


class Correction(models.Model):
    """A word put right after publication, and what stood there before: both are public."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=10)  # of TRANSLATED
    language = models.CharField(max_length=content.LANGUAGE_LENGTH)
    before = models.TextField()
    after = models.TextField()
    reason = models.CharField(_("why"), max_length=300)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = [models.CheckConstraint(name="correction_says_why", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.field} of {self.proposal_id}"


class CoAuthor(models.Model):
    """Somebody who writes it, too; asked by mail, and named in public only where they agreed."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="co_authors")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("mail address"), blank=True)
    language = models.CharField(max_length=12, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    name_public = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("proposal", "email"), condition=~Q(email=""), name="co_author_once"
            ),
            models.CheckConstraint(
                name="co_author_public_once_joined",
                condition=Q(name_public=False) | Q(joined_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Sponsor(models.Model):
    """A first supporter, before publication. `person` as of a signature: one person counts once."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="sponsors")
    person = models.CharField(max_length=64)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("mail address"), blank=True)
    language = models.CharField(max_length=12, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=("proposal", "person"), name="sponsor_once")]

    def __str__(self) -> str:
        return f"sponsor {self.pk} of {self.proposal_id}"


class ProposalKey(models.Model):
    """A mailed key with which an author or a first supporter acts without an account. Only its hash is kept."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="keys")
    purpose = models.CharField(max_length=8, choices=Purpose)
    co_author = models.ForeignKey(
        CoAuthor, on_delete=models.CASCADE, null=True, blank=True, related_name="keys"
    )
    sponsor = models.ForeignKey(Sponsor, on_delete=models.CASCADE, null=True, blank=True, related_name="keys")
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at",)
        constraints = [
            models.CheckConstraint(name="proposal_key_purpose_known", condition=Q(purpose__in=Purpose.values))
        ]

    def __str__(self) -> str:
        return f"key of proposal {self.proposal_id}"

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None and self.expires_at > timezone.now()


class ProposalPicture(models.Model):
    """Drawn anew from what was uploaded, kept under a random name. `alt` says what is seen, for who does not see it."""

    public_id = models.CharField(max_length=16, unique=True)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="pictures")
    file = models.FileField(upload_to="proposals/pictures/")
    media_type = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(_("what is to be seen"), max_length=300)
    credit = models.CharField(_("who took it"), max_length=200, blank=True)
    language = models.CharField(max_length=content.LANGUAGE_LENGTH)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(name="proposal_picture_says_what_is_seen", condition=~Q(alt=""))
        ]

    def __str__(self) -> str:
        return self.alt


class ProposalDraft(models.Model):
    """What somebody has written into the public form so far; found again by the key in the page's address."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, related_name="+")
    key_hash = models.CharField(max_length=64, unique=True)
    answers: Any = models.JSONField(default=dict)  # {name of the field: [texts]}
    begun_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=("saved_at",), name="proposal_draft_by_age")]

    def __str__(self) -> str:
        return f"draft {self.pk}"
