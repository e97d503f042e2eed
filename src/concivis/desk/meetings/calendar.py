"""Meetings as calendars know them (RFC 5545), and as invitations (RFC 5546).

An invitation and every change of it are a REQUEST with a higher SEQUENCE under the same UID; there is no method
“UPDATE”. A CANCEL takes the entry out again. Each letter names its own guest only.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from icalendar import vCalAddress, vText, vUri

from concivis.desk.models import Guest, Meeting
from concivis.hubs.models import Hub
from concivis.shell import calendars, markdown
from concivis.shell.calendars import Dated
from concivis.shell.templatetags.shell import absolute_url

REQUEST, CANCEL = "REQUEST", "CANCEL"
PAST = timedelta(days=366)  # how far back a calendar goes
MOST = 500


def invitation(meeting: Meeting, guest: Guest, link: str) -> bytes:
    """The entry for one guest; a CANCEL once the meeting is cancelled. `link`: where the guest answers."""
    event = calendars.event(dated(meeting, url=link, online_url=meeting.online_url))
    event.add("organizer", _organizer(meeting.hub))
    event.add("attendee", _attendee(guest))
    if meeting.online_url:
        event.add("conference", vUri(meeting.online_url, params={"VALUE": "URI"}))  # RFC 7986
    return calendars.calendar([event], method=CANCEL if meeting.is_cancelled else REQUEST)


def of_hub(hub: Hub) -> Iterator[Dated]:
    """For `hubs.hooks.dated` and the feed: the public meetings to come, and those of the last year; the cancelled ones
    say so, so that they leave the calendars of those who subscribe. One query."""
    recent = Meeting.objects.filter(hub=hub, is_public=True, ends_at__gte=timezone.now() - PAST)
    for meeting in recent.order_by("-starts_at", "-pk")[:MOST]:
        meeting.hub = hub
        yield public(meeting)


def public(meeting: Meeting) -> Dated:
    """Without anybody who is invited, and without what only they may know."""
    online_url = meeting.online_url if meeting.online_is_public else ""
    return dated(meeting, url=page_url(meeting), online_url=online_url)


def dated(meeting: Meeting, *, url: str, online_url: str) -> Dated:
    return Dated(
        uid=calendars.uid("meeting", meeting.public_id),
        title=meeting.title,
        url=url,
        starts=meeting.starts,
        ends=meeting.ends,
        changed=meeting.changed_at,
        kind=gettext("Meeting"),
        text=markdown.to_text(meeting.about),
        where=", ".join(filter(None, (meeting.place, online_url))),
        language=meeting.language,
        sequence=meeting.sequence,
        is_cancelled=meeting.is_cancelled,
    )


def page_url(meeting: Meeting) -> str:
    return absolute_url(meeting.get_absolute_url())


def _organizer(hub: Hub) -> vCalAddress:
    organizer = vCalAddress(f"mailto:{hub.contact_email or settings.DEFAULT_FROM_EMAIL}")
    organizer.params["CN"] = vText(hub.name)
    return organizer


def _attendee(guest: Guest) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{guest.email}")
    attendee.params["CN"] = vText(guest.name)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    # the answer is given on the page behind the link: replies by calendar programs reach nobody
    attendee.params["RSVP"] = vText("FALSE")
    return attendee
