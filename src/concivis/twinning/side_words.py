"""What is said of the other side's answers: in the record, and to the office's programs."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concivis.hubs import record_words, webhooks


def register() -> None:
    for action, words in [
        ("partnership.side_asked", _("asked {side} whether a partnership is right")),
        ("partnership.side_key_withdrawn", _("withdrew the link that was sent to {side}")),
        ("partnership.side_key_wanted", _("noted that {side} asks for a new link")),
        ("partnership.office_trusted", _("let the office {office} answer for {side}")),
        ("partnership.office_by_link", _("let the office {office} answer for {side}, by mailed link")),
        ("partnership.office_not_trusted", _("took back that the office {office} answers for {side}")),
        ("partnership.side_actors", _("chose who may answer for {side}: {count}")),
    ]:
        record_words.register(action, words)
    for action, label, by_account, by_link in EVENTS:
        record_words.register(action, _answer(by_account, by_link))
        webhooks.register_event(action, label)


# (event, its name for a coordinator, the record's words by account and by mailed link)
EVENTS = [
    (
        "partnership.confirmed",
        _("A partner city has confirmed a partnership"),
        _("confirmed a partnership for {side}"),
        _("noted that {side} confirmed a partnership by mailed link"),
    ),
    (
        "partnership.corrected",
        _("A partner city sees a partnership differently"),
        _("wrote down how {side} sees a partnership"),
        _("noted how {side} sees a partnership, by mailed link"),
    ),
    (
        "partnership.declined",
        _("A partner city says that a partnership is not its own"),
        _("said for {side} that a partnership is not its own"),
        _("noted that {side} said by mailed link that a partnership is not its own"),
    ),
]


def _answer(by_account: Promise, by_link: Promise) -> Callable[[Mapping[str, Any]], str]:
    def words(details: Mapping[str, Any]) -> str:
        text = by_link if "how" in details else by_account
        return str(text).format(side=details.get("side", "…"))

    return words
