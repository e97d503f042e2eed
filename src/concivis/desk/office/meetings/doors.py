"""The door to one meeting in an office, and what its pages share."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from concivis.accounts.models import User
from concivis.desk.meetings import queries, words
from concivis.desk.models import Meeting
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.shell.parts import Crumb, Tab

DESK = Permission.WORK_AT_DESK
TABS = [
    ("meeting_office", gettext_lazy("Overview")),
    ("meeting_agenda", gettext_lazy("Agenda")),
    ("meeting_guests", pgettext_lazy("of a meeting", "Invited")),
    ("meeting_attendance", gettext_lazy("Attendance")),
    ("meeting_minutes", gettext_lazy("Minutes")),
    ("meeting_tasks", gettext_lazy("Tasks")),
]
View = Callable[..., HttpResponseBase]


def meeting_view(view: View) -> View:
    """Decorates `view(request, meeting, …)` at `office/<slug>/meetings/<public_id>/…`, as `office_view`."""

    @office_view(DESK)
    @wraps(view)
    def guarded(request: HttpRequest, hub: Hub, public_id: str, **kwargs: object) -> HttpResponseBase:
        meeting = get_object_or_404(queries.of(hub), public_id=public_id)
        meeting.hub = hub
        return view(request, meeting, **kwargs)

    return guarded


def address(name: str, meeting: Meeting, *args: object) -> str:
    return reverse(f"desk:{name}", args=[meeting.hub.slug, meeting.public_id, *args])


def user(request: HttpRequest) -> User:
    return cast(User, request.user)


def crumbs(hub: Hub, meeting: Meeting | None = None) -> list[Crumb]:
    found = [Crumb(_("Meetings"), reverse("desk:meetings", args=[hub.slug]))]
    return [*found, Crumb(meeting.title, address("meeting_office", meeting))] if meeting else found


def meeting_page(
    request: HttpRequest,
    meeting: Meeting,
    template: str,
    context: dict[str, Any],
    *,
    tab: str,
    status: int = 200,
) -> HttpResponse:
    """Renders a page about one meeting, with its head and tabs."""
    shared = {
        "heading": meeting.title,
        "kicker": words.when(meeting),
        "crumbs": crumbs(meeting.hub),
        "meeting": meeting,
        "zone": meeting.zone,
        "tabs": [Tab(str(label), address(name, meeting), current=name == tab) for name, label in TABS],
        "tabs_label": _("Pages of this meeting"),
    }
    return office_page(request, meeting.hub, template, {**shared, **context}, status=status)


def form_page(
    request: HttpRequest,
    meeting: Meeting,
    form: Form,
    *,
    heading: str,
    back: str,
    submit: str = "",
    **more: Any,
) -> HttpResponse:
    """A form of its own about a meeting; a form that was refused is answered by 422."""
    context = {
        "heading": heading,
        "crumbs": crumbs(meeting.hub, meeting),
        "meeting": meeting,
        "form": form,
        "submit": submit,
        "cancel_url": back,
        **more,
    }
    status = 422 if form.is_bound and form.errors else 200
    return office_page(request, meeting.hub, "desk/office/meetings/form.html", context, status=status)
