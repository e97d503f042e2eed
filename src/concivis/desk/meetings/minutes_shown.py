"""The minutes as they are read."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from concivis.desk.models import Meeting
from concivis.shell.markdown import to_html


@dataclass(frozen=True)
class ItemMinutes:
    title: str
    decision: SafeString | str
    notes: SafeString | str


@dataclass(frozen=True)
class Minutes:
    language: str
    text: SafeString | str
    items: list[ItemMinutes]


def shown_minutes(meeting: Meeting) -> Minutes:
    """Items of which nothing is kept are left out. One query."""
    kept = meeting.items.filter(is_agreed=True).exclude(decision="", notes="")
    return Minutes(
        language=meeting.language,
        text=to_html(meeting.minutes),
        items=[ItemMinutes(item.title, to_html(item.decision), to_html(item.notes)) for item in kept],
    )
