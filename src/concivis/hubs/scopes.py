from collections.abc import Iterable
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Scope(StrEnum):
    """What a token lets a program do for its hub. One that writes does not read beyond what is public."""

    PARTNERSHIPS_READ = "partnerships:read"
    PARTNERSHIPS_WRITE = "partnerships:write"
    JOURNEY_READ = "journey:read"
    JOURNEY_WRITE = "journey:write"
    ACTIVITIES_READ = "activities:read"
    ACTIVITIES_WRITE = "activities:write"
    FINDER_READ = "finder:read"

    @property
    def description(self) -> Promise:
        return DESCRIPTIONS[self]


DESCRIPTIONS: dict[Scope, Promise] = {
    Scope.PARTNERSHIPS_READ: _("Read the partnerships of this office, also those that are not public"),
    Scope.PARTNERSHIPS_WRITE: _("Enter and change partnerships, and confirm the city's own side"),
    Scope.JOURNEY_READ: _("Read the steps of a partnership, its objectives and what is due"),
    Scope.JOURNEY_WRITE: _("Work on the steps: add evidence, mark them as done"),
    Scope.ACTIVITIES_READ: _("Read the log of activities, also what is not public"),
    Scope.ACTIVITIES_WRITE: _("Enter and change activities: visits, exchanges, meetings"),
    Scope.FINDER_READ: _("Ask the partner finder, and read the office's saved shortlists"),
}


def known(scopes: Iterable[str]) -> list[Scope]:
    """Those of `scopes` that exist, once each, in the order above."""
    wanted = set(scopes)
    return [scope for scope in Scope if scope.value in wanted]
