from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Rhythm(TextChoices):
    """When a subscriber hears from us."""

    NEWSLETTER = "newsletter", _("the office's newsletter, when it appears")
    WEEKLY = "weekly", _("what is new, once a week")
    DAILY = "daily", _("what is new, once a day")


class IssueState(TextChoices):
    DRAFT = "draft", pgettext_lazy("state of a newsletter", "draft")
    SENT = "sent", pgettext_lazy("state of a newsletter", "sent")


class Section(TextChoices):
    """Where in the letter an item stands, in this order."""

    OWN = "own", pgettext_lazy("section of a newsletter", "From the office")
    NEW = "new", pgettext_lazy("section of a newsletter", "New")
    CHANGED = "changed", pgettext_lazy("section of a newsletter", "What has happened")
