from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaceKind(models.TextChoices):
    VILLAGE = "village", _("village")
    TOWN = "town", _("town")
    CITY = "city", _("city")
    AGGLOMERATION = "agglomeration", _("agglomeration")
    ASSOCIATION = "association", _("association of municipalities")
    PROVINCE = "province", _("province")
    REGION = "region", _("region")


class PlaceOrigin(models.TextChoices):
    """Where we have a place from."""

    GAZETTEER = "gazetteer", _("GeoNames, places from 500 people")
    DUMP = "dump", _("GeoNames, full data")
    IMPORT = "import", _("created by an import")
    HAND = "hand", _("entered by hand")


class NameKind(models.TextChoices):
    MAIN = "main", _("main name")
    ALTERNATE = "alternate", _("other name")
    PREFERRED = "preferred", _("usual name in a language")
    WORD = "word", _("word inside a name")  # for the search only
