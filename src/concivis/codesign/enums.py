"""The words of co-design."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProcessState(models.TextChoices):
    DRAFT = "draft", _("in preparation")
    RUNNING = "running", _("running")
    FINISHED = "finished", _("finished")
    CANCELLED = "cancelled", _("cancelled")


class ConnectorState(models.TextChoices):
    INVITED = "invited", _("invited")
    ACTIVE = "active", _("active")
    RESTING = "resting", _("taking a break")
    ENDED = "ended", _("ended")


class Said(models.TextChoices):
    """What connectors may volunteer about themselves."""

    COMMUNITY = "community", _("community")
    LANGUAGE = "language", _("language")


class ExpenseState(models.TextChoices):
    ENTERED = "entered", _("entered")
    APPROVED = "approved", _("approved")
    PAID = "paid", _("paid")
    REFUSED = "refused", _("refused")


class Setting(models.TextChoices):
    """Where people meet."""

    ON_SITE = "on_site", _("on site")
    ONLINE = "online", _("online")
    BOTH = "both", _("on site and online")


class InsightState(models.TextChoices):
    NEW = "new", _("new")
    CLUSTERED = "clustered", _("in a cluster")
    ASIDE = "aside", _("set aside")


class Need(models.TextChoices):
    """What people lack, in the words of those who listen."""

    INFORMATION = "information", _("information")
    LANGUAGE = "language", _("being understood")
    ACCESS = "access", _("access to a service")
    MONEY = "money", _("money")
    SPACE = "space", _("rooms and places")
    SAFETY = "safety", _("safety")
    RECOGNITION = "recognition", _("recognition")
    COMPANY = "company", _("company")
    VOICE = "voice", _("having a say")
    OTHER = "other", _("something else")


class Sender(models.TextChoices):
    CONNECTOR = "connector", _("the connector")
    OFFICE = "office", _("the office")
