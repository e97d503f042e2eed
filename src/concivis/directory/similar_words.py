"""Why two organisations may be one, in the reader's words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concivis.directory.queries import Reason

WORDS: dict[Reason, Promise] = {
    Reason.REGISTER: _("the same number in the register"),
    Reason.WEBSITE: _("the same website"),
    Reason.SAME_NAME: _("the same name"),
    Reason.SIMILAR_NAME: _("nearly the same name"),
    Reason.SOUNDS_ALIKE: _("the names sound alike, written in two scripts"),
    Reason.SAME_TOWN: _("in the same town"),
    Reason.OTHER_TOWN: _("but in another town"),
}


def reason_sentence(reason: Reason) -> str:
    return str(WORDS[reason])
