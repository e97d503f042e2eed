from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where an introduction stands."""

    ASKED = "asked", _("asked")
    ACCEPTED = "accepted", _("one side has agreed")  # the office asked both, and one has not answered yet
    INTRODUCED = "introduced", _("introduced")  # both agreed and have each other's contact
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("not answered in time")


OPEN = (State.ASKED, State.ACCEPTED)


class Outcome(models.TextChoices):
    """What came of it."""

    IN_CONTACT = "in_contact", _("they are in contact")
    JOINT_EVENT = "joint_event", _("a joint event")
    MERGED = "merged", _("they merged")
    KEPT_APART = "kept_apart", _("they stay apart")


class Answer(models.TextChoices):
    """What one side said."""

    WAITING = "waiting", _("has not answered yet")
    AGREED = "agreed", _("has agreed")
    DECLINED = "declined", _("has declined")


class Verdict(models.TextChoices):
    """What the office says of a finding."""

    CONFIRMED = "confirmed", _("confirmed")
    DISMISSED = "dismissed", _("dismissed")
