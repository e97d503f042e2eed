"""The cards of public meetings."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concivis.catalogue import actions as catalogue
from concivis.catalogue.cards import CardDraft, Text
from concivis.catalogue.kinds import Kind
from concivis.catalogue.models import Card
from concivis.desk.models import Meeting
from concivis.hubs.models import Hub
from concivis.shell import markdown

KIND = "meeting"
PLANNED, CANCELLED = "planned", "cancelled"
WORDS = Kind(
    one=_("Meeting"),
    many=_("Meetings"),
    states={
        PLANNED: pgettext_lazy("state of a meeting", "planned"),
        CANCELLED: pgettext_lazy("state of a meeting", "cancelled"),
    },
    quiet_states=frozenset({PLANNED}),
)
SUMMARY = 300  # characters
CHUNK = 500


def drafts() -> Iterator[CardDraft]:
    """Of all public meetings. Two queries per five hundred."""
    return map(draft, _complete(Meeting.objects.public()).order_by("pk").iterator(CHUNK))


def refresh(meeting: Meeting) -> None:
    """Publishes the card or withdraws it, as the meeting stands."""
    found = _complete(Meeting.objects.public().filter(pk=meeting.pk)).first()
    if found:
        catalogue.publish(draft(found))
    else:
        withdraw(meeting)


def withdraw(meeting: Meeting) -> None:
    catalogue.withdraw(KIND, [meeting.public_id])


def refresh_of_hub(hub: Hub) -> None:
    """Called when a hub changes: what a private hub keeps is not public."""
    public = Meeting.objects.public().filter(hub=hub)
    if public.exists() != Card.objects.filter(kind=KIND, hub=hub).exists():
        catalogue.publish_many(map(draft, _complete(public)))


def path(meeting: Meeting) -> str:
    return f"/hubs/{meeting.hub.slug}/meetings/{meeting.public_id}/"


def draft(meeting: Meeting) -> CardDraft:
    agenda = " ".join(item.title for item in meeting.items.all() if item.is_agreed)
    text = Text(
        title=meeting.title,
        summary=markdown.to_text(meeting.about)[:SUMMARY],
        keywords=" ".join(filter(None, (meeting.place, agenda))),
    )
    return CardDraft(
        kind=KIND,
        public_id=meeting.public_id,
        path=path(meeting),
        language=meeting.language,
        texts={meeting.language: text},
        state=CANCELLED if meeting.is_cancelled else PLANNED,
        hub=meeting.hub_id,
        from_date=meeting.starts.date(),
        to_date=meeting.ends.date(),
        languages=frozenset(meeting.languages),
    )


def _complete(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return meetings.select_related("hub").prefetch_related("items")
