"""What the actions of this room are called in a hub's record."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concivis.hubs import record_words
from concivis.twinning.enums import MilestoneKind


def register() -> None:
    for action, words in [
        ("partnership.recorded", gettext_lazy("recorded a partnership")),
        ("partnership.changed", gettext_lazy("changed a partnership")),
        ("links.recorded", gettext_lazy("recorded links: {new} new, {changed} changed")),
        ("links.withdrawn", gettext_lazy("took links back: {deleted} removed, {restored} as before")),
        ("figures.computed", gettext_lazy("computed the figures of the network")),
    ]:
        record_words.register(action, words)
    for kind in MilestoneKind:
        record_words.register(f"partnership.{kind}", _of_milestone(kind))


def _of_milestone(kind: MilestoneKind) -> Callable[[Mapping[str, Any]], str]:
    def words(details: Mapping[str, Any]) -> str:
        return _("noted of a partnership: {milestone}").format(milestone=kind.label)

    return words
