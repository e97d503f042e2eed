from datetime import date
from pathlib import PurePath
from typing import Any, NoReturn
from uuid import uuid4
from zoneinfo import ZoneInfo

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


# --- the office's programs: keys for theirs, messages to theirs --------------------------------------------


class ApiToken(models.Model):
    """A key with which a program works for a hub. Only the key's hash is kept."""

    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("name"), max_length=80)  # what it is for: "council website"
    scopes: Any = models.JSONField(default=list)  # of `scopes.Scope`
    key_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField(null=True, blank=True)  # the last day of its force, in the hub's time zone
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = [models.CheckConstraint(name="token_has_a_name", condition=~Q(name=""))]

    def __str__(self) -> str:
        return f"{self.name} · {self.hub}"

    @property
    def has_expired(self) -> bool:
        return self.expires_on is not None and self.expires_on < today_in(self.hub)

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and not self.has_expired


def today_in(hub: Hub) -> date:
    return timezone.now().astimezone(ZoneInfo(hub.timezone)).date()


class Webhook(models.Model):
    """An address that is told of what happens in a hub, in signed messages."""

    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="webhooks")
    url = models.URLField(_("address"), max_length=500)
    events: Any = models.JSONField(default=list)  # names registered in `webhooks.register_event`
    secret_salt = models.CharField(max_length=64)  # the secret is derived from it and the site's: `signing`
    is_active = models.BooleanField(default=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("created_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=("hub", "url"), name="webhook_address_once"),
            models.CheckConstraint(name="webhook_has_a_secret", condition=~Q(secret_salt="")),
        ]

    def __str__(self) -> str:
        return f"{self.url} · {self.hub}"


class Delivery(models.Model):
    """One message to a webhook. It has a next attempt until it arrived or was given up."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    public_id = models.UUIDField(
        unique=True, default=uuid4, editable=False
    )  # the receiver knows repeats by it
    event = models.CharField(max_length=60)
    payload: Any = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True, default=timezone.now)
    last_attempt_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    gave_up_at = models.DateTimeField(null=True, blank=True)
    last_status = models.PositiveSmallIntegerField(null=True, blank=True)  # of HTTP; null: nobody answered
    last_error = models.CharField(max_length=200, blank=True)  # in English, never with what was sent

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="delivery_open_delivered_or_given_up",
                condition=Q(next_attempt_at__isnull=False, delivered_at__isnull=True, gave_up_at__isnull=True)
                | Q(next_attempt_at__isnull=True, delivered_at__isnull=False, gave_up_at__isnull=True)
                | Q(next_attempt_at__isnull=True, delivered_at__isnull=True, gave_up_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=("next_attempt_at",),
                condition=Q(next_attempt_at__isnull=False),
                name="delivery_due",
            ),
            models.Index(fields=("webhook", "-created_at"), name="delivery_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.public_id}"


class ScheduledRun(models.Model):
    """When a function of `shell.schedule` last began: whoever moves this stamp may run it."""

    name = models.CharField(max_length=120, unique=True)
    last_started_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


# --- what needs attention ----------------------------------------------------------------------------------


class HandlingQuerySet(models.QuerySet["Handling"]):
    def put_aside(self, on: date) -> "HandlingQuerySet":
        """Of what is done, or put off beyond the day `on`."""
        return self.filter(Q(done_at__isnull=False) | Q(until__gt=on))


class Handling(models.Model):
    """What an office did about a matter that needs attention (`matters.Matter`, by its key): whom it gave it to,
    until when it put it off, that it is done. Matters themselves are computed, never kept."""

    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="handlings")
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=30)
    object_id = models.CharField(max_length=40, blank=True)  # for taking back what "done" did in the room
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    until = models.DateField(null=True, blank=True)  # the first day on which it is shown again
    done_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = HandlingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("hub", "key"), name="handling_once")]

    def __str__(self) -> str:
        return f"{self.key} · {self.hub_id}"
