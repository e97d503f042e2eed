"""What belongs to one side of a partnership: the mailed key, the people, the papers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concivis.twinning.enums import ContactRole, DocumentKind
from concivis.twinning.models.partnerships import Partnership, Side


class SideKey(models.Model):
    """A mailed key with which a partner city acts for its side without an account. Only the key's hash is kept."""

    side = models.ForeignKey(Side, on_delete=models.CASCADE, related_name="keys")
    email = models.EmailField(_("mail address"))
    language = models.CharField(max_length=12)  # BCP 47, of the letter
    key_hash = models.CharField(max_length=64, unique=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)  # the first answer given with it
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-asked_at",)

    def __str__(self) -> str:
        return f"key of side {self.side_id}"

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None and self.expires_at > timezone.now()


class Contact(models.Model):
    """A person with a role on one side. A field is public only where the person agreed to just that field."""

    side = models.ForeignKey(Side, on_delete=models.CASCADE, related_name="contacts")
    role = models.CharField(_("role"), max_length=16, choices=ContactRole)
    name = models.CharField(_("name"), max_length=120)
    function = models.CharField(_("function"), max_length=160, blank=True)
    email = models.EmailField(_("mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    name_public = models.BooleanField(default=False)
    email_public = models.BooleanField(default=False)
    phone_public = models.BooleanField(default=False)
    consent_on = models.DateField(_("agreed on"), null=True, blank=True)
    consent_how = models.CharField(
        _("how"), max_length=200, blank=True
    )  # "by mail", "on paper at the meeting"
    in_team = models.BooleanField(_("member of the team"), default=False)
    successor = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="predecessors"
    )
    since = models.DateField(_("since"), null=True, blank=True)
    left_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ("left_on", "role", "name")
        constraints = [
            models.CheckConstraint(name="contact_role_known", condition=Q(role__in=ContactRole.values)),
            models.CheckConstraint(
                name="contact_public_only_with_consent",
                condition=Q(name_public=False, email_public=False, phone_public=False)
                | Q(consent_on__isnull=False),
            ),
            models.CheckConstraint(name="contact_not_own_successor", condition=~Q(successor=models.F("pk"))),
        ]

    def __str__(self) -> str:
        return self.name


class Document(models.Model):
    """A file of a partnership, kept under a random name, never the uploaded one. `sha256` is of its bytes."""

    public_id = models.CharField(max_length=16, unique=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="documents")
    side = models.ForeignKey(Side, on_delete=models.SET_NULL, null=True, blank=True, related_name="documents")
    kind = models.CharField(_("kind"), max_length=16, choices=DocumentKind)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(max_length=12, blank=True)  # BCP 47
    file = models.FileField(_("file"), upload_to="documents/")
    name = models.CharField(max_length=200)  # as it was uploaded, for the download
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    is_public = models.BooleanField(_("public"), default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-added_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("partnership", "sha256"), name="document_once"),
            models.CheckConstraint(name="document_kind_known", condition=Q(kind__in=DocumentKind.values)),
        ]

    def __str__(self) -> str:
        return self.title
