"""The words of the directory."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationKind(models.TextChoices):
    MUNICIPALITY = "municipality", _("municipality")
    COMMITTEE = "committee", _("twinning committee")
    ASSOCIATION = "association", _("association")
    FOUNDATION = "foundation", _("foundation")
    SCHOOL = "school", _("school")
    UNIVERSITY = "university", _("university")
    COMPANY = "company", _("company")
    PUBLIC_AUTHORITY = "public_authority", _("public authority")
    RELIGIOUS = "religious", _("religious community")
    CONSULATE = "consulate", _("consulate")
    EMBASSY = "embassy", _("embassy")
    NETWORK = "network", _("network")
    OTHER = "other", _("other")


DIPLOMATIC = (OrganisationKind.CONSULATE, OrganisationKind.EMBASSY)


class NameUse(models.TextChoices):
    """Why an organisation has a further name."""

    LANGUAGE = "language", _("in another language")
    SHORT = "short", _("short name")
    FORMER = "former", _("former name")
    OTHER = "other", pgettext_lazy("name", "another name")


class TieKind(models.TextChoices):
    """What ties an organisation to a country or a town abroad."""

    ORIGIN = "origin", _("members come from there")
    PROJECT = "project", _("project there")
    PARTNER = "partner", _("partner there")


class TieUnit(models.TextChoices):
    """What the number of a tie counts. It is a statement of the organisation; nobody is listed behind it."""

    FAMILIES = "families", pgettext_lazy("tie", "families")
    PEOPLE = "people", pgettext_lazy("tie", "people")


class Direction(models.TextChoices):
    NEED = "need", _("needs")
    OFFER = "offer", _("offers")


class PersonField(models.TextChoices):
    """What of a person can be shown to everybody, each only with the person's own consent."""

    NAME = "name", _("name")
    EMAIL = "email", _("mail address")
    PHONE = "phone", _("telephone")
    ADDRESS = "address", _("address")
    MESSENGER = "messenger", _("messenger")


class ClaimState(models.TextChoices):
    """“This is us”: first the mail address is confirmed, then the office decides."""

    UNCONFIRMED = "unconfirmed", pgettext_lazy("claim", "mail not confirmed")
    OPEN = "open", pgettext_lazy("claim", "waiting")
    ACCEPTED = "accepted", pgettext_lazy("claim", "accepted")
    DECLINED = "declined", pgettext_lazy("claim", "declined")
