"""What came of citizens' initiatives in this city, in numbers that a council asks for; each says how it is counted."""

import datetime as dt

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from concivis.hubs.access import office_view
from concivis.hubs.annual import Period
from concivis.hubs.models import Hub, today_in
from concivis.hubs.office.pages import office_page
from concivis.proposals import figures as counting
from concivis.proposals.office.doors import WORK, crumb


class YearForm(forms.Form):
    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: object, hub: Hub, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        now, first = today_in(hub).year, hub.created_at.year
        years = [(str(year), str(year)) for year in range(now, first - 1, -1)]
        self.fields["year"].choices = [("", _("all years")), *years]  # type: ignore[attr-defined]


@office_view(WORK)
@require_safe
def figures(request: HttpRequest, hub: Hub) -> HttpResponse:
    """Six queries."""
    form = YearForm(request.GET or None, hub=hub)
    year = form.cleaned_data["year"] if form.is_bound and form.is_valid() else None
    found = counting.figures(hub, _period(hub, year) if year else None)
    context = {
        "heading": _("Citizens’ initiatives in figures"),
        "crumbs": [crumb(hub)],
        "form": form,
        "figures": found,
        "has_some": any(figure.value for figure in found),
    }
    return office_page(request, hub, "proposals/office/figures.html", context)


def _period(hub: Hub, year: int) -> Period:
    everything = counting.all_time(hub)
    return Period(dt.date(year, 1, 1), dt.date(year, 12, 31), everything.zone, everything.as_of)
