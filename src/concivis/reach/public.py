"""What everybody may read: how visits are counted, and a hub's summary where the hub wants it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from concivis.hubs.models import Hub
from concivis.hubs.queries import visible_hub
from concivis.reach import queries, telling
from concivis.reach.sketch import STANDARD_ERROR
from concivis.shell import parts
from concivis.shell.templatetags.shell import percent


@require_safe
def explained(request: HttpRequest) -> HttpResponse:
    context = {
        "heading": _("How visits are counted"),
        "lead": _("We count how many people a day look at which pages. We do not follow anybody."),
        "error": percent(2 * STANDARD_ERROR, 2),
    }
    return render(request, "reach/explained.html", context)


@never_cache  # it changes with every day, the data version does not
@require_safe
def public(request: HttpRequest, slug: str) -> HttpResponse:
    hub = visible_hub(request.user, slug)
    settings = queries.settings_of(hub)
    if not settings.is_public:
        raise Http404
    compared = queries.compared(hub, settings)
    context = {
        "hub": hub,
        "heading": _("Reach"),
        "kicker": hub.name,
        "crumbs": [parts.Crumb(hub.name, hub.get_absolute_url())],
        "compared": telling.compared_with(compared),
        "headings": telling.month_headings(compared),
        "rows": [telling.month(each, compared, rounded=True) for each in queries.months(hub, queries.yesterday())],
        "explained_url": reverse("reach:explained"),
    }  # fmt: skip
    return render(request, "reach/public.html", context)


def on_home(hub: Hub) -> str:
    """For `hubs.hooks.home_pieces`: the way to the summary where the hub wants one. One query."""
    if not queries.settings_of(hub).is_public:
        return ""
    url = reverse("reach:public", args=[hub.slug])
    return format_html('<p><a href="{}">{}</a></p>', url, _("How many people look at these pages"))
