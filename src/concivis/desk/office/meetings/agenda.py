"""The agenda of a meeting: items in their order, and what others propose."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from concivis.accounts.models import User
from concivis.desk.actions.meetings import agenda as actions
from concivis.desk.meetings import queries
from concivis.desk.meetings.forms import ItemForm
from concivis.desk.models import AgendaItem, Meeting
from concivis.desk.office.meetings.doors import address, form_page, meeting_page, meeting_view, user
from concivis.shell.refusals import attempt, put_into

Act = Callable[[User, AgendaItem], object]
ACTS: dict[str, Act] = {
    "up": lambda by, item: actions.move_item(by=by, item=item, step=-1),
    "down": lambda by, item: actions.move_item(by=by, item=item, step=1),
    "remove": lambda by, item: actions.remove_item(by=by, item=item),
    "accept": lambda by, item: actions.accept(by=by, item=item),
    "decline": lambda by, item: actions.decline(by=by, item=item),
}


@meeting_view
@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """A POST adds an item."""
    form = ItemForm(request.POST or None, cards=queries.cards_to_link(meeting.hub))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_item(by=user(request), meeting=meeting, **form.columns())
        except ValidationError as error:
            put_into(form, error)
        else:
            messages.success(request, _("Added to the agenda."))
            return redirect(address("meeting_agenda", meeting))
    items = list(meeting.items.select_related("proposed_by"))
    agreed = [item for item in items if item.is_agreed]
    context = {
        "form": form,
        "items": agreed,
        "proposals": [item for item in items if not item.is_agreed],
        "minutes": sum(item.length or 0 for item in agreed),
        "available": int(meeting.length.total_seconds() // 60),
    }
    status = 422 if form.is_bound and form.errors else 200
    return meeting_page(
        request, meeting, "desk/office/meetings/agenda.html", context, tab="meeting_agenda", status=status
    )


@meeting_view
@require_POST
def act(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """`up`, `down`, `remove`, `accept`, `decline`: the number of the item to which it is done."""
    name = next((name for name in ACTS if name in request.POST), "")
    number = request.POST.get(name, "")
    if not number.isascii() or not number.isdigit():
        raise Http404
    item = _item(meeting, int(number[:18]))
    if name in ("up", "down") and not item.is_agreed:
        raise Http404
    attempt(request, lambda: ACTS[name](user(request), item), _("Saved."))
    return redirect(address("meeting_agenda", meeting))


@meeting_view
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, meeting: Meeting, pk: int) -> HttpResponse:
    found = _item(meeting, pk)
    initial = {
        "title": found.title,
        "speaker": found.speaker,
        "length": found.length,
        "card": f"{found.card_kind} {found.card_id}".strip(),
    }
    form = ItemForm(request.POST or None, cards=queries.cards_to_link(meeting.hub), initial=initial)
    back = address("meeting_agenda", meeting)
    if request.method == "POST" and form.is_valid():
        actions.change_item(by=user(request), item=found, **form.columns())
        messages.success(request, _("Saved."))
        return redirect(back)
    return form_page(request, meeting, form, heading=_("Change this item"), back=back)


def _item(meeting: Meeting, pk: int) -> AgendaItem:
    found = get_object_or_404(AgendaItem, meeting=meeting, pk=pk)
    found.meeting = meeting
    return found
