from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """How an enquiry came in."""

    PHONE = "phone", _("by telephone")
    VISIT = "visit", _("in person")
    MAIL = "mail", _("by mail")
    FORM = "form", _("by the form on the website")
    OFFICE = "office", _("handed over by another office")
    LETTER = "letter", _("a first letter of this office")


class Outcome(TextChoices):
    ANSWERED = "answered", _("answered")
    PASSED_ON = "passed_on", _("passed on to somebody else")
    NOT_OURS = "not_ours", _("not a matter for this office")
    WITHDRAWN = "withdrawn", _("no longer needed")


class EntryKind(TextChoices):
    NOTE = "note", _("note for the office")
    ANSWER = "answer", _("answer")
    MESSAGE = "message", _("message from the asker")


class Purpose(TextChoices):
    """What a mailed key opens."""

    CONFIRM = "confirm", _("to confirm the mail address")
    FOLLOW = "follow", _("to follow the enquiry")


class Consent(TextChoices):
    """Whether the asker agrees that an enquiry leaves the office."""

    ASKED = "asked", _("the asker was asked")
    GIVEN = "given", _("the asker agrees")
    REFUSED = "refused", _("the asker does not agree")
    STOPPED = "stopped", _("no longer intended")


class Refusal(TextChoices):
    """Why a mail that arrived became no enquiry."""

    UNREADABLE = "unreadable", _("It cannot be read as a mail.")
    TOO_LARGE = "too_large", _("It is too large.")
    TOO_MANY_PARTS = "too_many", _("It has more parts than a mail of people has.")
    NO_SENDER = "no_sender", _("It does not say who sent it.")
    EMPTY = "empty", _("It holds no text.")
    OWN = "own", _("This office itself has sent it.")
    AUTOMATIC = "automatic", _("A program wrote it, and it belongs to no enquiry.")
