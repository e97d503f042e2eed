"""How long askers wait, as a page and as a table to download."""

import datetime as dt

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from concivis.desk import figures
from concivis.desk.enquiries import DESK
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub, today_in
from concivis.hubs.office.pages import office_page
from concivis.shell.dates import months_later
from concivis.shell.exports import csv_response
from concivis.shell.parts import Bar, Crumb, Export, Heading

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SpanForm(forms.Form):
    since = forms.DateField(label=gettext_lazy("Received from"), required=False, widget=DAY)
    until = forms.DateField(label=gettext_lazy("Received until"), required=False, widget=DAY)


@office_view(DESK)
@require_GET
def response_times(request: HttpRequest, hub: Hub) -> HttpResponse:
    since, until = _span(request, hub)
    found = figures.of(hub, since, until)
    context = {
        "heading": _("Response times"),
        "lead": _("How long people waited who asked this office, nights and Sundays included."),
        "crumbs": [Crumb(_("Enquiries"), reverse("desk:enquiries", args=[hub.slug]))],
        "found": found,
        "form": SpanForm(initial={"since": since, "until": until}),
        "since": since,
        "until": until,
        "ages": [Bar(name, count) for name, count in found.open_by_age],
        "headings": [
            Heading(_("Received"), numeric=True),
            Heading(_("Answered"), numeric=True),
            Heading(_("Closed"), numeric=True),
            Heading(_("Median to the first answer, days"), numeric=True),
            Heading(_("Median to closing, days"), numeric=True),
        ],
        "exports": [Export("CSV", reverse("desk:figures_csv", args=[hub.slug]), "text/csv")],
    }
    return office_page(request, hub, "desk/office/figures.html", context)


@office_view(DESK)
@require_GET
def export(request: HttpRequest, hub: Hub) -> HttpResponseBase:
    found = figures.of(hub, *_span(request, hub))
    return csv_response(found.lines(), figures.LINE_COLUMNS, f"{hub.slug}-response-times.csv")


def _span(request: HttpRequest, hub: Hub) -> tuple[dt.date, dt.date]:
    """What was asked for, else the last twelve months."""
    form = SpanForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    until = asked.get("until") or today_in(hub)
    since = asked.get("since") or months_later(until, -12) + dt.timedelta(days=1)
    return min(since, until), until
