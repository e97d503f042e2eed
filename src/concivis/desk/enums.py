from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """How an enquiry came in."""

    PHONE = "phone", _("by telephone")
    VISIT = "visit", _("in person")
    MAIL = "mail", _("by mail")


class Outcome(TextChoices):
    ANSWERED = "answered", _("answered")
    PASSED_ON = "passed_on", _("passed on to somebody else")
    NOT_OURS = "not_ours", _("not a matter for this office")
    WITHDRAWN = "withdrawn", _("no longer needed")


class EntryKind(TextChoices):
    NOTE = "note", _("note for the office")
    ANSWER = "answer", _("answer")
