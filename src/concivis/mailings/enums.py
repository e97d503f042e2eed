from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class MailingState(TextChoices):
    SENDING = "sending", pgettext_lazy("state of a mailing", "being sent")
    PAUSED = "paused", pgettext_lazy("state of a mailing", "stopped for now")
    CANCELLED = "cancelled", pgettext_lazy("state of a mailing", "called off")
    FINISHED = "finished", pgettext_lazy("state of a mailing", "sent")


class LetterState(TextChoices):
    DUE = "due", pgettext_lazy("state of a letter", "waits")
    HANDED_OVER = "handed_over", pgettext_lazy("state of a letter", "sent")
    NOT_WANTED = "not_wanted", pgettext_lazy("state of a letter", "no longer wanted")
    REFUSED = "refused", pgettext_lazy("state of a letter", "refused by the mail server")
