from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PageKind(models.TextChoices):
    """What was looked at. ALL: any of it, each visitor once, but for the embeds, which stand on other websites."""

    ALL = "all", _("any page")
    HOME = "home", _("the city’s own page")
    INITIATIVES = "initiatives", _("initiatives")
    PROPOSALS = "proposals", _("citizens’ proposals")
    ORGANISATIONS = "organisations", _("organisations")
    PARTNERSHIPS = "partnerships", _("partnerships")
    COUNTRIES = "countries", _("countries, themes, map")
    DATES = "dates", _("dates and meetings")
    NEWSLETTER = "newsletter", _("newsletter")
    OTHER = "other", pgettext_lazy("pages", "others")
    EMBED = "embed", _("embedded on other websites")
