from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Format(models.TextChoices):
    PAIRS = "pairs", _("table of pairs")
    WIKIDATA = "wikidata", _("Wikidata query result")


class BatchState(models.TextChoices):
    UPLOADED = "uploaded", _("uploaded")
    STAGING = "staging", _("being read")
    STAGED = "staged", _("ready to look at")
    APPLYING = "applying", _("being applied")
    APPLIED = "applied", _("applied")
    UNDONE = "undone", _("undone")
    FAILED = "failed", _("could not be read")


class RowState(models.TextChoices):
    NEW = "new", pgettext_lazy("row of an import", "new")
    CHANGED = "changed", pgettext_lazy("row of an import", "changed")
    UNCHANGED = "unchanged", pgettext_lazy("row of an import", "unchanged")
    REPEATED = "repeated", pgettext_lazy("row of an import", "repeated")
    AMBIGUOUS = "ambiguous", pgettext_lazy("row of an import", "to be decided")
    REJECTED = "rejected", pgettext_lazy("row of an import", "rejected")
