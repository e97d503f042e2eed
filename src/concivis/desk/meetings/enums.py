from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Answer(TextChoices):
    """What somebody who is invited says; "" until they do."""

    YES = "yes", pgettext_lazy("answer to an invitation", "yes")
    MAYBE = "maybe", pgettext_lazy("answer to an invitation", "maybe")
    NO = "no", pgettext_lazy("answer to an invitation", "no")


class InvitedAs(TextChoices):
    """Why the office has the address. Who is none of the first two has agreed to be written to."""

    INITIATIVE = "initiative", _("owner of an initiative")
    ORGANISATION = "organisation", _("organisation")
    PERSON = "person", _("person")


class MinutesFor(TextChoices):
    """Who may read the minutes, besides the office."""

    NOBODY = "nobody", _("only the office")
    INVITED = "invited", _("those who are invited")
    EVERYBODY = "everybody", _("everybody")


class LetterKind(TextChoices):
    """Of mailings about a meeting: at most 30 characters, never changed."""

    INVITATION = "meeting.invitation", _("invitation")
    UPDATE = "meeting.update", _("change")
    CANCELLATION = "meeting.cancellation", _("cancellation")
    MINUTES = "meeting.minutes", _("minutes")
