"""What the partners did together: the log that feeds benefits, trends and dormancy."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from concivis.shell.dates import PartialDate, Precision
from concivis.twinning.enums import ActivityKind
from concivis.twinning.models.partnerships import Partnership, Side, Source


class Activity(models.Model):
    """A visit, an exchange, a meeting. `source` where it was read somewhere; without one the office itself says so."""

    public_id = models.CharField(max_length=16, unique=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="activities")
    kind = models.CharField(_("kind"), max_length=16, choices=ActivityKind)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(max_length=12, blank=True)  # BCP 47, of title and note
    date = models.DateField(_("from"))  # the first day of the year or month where the precision says so
    precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    until = models.DateField(_("until"), null=True, blank=True)
    where = models.CharField(_("where"), max_length=160, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=4000)
    url = models.URLField(_("link"), blank=True, max_length=500)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="activities"
    )
    is_public = models.BooleanField(_("public"), default=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-date", "-pk")
        constraints = [
            models.CheckConstraint(name="activity_kind_known", condition=Q(kind__in=ActivityKind.values)),
            models.CheckConstraint(
                name="activity_partial_date_on_first_day",
                condition=Q(precision=Precision.DAY)
                | Q(precision=Precision.MONTH, date__day=1)
                | Q(precision=Precision.YEAR, date__day=1, date__month=1),
            ),
            models.CheckConstraint(
                name="activity_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gte=F("date")),
            ),
        ]
        indexes = [models.Index(fields=("partnership", "-date"), name="activity_by_date")]

    def __str__(self) -> str:
        return self.title

    @property
    def when(self) -> PartialDate:
        return PartialDate(self.date, Precision(self.precision))


class Participation(models.Model):
    """Who of one side took part, as numbers. None: not counted; 0: nobody."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="participations")
    side = models.ForeignKey(Side, on_delete=models.CASCADE, related_name="participations")
    people = models.PositiveIntegerField(_("people"), null=True, blank=True)
    young_people = models.PositiveIntegerField(_("of them young people"), null=True, blank=True)
    organisations = models.PositiveIntegerField(_("organisations"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("activity", "side"), name="participation_once"),
            models.CheckConstraint(
                name="young_people_are_among_the_people",
                condition=Q(young_people__isnull=True)
                | Q(people__isnull=True)
                | Q(young_people__lte=F("people")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.people} of side {self.side_id}"
