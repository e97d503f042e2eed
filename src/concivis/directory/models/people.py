"""The people of organisations, what of them everybody may see, and who asked to look after an entry."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concivis.directory.enums import ClaimState, PersonField
from concivis.directory.models.organisations import Organisation


class Person(models.Model):
    """Somebody of an organisation. Where a person is from is not asked and not stored.

    People at risk are noted under a pseudonym: then `name` is the pseudonym, and the other name is kept nowhere.
    """

    public_id = models.CharField(max_length=16, unique=True)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    is_pseudonym = models.BooleanField(_("this is a pseudonym"), default=False)
    email = models.EmailField(_("mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    messenger = models.CharField(_("messenger"), max_length=80, blank=True)  # "Signal: …"
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class Consent(models.Model):
    """A person agreed that everybody sees one field; in force until withdrawn. A field without one is not public."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    field = models.CharField(max_length=10, choices=PersonField)
    given_on = models.DateField(_("agreed on"))
    how = models.CharField(_("agreed how"), max_length=200)  # "by mail", "on paper at the meeting"
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("given_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("person", "field"), condition=Q(withdrawn_at=None), name="consent_in_force_once"
            ),
            models.CheckConstraint(name="consent_field_known", condition=Q(field__in=PersonField.values)),
            models.CheckConstraint(name="consent_says_how", condition=~Q(how="")),
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.person_id}"


class Role(models.Model):
    """What a person is in an organisation, and for how long."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="roles")
    function = models.CharField(_("role"), max_length=160)  # "chair", "contact for schools"
    since = models.DateField(_("since"), null=True, blank=True)
    left_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ("left_on", "pk")
        constraints = [
            models.UniqueConstraint(fields=("person", "organisation", "function"), name="role_once"),
            models.CheckConstraint(
                name="role_dates_in_order",
                condition=Q(since=None) | Q(left_on=None) | Q(left_on__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return self.function


class Claim(models.Model):
    """Somebody says “this is us” and asks to look after an entry, with an account or by a mailed key."""

    public_id = models.CharField(max_length=16, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="claims")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("mail address"))
    language = models.CharField(max_length=12)  # BCP 47, of the letters
    message = models.TextField(_("message"), max_length=2000, blank=True)
    state = models.CharField(max_length=12, choices=ClaimState, default=ClaimState.UNCONFIRMED)
    key_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=400, blank=True)

    class Meta:
        ordering = ("asked_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "email"),
                condition=Q(state__in=[ClaimState.UNCONFIRMED, ClaimState.OPEN]),
                name="claim_open_once",
            ),
            models.CheckConstraint(name="claim_state_known", condition=Q(state__in=ClaimState.values)),
            models.CheckConstraint(
                name="claim_decided_or_not",
                condition=Q(state__in=[ClaimState.ACCEPTED, ClaimState.DECLINED], decided_at__isnull=False)
                | Q(state__in=[ClaimState.UNCONFIRMED, ClaimState.OPEN], decided_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"claim {self.public_id}"


class Steward(models.Model):
    """Somebody who looks after an organisation's entry: the office accepted their claim.

    Signed in as `user`, or, without an account, with a mailed key of which only the hash is kept.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="stewards")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=120)
    email = models.EmailField()
    language = models.CharField(max_length=12)  # BCP 47, of letters to them
    key_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    key_expires_at = models.DateTimeField(null=True, blank=True)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("since", "pk")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "email"), name="steward_once"),
            models.CheckConstraint(
                name="steward_by_account_or_key",
                condition=Q(user__isnull=False) | Q(key_hash__isnull=False, key_expires_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"steward {self.pk} of {self.organisation_id}"

    @property
    def has_open_key(self) -> bool:
        return bool(self.key_hash and self.key_expires_at and self.key_expires_at > timezone.now())
