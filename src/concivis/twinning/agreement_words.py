"""What the actions of agreements are called in the record, and what webhooks may hear."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concivis.hubs import record_words, webhooks
from concivis.twinning.actions.agreements import AGREED_EVENT

# `version` is a number, `side` the place of the side that acted
WORDS: Mapping[str, Promise] = {
    "agreement.drafted": _("drafted version {version} of the agreement"),
    "agreement.changed": _("changed the draft of version {version} of the agreement"),
    "agreement.discarded": _("discarded the draft of version {version} of the agreement"),
    "agreement.proposed": _("proposed version {version} of the agreement for {side}"),
    "agreement.approved": _("approved version {version} of the agreement for {side}"),
    AGREED_EVENT: _("gave the last approval: version {version} of the agreement is agreed by all sides"),
    "agreement.signed": _("noted that version {version} of the agreement was signed"),
}


def register() -> None:
    for action, words in WORDS.items():
        record_words.register(action, words)
    webhooks.register_event(AGREED_EVENT, _("A version of the agreement is agreed by all sides"))
