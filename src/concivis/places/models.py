from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from concivis.places.enums import NameKind, PlaceKind, PlaceOrigin
from concivis.places.lookups import Begins as Begins  # registers itself
from concivis.places.names import fold


class Country(models.Model):
    """ISO 3166-1 alpha-2 (and XK). Its names come from CLDR at display time, see `places.countries`."""

    code = models.CharField(max_length=2, primary_key=True)
    continent = models.CharField(max_length=2, blank=True)
    population = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        from concivis.places.countries import country_name

        return country_name(self.code)


class Region(models.Model):
    """The first administrative level of a country, by GeoNames' admin1 code (not ISO 3166-2)."""

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="regions", db_index=False)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, db_index=True)

    class Meta:
        ordering = ("country", "name")
        constraints = [models.UniqueConstraint(fields=("country", "code"), name="region_once_in_country")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.name)
        super().save(*args, **kwargs)


class Place(models.Model):
    public_id = models.CharField(
        max_length=16, unique=True
    )  # "gn2911240", else "p" and ten random characters
    geonames_id = models.BigIntegerField(null=True, blank=True, unique=True)
    wikidata_id = models.CharField(max_length=16, null=True, blank=True, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=PlaceKind)
    name = models.CharField(_("name"), max_length=200)
    country = models.ForeignKey(  # place_by_country begins with it
        Country, on_delete=models.PROTECT, db_index=False, verbose_name=_("country")
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("region")
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)  # degrees north, WGS 84
    longitude = models.FloatField(_("longitude"), null=True, blank=True)  # degrees east
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)  # null: not known
    timezone = models.CharField(max_length=40, blank=True)
    origin = models.CharField(max_length=12, choices=PlaceOrigin)
    origin_note = models.CharField(max_length=300, blank=True)  # why an import had to create it

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="place_on_earth_or_nowhere",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,  # a comparison with null is neither true nor false, and would pass
                    longitude__isnull=False,
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                ),
            ),
            models.CheckConstraint(name="place_kind_known", condition=Q(kind__in=PlaceKind.values)),
        ]
        indexes = [
            models.Index(fields=("country", "-population"), name="place_by_country"),
            models.Index(fields=("latitude", "longitude"), name="place_by_position"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("twinning:place", args=[self.public_id, self.slug])

    @property
    def slug(self) -> str:
        return slugify(self.name) or self.public_id


class PlaceName(models.Model):
    """One spelling of a place's name, folded for search.

    `tier`, `weight` and `country_code` repeat facts of the place for speed: `weight` is the rank among namesakes, by
    the number of people; `tier` the order in which the type-ahead looks, see `places.sizes`. A row of kind WORD is no
    name but the end of one ("Saale" of "Halle (Saale)"): lists of a place's names leave it out.
    """

    # no index of its own: the unique constraint begins with it
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="names", db_index=False)
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200)  # on PostgreSQL in collation "C", so that prefixes are ranges
    language = models.CharField(max_length=12, blank=True)  # BCP 47; empty: not known
    kind = models.CharField(max_length=10, choices=NameKind)
    tier = models.PositiveSmallIntegerField()
    weight = models.PositiveIntegerField(default=0)
    country_code = models.CharField(max_length=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("place", "name", "language"), name="place_name_once"),
            models.CheckConstraint(name="place_name_kind_known", condition=Q(kind__in=NameKind.values)),
        ]
        indexes = [  # holds all that the type-ahead reads, which therefore never touches the table
            models.Index(
                fields=("tier", "folded", "-weight", "country_code", "place"), name="place_name_prefix"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LoadedSet(models.Model):
    """A published set of places that was loaded whole, and which version of it."""

    name = models.CharField(max_length=80, unique=True)  # "cities500", "cities500 of DE, FR"
    version = models.CharField(max_length=80)
    places = models.PositiveIntegerField()
    loaded_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.name} {self.version}"
