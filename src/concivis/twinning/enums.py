from django.db import models
from django.utils.translation import gettext_lazy as _


class PartnershipKind(models.TextChoices):
    TWINNING = "twinning", _("twinning")
    FRIENDSHIP = "friendship", _("friendship")
    CONTACT = "contact", _("contact")
    PROJECT = "project", _("project partnership")
    SOLIDARITY = "solidarity", _("solidarity partnership")
    CLIMATE = "climate", _("climate partnership")
    PACT = "pact", _("pact of friendship")


class PartnershipState(models.TextChoices):
    """What is decided. Dormant is computed from the last activity and never stored."""

    ENQUIRY = "enquiry", _("enquiry")
    EXPLORING = "exploring", _("exploring")
    DRAFTED = "drafted", _("drafted")
    RATIFIED = "ratified", _("ratified")
    SIGNED = "signed", _("signed")
    ACTIVE = "active", _("active")
    SUSPENDED = "suspended", _("suspended")
    ENDED = "ended", _("ended")


PUBLIC_STATES = frozenset({"signed", "active", "suspended", "ended"})


class MilestoneKind(models.TextChoices):
    FIRST_CONTACT = "first_contact", _("first contact")
    RATIFIED = "ratified", _("ratified in council")
    SIGNED = "signed", _("signed")
    COUNTERSIGNED = "countersigned", _("countersigned")
    RENEWED = "renewed", _("renewed")
    SUSPENDED = "suspended", _("suspended")
    RESUMED = "resumed", _("resumed")
    ENDED = "ended", _("ended")
    ACTIVITY = "activity", _("activity")


class Precision(models.TextChoices):
    """How exactly a date is known: 1921; May 1963; 3 May 1963."""

    YEAR = "year", _("year")
    MONTH = "month", _("month")
    DAY = "day", _("day")
