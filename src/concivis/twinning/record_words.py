"""What the actions of this room are called in a hub's record."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concivis.hubs import record_words
from concivis.twinning.actions.editing import FACTS as EDITED_FACTS
from concivis.twinning.enums import MilestoneKind


def register() -> None:
    own: list[tuple[str, record_words.Words]] = [
        ("partnership.recorded", gettext_lazy("recorded a partnership")),
        ("partnership.changed", gettext_lazy("changed a partnership")),
        ("partnership.edited", _edited),
        ("partnership.date_corrected", _with_kind(gettext_lazy("corrected a date of a partnership: {kind}"))),
        ("partnership.date_removed", _with_kind(gettext_lazy("deleted a date of a partnership: {kind}"))),
        ("partnership.adopted", gettext_lazy("took over a partnership that no office kept")),
        ("document.added", gettext_lazy("added a document to a partnership")),
        ("document.changed", gettext_lazy("changed what is said of a document of a partnership")),
        ("document.removed", gettext_lazy("deleted a document of a partnership")),
        ("contact.added", gettext_lazy("noted a person of a partnership")),
        ("contact.changed", gettext_lazy("changed what is noted of a person of a partnership")),
        ("contact.removed", gettext_lazy("deleted all that was noted of a person of a partnership")),
        ("links.recorded", gettext_lazy("recorded links: {new} new, {changed} changed")),
        ("links.withdrawn", gettext_lazy("took links back: {deleted} removed, {restored} as before")),
        ("activity.recorded", gettext_lazy("wrote down an activity of {date}")),
        ("activity.changed", gettext_lazy("changed an activity of {date}")),
        ("activity.removed", gettext_lazy("removed an activity of {date}")),
        ("office_rules.changed", gettext_lazy("changed the rules of the office’s partnerships")),
        ("partner_profile.published", gettext_lazy("published that the office looks for a partner")),
        ("partner_profile.changed", gettext_lazy("changed what is said about the partner looked for")),
        ("partner_profile.renewed", gettext_lazy("renewed that the office looks for a partner")),
        ("partner_profile.withdrawn", gettext_lazy("withdrew that the office looks for a partner")),
        ("partner_profile.expired", gettext_lazy("took down the profile of the office: its time was over")),
        ("finder.fitted", gettext_lazy("prepared the partner finder")),
        ("shortlist.created", gettext_lazy("began the shortlist “{name}”")),
        ("shortlist.renamed", gettext_lazy("renamed a shortlist: “{name}”")),
        ("shortlist.deleted", gettext_lazy("deleted the shortlist “{name}”")),
        ("letter.sent", gettext_lazy("sent a first letter")),
        ("letter.written", gettext_lazy("wrote a first letter")),
        ("figures.computed", gettext_lazy("computed the figures of the network")),
    ]
    for action, words in own:
        record_words.register(action, words)
    for kind in MilestoneKind:
        record_words.register(f"partnership.{kind}", _of_milestone(kind))


def _of_milestone(kind: MilestoneKind) -> Callable[[Mapping[str, Any]], str]:
    def words(details: Mapping[str, Any]) -> str:
        return _("noted of a partnership: {milestone}").format(milestone=kind.label)

    return words


def _with_kind(text: Promise) -> Callable[[Mapping[str, Any]], str]:
    """`{kind}` in `text` becomes the word for the kind of milestone that the details name."""

    def words(details: Mapping[str, Any]) -> str:
        kind = str(details.get("kind", ""))
        known = kind in MilestoneKind.values
        return str(text).format(kind=MilestoneKind(kind).label if known else "…")

    return words


def _edited(details: Mapping[str, Any]) -> str:
    words = [str(EDITED_FACTS.get(str(name), name)) for name in details.get("facts", [])]
    if not words:
        return _("changed a partnership")
    return _("changed of a partnership: {facts}").format(facts=get_text_list(words, _("and")))
