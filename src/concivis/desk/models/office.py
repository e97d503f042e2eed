"""What an office decides about its desk, and the texts that it uses again and again."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from concivis.hubs.models import Hub

KEEP_MONTHS = 12  # where no office says otherwise: a year to come back to a matter
LEAST_MONTHS, MOST_MONTHS = 1, 120
ANSWER_DAYS = 14


class DeskRules(models.Model):
    """A hub without a row follows the defaults."""

    hub = models.OneToOneField(Hub, on_delete=models.CASCADE, related_name="desk_rules")
    form_is_open = models.BooleanField(_("questions by a form on the website"), default=True)
    topics = models.TextField(
        _("topics of the form"), max_length=2000, blank=True
    )  # one a line; "": the usual ones
    answer_days = models.PositiveSmallIntegerField(_("answer within"), default=ANSWER_DAYS)
    keep_months = models.PositiveSmallIntegerField(_("keep data of askers for"), default=KEEP_MONTHS)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="desk_rules_keep_months",
                condition=Q(keep_months__gte=LEAST_MONTHS, keep_months__lte=MOST_MONTHS),
            ),
            models.CheckConstraint(
                name="desk_rules_answer_days", condition=Q(answer_days__gte=1, answer_days__lte=365)
            ),
        ]

    def __str__(self) -> str:
        return f"rules of {self.hub_id}"


class TextBlock(models.Model):
    """A text for answers, in one or more languages. `{name}`, `{link}` and `{office}` in it are filled in."""

    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="text_blocks")
    title = models.CharField(_("title"), max_length=120)

    class Meta:
        ordering = ("title", "pk")
        constraints = [models.UniqueConstraint(fields=("hub", "title"), name="text_block_title_once")]

    def __str__(self) -> str:
        return self.title


class TextBlockText(models.Model):
    block = models.ForeignKey(TextBlock, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=12)  # one of the interface's
    text = models.TextField(max_length=10_000)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("block", "language"), name="text_block_language_once"),
            models.CheckConstraint(name="text_block_has_text", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.block_id} {self.language}"
