"""A public meeting as schema.org knows it."""

from typing import Any

from django.utils.safestring import SafeString

from concivis.desk.meetings import calendar
from concivis.desk.models import Meeting
from concivis.shell import jsonld, markdown
from concivis.shell.templatetags.shell import absolute_url

SCHEMA = jsonld.CONTEXT


def event(meeting: Meeting) -> SafeString:
    document: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": "Event",
        "@id": calendar.page_url(meeting),
        "url": calendar.page_url(meeting),
        "name": meeting.title,
        "inLanguage": meeting.languages or [meeting.language],
        "startDate": meeting.starts.isoformat(),
        "endDate": meeting.ends.isoformat(),
        "eventStatus": f"{SCHEMA}/{'EventCancelled' if meeting.is_cancelled else 'EventScheduled'}",
        "eventAttendanceMode": f"{SCHEMA}/{_mode(meeting)}",
        "location": _locations(meeting),
        "organizer": {
            "@type": "GovernmentOrganization",
            "name": meeting.hub.name,
            "url": absolute_url(meeting.hub.get_absolute_url()),
        },
    }
    if meeting.about:
        document["description"] = markdown.to_text(meeting.about)
    return jsonld.script(document)


def _mode(meeting: Meeting) -> str:
    if meeting.place and meeting.online_url:
        return "MixedEventAttendanceMode"
    return "OnlineEventAttendanceMode" if meeting.online_url else "OfflineEventAttendanceMode"


def _locations(meeting: Meeting) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if meeting.place:
        found.append({"@type": "Place", "name": meeting.place, "address": meeting.place})
    if meeting.online_url:
        url = meeting.online_url if meeting.online_is_public else calendar.page_url(meeting)
        found.append({"@type": "VirtualLocation", "url": url})
    return found
