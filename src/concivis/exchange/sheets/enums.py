"""The words of imports of entries."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SheetKind(models.TextChoices):
    """Which entries the rows of a table are."""

    INITIATIVES = "initiatives", _("Initiatives")
    ORGANISATIONS = "organisations", _("Organisations")


class Match(models.TextChoices):
    """By what the entry was found that a row means."""

    NONE = "", pgettext_lazy("row of an import", "not found")
    ID = "id", pgettext_lazy("row of an import", "found by its number here")
    EXTERNAL = "external", pgettext_lazy("row of an import", "found by its number in your list")
    NAME = "name", pgettext_lazy("row of an import", "found by its name")
    SIMILAR = "similar", pgettext_lazy("row of an import", "found by a similar name")


class Deed(models.TextChoices):
    """What applying does with a row."""

    ADD = "add", pgettext_lazy("row of an import", "add as a new entry")
    OVERWRITE = "overwrite", pgettext_lazy("row of an import", "overwrite the entry that is there")
    LEAVE = "leave", pgettext_lazy("row of an import", "leave out")


GUESSED = (Match.NAME, Match.SIMILAR)  # a person may know better: these may be added as entries of their own


class ConsentPart(models.TextChoices):
    """What of a person everybody may see, as that person said."""

    NAME = "name", _("name")
    EMAIL = "email", _("mail address")
    PHONE = "phone", _("telephone")
    ALL = "yes", _("yes")
