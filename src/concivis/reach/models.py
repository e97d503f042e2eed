"""How many people a day's pages reached. Nothing here tells who: of a finished day, only numbers are left."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from concivis.reach.enums import PageKind


class DaySalt(models.Model):
    """The random number of today, by which visitors are told apart. Destroyed when the day is over."""

    day = models.DateField(unique=True)
    value = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return str(self.day)


class DayCount(models.Model):
    """Different visitors of one day, of a hub's pages (hub = None: of the whole installation), of one kind of page.

    `registers` of the sketch are there only while the day lasts: afterwards nobody can be looked for in them.
    """

    day = models.DateField()
    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=14, choices=PageKind)
    visitors = models.PositiveIntegerField(default=0)
    registers = models.BinaryField(null=True)

    class Meta:
        ordering = ("day", "kind")
        constraints = [
            models.UniqueConstraint(fields=("hub", "kind", "day"), name="day_counted_once"),
            models.UniqueConstraint(
                fields=("kind", "day"), condition=Q(hub__isnull=True), name="day_of_all_counted_once"
            ),
            models.CheckConstraint(name="day_count_kind_known", condition=Q(kind__in=PageKind.values)),
        ]
        indexes = [
            models.Index(fields=("day",), condition=Q(registers__isnull=False), name="day_count_open"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class HubReach(models.Model):
    """What a hub's figures are compared with, and whether everybody sees them."""

    hub = models.OneToOneField("hubs.Hub", on_delete=models.CASCADE, related_name="reach")
    electorate = models.PositiveIntegerField(
        _("people entitled to vote"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    electorate_on = models.DateField(_("as of"), null=True, blank=True)
    electorate_source = models.CharField(_("source"), max_length=200, blank=True)
    is_public = models.BooleanField(_("everybody may see the figures"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="electorate_with_date_and_source",
                condition=Q(electorate__isnull=True, electorate_on__isnull=True, electorate_source="")
                | (Q(electorate__gt=0, electorate_on__isnull=False) & ~Q(electorate_source="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.hub)
