"""The search for a partner: profiles of municipalities that look for one, shortlists, first letters."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from concivis.twinning.models.partnerships import Partnership


class PartnerProfile(models.Model):
    """That a municipality looks for a partner, and for which. Public from `published_at` until `expires_on`."""

    public_id = models.CharField(max_length=16, unique=True)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, related_name="partner_profiles")
    text = models.TextField(_("what you look for"), max_length=2000)
    language = models.CharField(max_length=12)  # BCP 47, of `text`
    fields = models.ManyToManyField("vocabulary.Term", blank=True, related_name="partner_profiles")
    countries: Any = models.JSONField(default=list, blank=True)  # ISO 3166-1 alpha-2; empty: anywhere
    languages: Any = models.JSONField(default=list, blank=True)  # BCP 47, in which letters will be answered
    smallest = models.PositiveIntegerField(_("from how many people"), null=True, blank=True)
    largest = models.PositiveIntegerField(_("to how many people"), null=True, blank=True)
    contact_email = models.EmailField(_("mail address for answers"), blank=True)
    contact_public = models.BooleanField(default=False)  # with the consent of who reads that mail box
    published_at = models.DateTimeField(null=True, blank=True)
    expires_on = models.DateField(_("until"))
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-published_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("hub",), condition=Q(withdrawn_at__isnull=True), name="partner_profile_one_open"
            ),
            models.CheckConstraint(
                name="partner_profile_sizes_in_order",
                condition=Q(smallest__isnull=True) | Q(largest__isnull=True) | Q(smallest__lte=F("largest")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hub} looks for a partner"


class Shortlist(models.Model):
    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, related_name="shortlists")
    name = models.CharField(_("name"), max_length=120)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=("hub", "name"), name="shortlist_once")]

    def __str__(self) -> str:
        return self.name


class Candidate(models.Model):
    """A place on a shortlist, with the office's note on it."""

    shortlist = models.ForeignKey(Shortlist, on_delete=models.CASCADE, related_name="candidates")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    note = models.TextField(_("note"), blank=True, max_length=2000)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("added_at", "pk")
        constraints = [models.UniqueConstraint(fields=("shortlist", "place"), name="candidate_once")]

    def __str__(self) -> str:
        return str(self.place)


class Letter(models.Model):
    """A letter of first contact, kept as it went out. `sent_at` is None for one that was only printed."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="letters")
    language = models.CharField(max_length=12)  # BCP 47
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("letter"), max_length=6000)
    to_name = models.CharField(_("to"), max_length=200, blank=True)
    to_email = models.EmailField(_("mail address"), blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-written_at",)

    def __str__(self) -> str:
        return self.subject


class SavedFilter(models.Model):
    """A view of the office's table that a member keeps under a name."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, related_name="saved_filters")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters")
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=500)  # the query string, without its question mark

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=("hub", "user", "name"), name="saved_filter_once")]

    def __str__(self) -> str:
        return self.name
