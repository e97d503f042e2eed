from pathlib import PurePath
from typing import Any, NoReturn

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concivis.hubs.roles import ROLES

RESERVED_SLUGS = ["invitations", "mine", "new"]  # pages of our own at /hubs/…
hex_colour = RegexValidator(r"^#[0-9a-f]{6}$", _("Write a colour as # and six digits, such as #0b5fa5."))


class Hub(models.Model):
    """A city's office on this installation."""

    public_id = models.CharField(max_length=16, unique=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="hubs", verbose_name=_("city")
    )
    language = models.CharField(_("language"), max_length=12)  # BCP 47, of `about`
    about = models.TextField(_("about"), blank=True)
    colour = models.CharField(_("colour"), max_length=7, default="#0b5fa5", validators=[hex_colour])
    crest = models.ImageField(_("crest"), upload_to="crests/", blank=True)
    website = models.URLField(_("website"), blank=True)
    contact_email = models.EmailField(_("contact"), blank=True)
    timezone = models.CharField(_("time zone"), max_length=40, default="Europe/Berlin")
    is_published = models.BooleanField(_("public"), default=False)
    is_example = models.BooleanField(default=False)  # a demo's hub: every page of it says so
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(name="hub_address_free", condition=~Q(slug__in=RESERVED_SLUGS)),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("twinning:hub", args=[self.slug])

    @property
    def crest_url(self) -> str:
        """Where the crest is served; its name changes with the picture, so that caches may keep it."""
        if not self.crest:
            return ""
        from django.urls import reverse

        return f"{reverse('hubs:crest', args=[self.slug])}?{PurePath(str(self.crest.name)).stem}"


class Membership(models.Model):
    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(
        _("role"), max_length=20, choices=[(code, role.label) for code, role in ROLES.items()]
    )
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("hub", "user"), name="member_once"),
            models.CheckConstraint(name="member_role_known", condition=Q(role__in=list(ROLES))),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.hub}"


class Invitation(models.Model):
    """A mailed key to one role in one hub. Only the key's hash is kept."""

    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("mail address"))
    role = models.CharField(
        _("role"), max_length=20, choices=[(code, role.label) for code, role in ROLES.items()]
    )
    key_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-invited_at",)
        constraints = [
            models.CheckConstraint(
                name="invitation_accepted_or_withdrawn",
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=("hub", "email"),
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.hub}"

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= timezone.now()


class Chain(models.Model):
    """The head of a hub's record (hub = None: the installation's). Locked while a line is written."""

    hub = models.OneToOneField(Hub, on_delete=models.PROTECT, null=True, blank=True, related_name="chain")
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(hub__isnull=True), name="one_installation_chain"
            ),
        ]

    def __str__(self) -> str:
        return str(self.hub or "installation")


class RecordIsAppendOnly(Exception):
    """Someone tried to change or delete a line of the record."""


class RecordLineQuerySet(models.QuerySet["RecordLine"]):
    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise RecordIsAppendOnly("Lines of the record can be neither changed nor deleted.")

    update = delete = bulk_create = bulk_update = update_or_create = _refuse
    _raw_delete = _refuse


class RecordLine(models.Model):
    """Who did what when. Append-only by triggers (`append_only.py`); each line holds the hash of the last."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True)  # a user's id, not a key: people can be deleted, lines cannot
    action = models.CharField(max_length=60)  # "partnership.signed"
    kind = models.CharField(max_length=30)
    object_id = models.CharField(max_length=40)
    details: Any = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = RecordLineQuerySet.as_manager()

    class Meta:
        ordering = ("chain", "number")
        constraints = [
            models.UniqueConstraint(fields=("chain", "number"), name="record_number_once"),
            models.CheckConstraint(name="record_counts_from_one", condition=Q(number__gte=1)),
        ]
        indexes = [models.Index(F("kind"), F("object_id"), name="record_by_object")]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise RecordIsAppendOnly("A line of the record cannot be changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise RecordIsAppendOnly("A line of the record cannot be deleted.")
