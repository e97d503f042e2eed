import json
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from concivis.accounts.models import User
from concivis.hubs import queries
from concivis.hubs import record as chain
from concivis.hubs.access import office_view
from concivis.hubs.forms import RecordFilter
from concivis.hubs.models import Hub, RecordLine
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.hubs.record_words import sentence
from concivis.shell.exports import Column, sheet_response
from concivis.shell.parts import Heading, chips, sheets

LINES_ON_A_PAGE = 50


@office_view(Permission.VIEW_RECORD)
@require_GET
def record(request: HttpRequest, hub: Hub) -> HttpResponse:
    form = _filter(request, hub)
    page = Paginator(_filtered(hub, form), LINES_ON_A_PAGE).get_page(request.GET.get("page"))
    names = queries.names_of_actors(list(page))
    context = {
        "heading": _("Record"),
        "lead": _("Who did what when. Nobody can change or remove an entry."),
        "form": form,
        "chips": chips(form, request.GET),
        "page": page,
        "lines": [{"line": line, "who": who(line, names), "words": sentence(line)} for line in page],
        "headings": [Heading(_("No.")), Heading(_("When")), Heading(_("What"))],
        "exports": sheets(request.path),
        "head": getattr(hub, "chain", None),
        "zone": ZoneInfo(hub.timezone),
    }
    return office_page(request, hub, "hubs/office/record.html", context)


@office_view(Permission.VIEW_RECORD)
@require_GET
def record_export(request: HttpRequest, hub: Hub, extension: str) -> HttpResponseBase:
    lines = _filtered(hub, _filter(request, hub))
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=lines.order_by().values("actor"))}
    columns: list[Column[RecordLine]] = [
        Column("number", _("No."), lambda line: line.number),
        Column("at", _("When"), lambda line: chain.utc_text(line.at)),
        Column("actor", _("Number of the person"), lambda line: line.actor),
        Column("who", _("Who"), lambda line: who(line, names)),
        Column("what", _("What"), sentence),
        Column("action", _("Action"), lambda line: line.action),
        Column("kind", _("Kind"), lambda line: line.kind),
        Column("object_id", _("Object"), lambda line: line.object_id),
        Column(
            "details", _("Details"), lambda line: json.dumps(line.details, ensure_ascii=False, sort_keys=True)
        ),
        Column("previous", _("Hash of the one before"), lambda line: line.previous),
        Column("hash", _("Hash"), lambda line: line.hash),
    ]
    return sheet_response(extension, lines.iterator(chunk_size=1000), columns, f"{hub.slug}-record")


@office_view(Permission.VIEW_RECORD)
@require_POST
def verify(request: HttpRequest, hub: Hub) -> HttpResponse:
    broken = chain.verify(hub)
    for each in broken:
        messages.error(request, _("The record is broken. {reason}").format(reason=each.reason))
    if not broken:
        messages.success(request, _("Checked from the first entry to the last: the record is unbroken."))
    return redirect("hubs:record", hub.slug)


def who(line: RecordLine, names: dict[int, str]) -> str:
    if line.actor is None:
        return _("The system")
    return names.get(line.actor) or _("A former user ({number})").format(number=line.actor)


def _filter(request: HttpRequest, hub: Hub) -> RecordFilter:
    actors = RecordLine.objects.filter(chain__hub=hub).order_by().values("actor")
    people = User.objects.filter(pk__in=actors).order_by("name", "email")
    return RecordFilter(request.GET or None, members=[(user.pk, str(user)) for user in people])


def _filtered(hub: Hub, form: RecordFilter) -> QuerySet[RecordLine]:
    """The lines asked for; days are those of the hub's time zone."""
    lines = queries.record_of(hub)
    if not form.is_bound or not form.is_valid():
        return lines
    asked: dict[str, Any] = form.cleaned_data
    midnight = time(tzinfo=ZoneInfo(hub.timezone))
    conditions = {
        "action": asked["action"],
        "actor": asked["member"],
        "at__gte": asked["since"] and datetime.combine(asked["since"], midnight),
        "at__lt": asked["until"] and datetime.combine(asked["until"] + timedelta(days=1), midnight),
    }
    return lines.filter(**{name: value for name, value in conditions.items() if value})
