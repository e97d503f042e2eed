"""Today: what needs attention, and what is done about it, one by one or many at once."""

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any, cast
from urllib.parse import parse_qsl

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from concivis.accounts.models import User
from concivis.desk import today
from concivis.desk.today import Item, Screen, Wanted
from concivis.hubs import handling, hooks, matters, queries
from concivis.hubs.access import office_view
from concivis.hubs.matters import Matter
from concivis.hubs.models import Hub, today_in
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.shell.parts import Tab

ON_A_PAGE = 25
A_WEEK = 7  # days that the button of one matter puts it off
MOST_AT_ONCE = 500
UNDO = "desk_undo"  # in the session: what was done or put off last


@office_view(Permission.VIEW_OFFICE)
@require_GET
def screen(request: HttpRequest, hub: Hub) -> HttpResponse:
    wanted = _wanted(request)
    shown = today.screen(hub, _reader(request), wanted)
    page = Paginator(shown.items, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Today"),
        "wanted": wanted,
        "shown": shown,
        "page": page,
        "sections": _sections(list(page.object_list)),
        "people": _people(shown, wanted),
        "kinds": _kinds(shown, wanted),
        "members": queries.members_of(hub),
        "may_act": any(item.may_act for item in page.object_list),
        "undo": _undo(request, hub),
        "today": today_in(hub),
        "tomorrow": today_in(hub) + dt.timedelta(days=1),
        "back": request.GET.urlencode(),
    }
    return office_page(request, hub, "desk/office/today.html", context)


@office_view(Permission.VIEW_OFFICE)
@require_GET
def count(request: HttpRequest, hub: Hub) -> HttpResponse:
    """The number beside the menu's entry; nothing where nothing waits."""
    return render(request, "desk/office/today_count.html", {"count": today.count(hub, _reader(request))})


@office_view(Permission.VIEW_OFFICE)
@require_POST
def act(request: HttpRequest, hub: Hub) -> HttpResponse:
    """A button of one matter (its key is the button's value) or of the chosen ones (the value is empty)."""
    reader = _reader(request)
    name = next((name for name in ACTS if name in request.POST), "")
    if not name:
        raise Http404
    keys = [request.POST[name]] if request.POST[name] else request.POST.getlist("chosen")[:MOST_AT_ONCE]
    asked = set(keys)
    chosen = [each.matter for each in today.items(hub, reader) if each.may_act and each.matter.key in asked]
    if not chosen:
        messages.info(request, _("Choose a matter first."))
        return _back(request, hub)
    try:
        ACTS[name](request, hub, chosen)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _back(request, hub)


@office_view(Permission.VIEW_OFFICE)
@require_POST
def bring_back(request: HttpRequest, hub: Hub) -> HttpResponse:
    """Takes back that something was done or put off: only what the reader may act on."""
    reader = _reader(request)
    asked = set(request.POST.getlist("key")[:MOST_AT_ONCE])
    allowed = {each.matter.key for each in today.items(hub, reader) if each.may_act}
    own = request.session.get(UNDO, {})
    if own.get("hub") == hub.pk:
        allowed.update(own["keys"])  # what a room settled is no matter any more
        request.session.pop(UNDO)
    try:
        brought = handling.bring_back(by=reader, hub=hub, keys=asked & allowed)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        text = ngettext("%(n)s matter is back.", "%(n)s matters are back.", brought)
        messages.success(request, text % {"n": brought})
    return _back(request, hub)


# --- what the buttons do -----------------------------------------------------------------------------------


class UntilForm(forms.Form):
    until = forms.DateField(error_messages={"required": gettext_lazy("Choose a day within the next year.")})


def _done(request: HttpRequest, hub: Hub, chosen: Sequence[Matter]) -> None:
    handling.done(by=_reader(request), hub=hub, matters=chosen)
    text = ngettext("%(n)s matter is done.", "%(n)s matters are done.", len(chosen))
    _remember(request, hub, chosen, text % {"n": len(chosen)})


def _week(request: HttpRequest, hub: Hub, chosen: Sequence[Matter]) -> None:
    _put_off(request, hub, chosen, today_in(hub) + dt.timedelta(days=A_WEEK))


def _until(request: HttpRequest, hub: Hub, chosen: Sequence[Matter]) -> None:
    form = UntilForm(request.POST)
    if not form.is_valid():
        raise ValidationError([message for errors in form.errors.values() for message in errors])
    _put_off(request, hub, chosen, form.cleaned_data["until"])


def _put_off(request: HttpRequest, hub: Hub, chosen: Sequence[Matter], until: dt.date) -> None:
    handling.put_off(by=_reader(request), hub=hub, matters=chosen, until=until)
    text = ngettext(
        "Put off until %(day)s: %(n)s matter.", "Put off until %(day)s: %(n)s matters.", len(chosen)
    )
    _remember(request, hub, chosen, text % {"n": len(chosen), "day": date_format(until, "DATE_FORMAT")})


def _mine(request: HttpRequest, hub: Hub, chosen: Sequence[Matter]) -> None:
    _assign(request, hub, chosen, _reader(request))


def _to(request: HttpRequest, hub: Hub, chosen: Sequence[Matter]) -> None:
    people = {str(member.user_id): member.user for member in queries.members_of(hub)}
    asked = request.POST.get("person", "")
    if asked and asked not in people:
        raise ValidationError(_("Only a member of this office can be given a task."))
    _assign(request, hub, chosen, people.get(asked))


def _assign(request: HttpRequest, hub: Hub, chosen: Sequence[Matter], to: User | None) -> None:
    handling.assign(by=_reader(request), hub=hub, matters=chosen, to=to)
    if to is None:
        text = _("Nobody in particular sees to it now.")
    elif to == request.user:
        text = _("You see to it now.")
    else:
        text = _("%(person)s sees to it now.") % {"person": to}
    messages.success(request, text)


ACTS: dict[str, Callable[[HttpRequest, Hub, Sequence[Matter]], None]] = {
    "done": _done,
    "week": _week,
    "later": _until,
    "mine": _mine,
    "assign": _to,
}


def _remember(request: HttpRequest, hub: Hub, chosen: Sequence[Matter], said: str) -> None:
    """So that the next page offers to take it back."""
    request.session[UNDO] = {"hub": hub.pk, "keys": [matter.key for matter in chosen], "said": said}


def _undo(request: HttpRequest, hub: Hub) -> dict[str, Any] | None:
    kept: dict[str, Any] | None = request.session.get(UNDO)
    return kept if kept and kept["hub"] == hub.pk else None


def _back(request: HttpRequest, hub: Hub) -> HttpResponse:
    query = request.POST.get("back", "")[:500]
    wanted = urlencode([pair for pair in parse_qsl(query) if pair[0] in ("whose", "kind", "aside", "page")])
    address = reverse("desk:today", args=[hub.slug])
    return redirect(f"{address}?{wanted}" if wanted else address)


# --- what is shown -----------------------------------------------------------------------------------------


def _reader(request: HttpRequest) -> User:
    return cast(User, request.user)


def _wanted(request: HttpRequest) -> Wanted:
    asked = {name: request.GET.get(name, "") for name in ("whose", "kind")}
    return Wanted(**asked, aside=request.GET.get("aside") == "1")


def _sections(items: Sequence[Item]) -> list[tuple[str, list[Item]]]:
    by_section = groupby(items, key=lambda item: item.section)
    return [(str(today.SECTIONS[section]), list(found)) for section, found in by_section]


def _people(shown: Screen, wanted: Wanted) -> list[Tab]:
    entries = [
        ("", False, _("All"), shown.all),
        ("mine", False, _("Mine"), shown.mine),
        ("nobodys", False, _("Nobody’s yet"), shown.nobodys),
        ("", True, _("Done or put off"), shown.aside),
    ]
    return [
        Tab(
            label,
            _address(whose=whose, kind=wanted.kind, aside="1" if aside else ""),
            current=(whose, aside) == (wanted.whose, wanted.aside),
            count=number,
        )
        for whose, aside, label, number in entries
    ]


def _kinds(shown: Screen, wanted: Wanted) -> list[Tab]:
    """Nothing where all is of one kind."""
    if len(shown.kinds) < 2 and not wanted.kind:
        return []
    entries = [("", _("Everything"), shown.all), *shown.kinds]
    aside = "1" if wanted.aside else ""
    return [
        Tab(
            label,
            _address(whose=wanted.whose, kind=code, aside=aside),
            current=code == wanted.kind,
            count=number,
        )
        for code, label, number in entries
    ]


def _address(**parameters: str) -> str:
    return "?" + urlencode({name: value for name, value in parameters.items() if value})


# --- on the office's first page ----------------------------------------------------------------------------


def figures(hub: Hub) -> list[hooks.Figure]:
    """What the sources cost, and one query."""
    waiting = len(matters.waiting(hub, frozenset(Permission)))
    label = ngettext("matter needs attention", "matters need attention", waiting)
    return [hooks.Figure(waiting, label, reverse("desk:today", args=[hub.slug]))]
