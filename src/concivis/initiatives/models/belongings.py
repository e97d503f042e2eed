"""What is added to an initiative over time: pictures, updates, papers."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from concivis.initiatives.enums import DocumentKind
from concivis.initiatives.models.initiatives import Initiative
from concivis.shell.content import LANGUAGE_LENGTH
from concivis.shell.dates import PartialDate, Precision


class Update(models.Model):
    """What happened, or what came of it: a dated post. `figures`: [{"value": 24, "label": "pupils travelled"}]."""

    public_id = models.CharField(max_length=16, unique=True)
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="updates")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True, max_length=8000)  # Markdown
    language = models.CharField(max_length=LANGUAGE_LENGTH)
    date = models.DateField(_("when"))
    precision = models.CharField(max_length=5, choices=Precision)
    is_result = models.BooleanField(_("this is a result"), default=False)
    figures: Any = models.JSONField(default=list, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-date", "-pk")
        constraints = [
            models.CheckConstraint(name="update_has_a_title", condition=~Q(title="") & ~Q(language="")),
            models.CheckConstraint(
                name="update_partial_date_on_first_day",
                condition=Q(precision=Precision.DAY)
                | Q(precision=Precision.MONTH, date__day=1)
                | Q(precision=Precision.YEAR, date__day=1, date__month=1),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def when(self) -> PartialDate:
        return PartialDate(self.date, Precision(self.precision))


class Picture(models.Model):
    """Drawn anew from what was uploaded, kept under a random name. `alt` says what is seen, for who does not see it."""

    public_id = models.CharField(max_length=16, unique=True)
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="pictures")
    update = models.ForeignKey(
        Update, on_delete=models.CASCADE, null=True, blank=True, related_name="pictures"
    )
    file = models.FileField(upload_to="initiatives/pictures/")
    media_type = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(_("what is to be seen"), max_length=300)
    credit = models.CharField(_("who took it"), max_length=200, blank=True)
    language = models.CharField(max_length=LANGUAGE_LENGTH)  # of `alt`
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        constraints = [models.CheckConstraint(name="picture_says_what_is_seen", condition=~Q(alt=""))]

    def __str__(self) -> str:
        return self.alt


class Paper(models.Model):
    """A document of the initiative, kept under a random name. `sha256` is of its bytes."""

    public_id = models.CharField(max_length=16, unique=True)
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(_("kind"), max_length=16, choices=DocumentKind)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(max_length=LANGUAGE_LENGTH, blank=True)
    file = models.FileField(_("file"), upload_to="initiatives/papers/")
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
            models.UniqueConstraint(fields=("initiative", "sha256"), name="paper_once"),
            models.CheckConstraint(name="paper_kind_known", condition=Q(kind__in=DocumentKind.values)),
        ]

    def __str__(self) -> str:
        return self.title
