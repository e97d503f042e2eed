from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from concivis.shell.dates import PartialDate, Precision
from concivis.twinning.enums import MilestoneKind, PartnershipKind, PartnershipState

if TYPE_CHECKING:
    from concivis.places.models import Place


class Source(models.Model):
    """Where a fact comes from: a page, a file, a paper. Stands beside every date and every link."""

    title = models.CharField(_("title"), max_length=300)
    url = models.URLField(_("address"), blank=True, max_length=500)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=60, blank=True)
    seen_on = models.DateField(_("seen on"), null=True, blank=True)
    # the place whose own statement this is: dates by it are that side's to change, not the keeper's
    stated_by = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="statements"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=("title", "url", "seen_on"), name="source_once")]

    def __str__(self) -> str:
        return self.title


class Partnership(models.Model):
    """A tie of two or more places. `hub` keeps it; without a hub it belongs to the commons of the installation."""

    public_id = models.CharField(max_length=16, unique=True)
    hub = models.ForeignKey(
        "hubs.Hub", on_delete=models.PROTECT, null=True, blank=True, related_name="partnerships"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=PartnershipKind)
    state = models.CharField(_("state"), max_length=16, choices=PartnershipState)
    fields = models.ManyToManyField("vocabulary.Term", blank=True, related_name="partnerships")
    summary = models.TextField(_("summary"), blank=True)
    language = models.CharField(max_length=12, blank=True)  # BCP 47, of `summary`
    places_key = models.CharField(
        max_length=200
    )  # sorted place ids, "12-845": one tie of a kind per set of places
    started = models.DateField(null=True, blank=True)  # first day of the earliest signature, for filters
    ended = models.DateField(null=True, blank=True)
    # the latest sign of life; None before an activity was ever recorded. Dormancy is computed from it
    last_activity = models.DateField(null=True, blank=True)
    # the day from which it counts as dormant: the last activity and the months that the keeper's rules allow
    sleeps_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(_("agreed until"), null=True, blank=True)  # None: not limited in time
    # raised by each change of the office: a form that began at an earlier one is not saved unseen
    revision = models.PositiveIntegerField(default=0)
    is_published = models.BooleanField(default=True)
    is_example = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("places_key", "kind"), name="partnership_once"),
            models.CheckConstraint(
                name="partnership_kind_known", condition=Q(kind__in=PartnershipKind.values)
            ),
            models.CheckConstraint(
                name="partnership_state_known", condition=Q(state__in=PartnershipState.values)
            ),
            models.CheckConstraint(
                name="partnership_text_has_language", condition=Q(summary="") | ~Q(language="")
            ),
        ]
        indexes = [
            models.Index(fields=("is_published", "kind"), name="partnership_public"),
            models.Index(fields=("hub",), name="partnership_by_hub"),
            models.Index(fields=("-changed_at",), name="partnership_by_change"),
        ]

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("twinning:partnership", args=[self.public_id])

    @property
    def title(self) -> str:
        """ "Hamm – Bradford"; the sides must be prefetched."""
        return " – ".join(place.name for place in self.places_in_order)

    @property
    def places_in_order(self) -> list["Place"]:
        return [side.place for side in self.sides.all()]


class Side(models.Model):
    """One place in a partnership, and the body that acts for it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="sides")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="sides")
    position = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.SET_NULL, null=True, blank=True, related_name="sides"
    )
    # the office of the side's own city that may answer for it, because the keeper trusts it: that an office has
    # opened for a city proves nothing, anybody may open one
    office = models.ForeignKey(
        "hubs.Hub", on_delete=models.SET_NULL, null=True, blank=True, related_name="sides_answered"
    )
    # people with an account who act for this side beside the office of its own city
    actors = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="sides")
    asked_at = models.DateTimeField(null=True, blank=True)  # when the keeper let this side see and confirm
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_as = models.CharField(max_length=200, blank=True)  # name and office, where no account confirmed
    # how this side sees the tie, where it differs from what the keeper wrote: shown beside it, never over it
    state_said = models.CharField(_("state"), max_length=16, blank=True, choices=PartnershipState)
    remark = models.TextField(_("remark"), blank=True, max_length=2000)
    remark_language = models.CharField(max_length=12, blank=True)  # BCP 47

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=("partnership", "place"), name="side_place_once"),
            models.UniqueConstraint(fields=("partnership", "position"), name="side_position_once"),
            models.CheckConstraint(
                name="side_remark_has_language", condition=Q(remark="") | ~Q(remark_language="")
            ),
            models.CheckConstraint(
                name="side_office_was_let_in", condition=Q(office=None) | Q(asked_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership_id} {self.place_id}"


class Milestone(models.Model):
    """A dated event of a partnership, of one side or (side = None) of all. Decisions carry a reference."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="milestones")
    side = models.ForeignKey(Side, on_delete=models.CASCADE, null=True, blank=True, related_name="milestones")
    kind = models.CharField(_("kind"), max_length=16, choices=MilestoneKind)
    date = models.DateField(_("date"))  # the first day of the year or month where the precision says so
    precision = models.CharField(_("precision"), max_length=5, choices=Precision)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="milestones")
    note = models.TextField(_("note"), blank=True)
    decision = models.CharField(_("decision"), max_length=200, blank=True)  # reference of the council's paper
    decision_url = models.URLField(_("link to the decision"), blank=True, max_length=500)

    class Meta:
        ordering = ("date", "id")
        constraints = [
            models.CheckConstraint(name="milestone_kind_known", condition=Q(kind__in=MilestoneKind.values)),
            models.CheckConstraint(
                name="milestone_partial_date_on_first_day",
                condition=Q(precision=Precision.DAY)
                | Q(precision=Precision.MONTH, date__day=1)
                | Q(precision=Precision.YEAR, date__day=1, date__month=1),
            ),
            models.CheckConstraint(
                name="milestone_end_needs_decision",
                condition=~Q(kind__in=["suspended", "ended"]) | ~Q(decision=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.when}"

    @property
    def when(self) -> PartialDate:
        return PartialDate(self.date, Precision(self.precision))


class Evidence(models.Model):
    """That a source names this partnership, and where in the source."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="evidence")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="evidence")
    locator = models.CharField(max_length=120, blank=True)  # "line 812", "Q2686"
    seen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("partnership", "source"), name="evidence_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.locator}"
