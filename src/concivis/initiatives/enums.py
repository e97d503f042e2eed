"""The words of the register of initiatives."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class InitiativeKind(models.TextChoices):
    PROJECT = "project", _("project")
    PARTNERSHIP_WORK = "partnership_work", _("work for a partnership of towns")
    REGULAR = "regular", _("regular activity")
    CAMPAIGN = "campaign", _("campaign")
    FESTIVAL = "festival", _("festival")
    EXCHANGE = "exchange", _("exchange")
    SOLIDARITY = "solidarity", _("solidarity project")
    TRAINING = "training", _("training")
    OTHER = "other", pgettext_lazy("initiative", "other")


class Stage(models.TextChoices):
    IDEA = "idea", _("idea")
    PLANNED = "planned", pgettext_lazy("initiative", "planned")
    RUNNING = "running", _("running")
    PAUSED = "paused", _("paused")
    FINISHED = "finished", _("finished")


OPEN_STAGES = (Stage.IDEA, Stage.PLANNED, Stage.RUNNING, Stage.PAUSED)


class ReviewState(models.TextChoices):
    """Where an entry stands on its way to the public page."""

    DRAFT = "draft", _("waits for the mail to be confirmed")
    SUBMITTED = "submitted", _("waits for the office")
    ASKED_BACK = "asked_back", _("the office has asked something")
    PUBLISHED = "published", pgettext_lazy("initiative", "public")
    DECLINED = "declined", _("declined")
    ARCHIVED = "archived", _("archived")


class OrganisationRole(models.TextChoices):
    LEAD = "lead", _("carries it")
    PARTNER = "partner", _("takes part")
    FUNDER = "funder", _("gives money")
    SUPPORTER = "supporter", _("supports it")


class Purpose(models.TextChoices):
    """What a mailed key is for."""

    CONFIRM = "confirm", _("confirm the mail address")
    EDIT = "edit", _("look after the entry")


class DocumentKind(models.TextChoices):
    REPORT = "report", _("report")
    FLYER = "flyer", _("flyer")
    PLAN = "plan", pgettext_lazy("document", "plan")
    MINUTES = "minutes", _("minutes")
    OTHER = "other", pgettext_lazy("document", "other")
