from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    MUNICIPALITY = "municipality", _("municipality")
    COMMITTEE = "committee", _("twinning committee")
    ASSOCIATION = "association", _("association")
    FOUNDATION = "foundation", _("foundation")
    SCHOOL = "school", _("school")
    OTHER = "other", _("other")


class Organisation(models.Model):
    """A body that acts: a city's office, a twinning committee, an association."""

    public_id = models.CharField(max_length=16, unique=True)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=16, choices=OrganisationKind)
    name = models.CharField(_("name"), max_length=200)
    folded = models.CharField(max_length=200, db_index=True)
    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    website = models.URLField(_("website"), blank=True)
    source_url = models.URLField(blank=True)
    is_published = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(
                Coalesce("hub", 0), "folded", Coalesce("place", 0), name="organisation_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
