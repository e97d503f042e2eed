"""Organisations, what they are called, and what ties them to countries and towns."""

from pathlib import PurePath
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from concivis.catalogue.enums import Support
from concivis.directory.enums import DIPLOMATIC, Direction, NameUse, OrganisationKind, TieKind, TieUnit
from concivis.shell.content import LANGUAGE_LENGTH, SourceText, Translation, origin_known


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def standing(self) -> Self:
        """Without those that were merged into another."""
        return self.filter(merged_into=None)

    def public(self) -> Self:
        """What everybody may see: published, of a published hub, or of no hub."""
        return self.standing().filter(Q(hub=None) | Q(hub__is_published=True), is_published=True)


class Organisation(SourceText):
    """A body that acts: a city's office, a twinning committee, an association, a consulate.

    One that was merged into another stays as a row, so that its address leads on and the merge can be undone.
    """

    public_id = models.CharField(max_length=16, unique=True)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=16, choices=OrganisationKind)
    is_diaspora = models.BooleanField(_("diaspora organisation"), default=False)
    name = models.CharField(_("name"), max_length=200)  # in its own script
    name_language = models.CharField(_("language of the name"), max_length=12, blank=True)  # BCP 47
    transliterated = models.CharField(_("name in Latin letters"), max_length=200, blank=True)
    folded = models.CharField(max_length=200, db_index=True)
    legal_form = models.CharField(_("legal form"), max_length=60, blank=True)
    register_scheme = models.CharField(_("register"), max_length=40, blank=True)  # "DE-CR", or free
    register_number = models.CharField(_("number in the register"), max_length=60, blank=True)
    place = models.ForeignKey(
        "places.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("town"),
    )
    address = models.TextField(_("address"), max_length=400, blank=True)
    address_public = models.BooleanField(_("everybody may see the address"), default=False)
    email = models.EmailField(_("mail address of the organisation"), blank=True)  # of no person: info@…
    phone = models.CharField(_("telephone of the organisation"), max_length=40, blank=True)
    represents = models.ForeignKey(
        "places.Country",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("represents"),
    )
    competent_for = models.ManyToManyField(
        "places.Region", blank=True, related_name="+", verbose_name=_("competent for")
    )
    terms = models.ManyToManyField(
        "vocabulary.Term", blank=True, related_name="+", verbose_name=_("themes and target groups")
    )
    language = models.CharField(  # BCP 47; empty where there is no text
        _("language of the texts"), max_length=LANGUAGE_LENGTH, blank=True
    )
    description = models.TextField(_("about"), max_length=4000, blank=True)
    activities_here = models.TextField(_("activities here"), max_length=2000, blank=True)
    activities_there = models.TextField(_("activities abroad"), max_length=2000, blank=True)
    partners_abroad = models.TextField(_("partners abroad"), max_length=2000, blank=True)
    website = models.URLField(_("website"), blank=True)
    logo = models.ImageField(_("logo"), upload_to="logos/", blank=True)
    source_url = models.URLField(blank=True)
    last_confirmed = models.DateField(_("last confirmed"), null=True, blank=True)
    is_published = models.BooleanField(_("public"), default=True)
    is_example = models.BooleanField(default=False)  # made up for the demonstration: every page of it says so
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    TRANSLATED = ("description", "activities_here", "activities_there", "partners_abroad")
    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(
                Coalesce("hub", 0),
                "folded",
                Coalesce("place", 0),
                condition=Q(merged_into=None),
                name="organisation_once",
            ),
            models.CheckConstraint(
                name="organisation_kind_known", condition=Q(kind__in=OrganisationKind.values)
            ),
            models.CheckConstraint(
                name="organisation_only_diplomats_represent",
                condition=Q(represents=None) | Q(kind__in=DIPLOMATIC),
            ),
            models.CheckConstraint(
                name="organisation_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
            ),
        ]
        indexes = [models.Index(fields=("hub", "kind"), name="organisation_by_kind")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("directory:organisation", args=[self.public_id])

    @property
    def logo_url(self) -> str:
        """Where the logo is served; its name changes with the picture, so that caches may keep it."""
        if not self.logo:
            return ""
        from django.urls import reverse

        return f"{reverse('directory:logo', args=[self.public_id])}?{PurePath(str(self.logo.name)).stem}"


class OrganisationText(Translation):
    """What an organisation says of itself, in a further language."""

    of = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="translations")
    description = models.TextField(_("about"), max_length=4000, blank=True)
    activities_here = models.TextField(_("activities here"), max_length=2000, blank=True)
    activities_there = models.TextField(_("activities abroad"), max_length=2000, blank=True)
    partners_abroad = models.TextField(_("partners abroad"), max_length=2000, blank=True)

    class Meta:
        ordering = ("language",)
        constraints = [
            models.UniqueConstraint(fields=("of", "language"), name="organisation_text_once"),
            origin_known("organisation_text_origin_known"),
        ]

    def __str__(self) -> str:
        return f"{self.language} of {self.of_id}"


class OtherName(models.Model):
    """A further name: in another language, a short one, a former one."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="other_names")
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=12, blank=True)  # BCP 47; empty: of no language
    use = models.CharField(_("use"), max_length=10, choices=NameUse, default=NameUse.OTHER)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "name", "language"), name="organisation_name_once"
            ),
            models.CheckConstraint(name="organisation_name_use_known", condition=Q(use__in=NameUse.values)),
        ]

    def __str__(self) -> str:
        return self.name


class NameKey(models.Model):
    """One of an organisation's names as it is compared: see `directory.naming.key_of`. Derived, never typed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=300, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("organisation", "key"), name="organisation_key_once"),
        ]

    def __str__(self) -> str:
        return self.key


class Spoken(models.Model):
    """A language that one can speak with an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="spoken")
    language = models.CharField(max_length=12, db_index=True)  # BCP 47

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("organisation", "language"), name="organisation_speaks_once"),
        ]

    def __str__(self) -> str:
        return self.language


class Exchange(models.Model):
    """What an organisation needs from others, or offers them."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="exchanges")
    direction = models.CharField(max_length=8, choices=Direction)
    support = models.CharField(max_length=16, choices=Support)

    class Meta:
        ordering = ("direction", "support")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "direction", "support"), name="organisation_exchange_once"
            ),
            models.CheckConstraint(
                name="organisation_exchange_known",
                condition=Q(direction__in=Direction.values, support__in=Support.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.support}"


class Link(models.Model):
    """A page of the organisation elsewhere, such as in a social network."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="links")
    url = models.URLField(_("address"))

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("organisation", "url"), name="organisation_link_once"),
        ]

    def __str__(self) -> str:
        return self.url


class Tie(models.Model):
    """What ties an organisation to a country, and to a town there where it names one.

    `number` of `unit`: "forty families from this town live with you". A statement about the organisation's members as
    a whole; where a single person is from is stored nowhere.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="ties")
    kind = models.CharField(_("kind"), max_length=8, choices=TieKind)
    country = models.ForeignKey(
        "places.Country", on_delete=models.PROTECT, related_name="+", verbose_name=_("country")
    )
    place = models.ForeignKey(
        "places.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("town"),
    )
    number = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    unit = models.CharField(_("families or people"), max_length=8, choices=TieUnit, blank=True)
    since = models.PositiveSmallIntegerField(_("since"), null=True, blank=True)  # a year
    note = models.CharField(_("note"), max_length=400, blank=True)
    source = models.CharField(
        _("source"), max_length=300, blank=True
    )  # who says so: a title, with an address or not

    class Meta:
        ordering = ("kind", "country", "pk")
        constraints = [
            models.UniqueConstraint(
                "organisation", "kind", "country", Coalesce("place", 0), name="organisation_tie_once"
            ),
            models.CheckConstraint(name="organisation_tie_kind_known", condition=Q(kind__in=TieKind.values)),
            models.CheckConstraint(
                name="organisation_tie_number_has_unit",
                condition=Q(number=None, unit="") | Q(number__gte=1, unit__in=TieUnit.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.place or self.country_id}"


class NetworkMembership(models.Model):
    """An organisation belongs to a network, or to another organisation, for a time."""

    member = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="networks")
    network = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="members")
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ("until", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("member", "network"), condition=Q(until=None), name="network_member_once"
            ),
            models.CheckConstraint(name="network_member_not_itself", condition=~Q(member=F("network"))),
            models.CheckConstraint(
                name="network_member_dates_in_order",
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.network_id}"


class NotTheSame(models.Model):
    """Two organisations that look alike and, the office says, are two. `first` has the smaller id."""

    first = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("first", "second"), name="not_the_same_once"),
            models.CheckConstraint(name="not_the_same_in_order", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} is not {self.second_id}"


class Merge(models.Model):
    """`absorbed` became part of `survivor`. `moved` holds what an undo needs: see `directory.actions.merging`."""

    public_id = models.CharField(max_length=16, unique=True)
    survivor = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="merges")
    absorbed = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="merges_into")
    moved: Any = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("absorbed",), condition=Q(undone_at=None), name="organisation_merged_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} into {self.survivor_id}"
