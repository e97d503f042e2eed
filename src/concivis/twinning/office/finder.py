"""The partner finder in the office: the list for the office's city, and the comparison."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.places.models import Place
from concivis.shell import parts
from concivis.twinning import finder_pages


@office_view(Permission.VIEW_OFFICE)
@require_GET
def finder(request: HttpRequest, hub: Hub) -> HttpResponse:
    from concivis.twinning import (
        candidates,
    )  # its libraries load when the finder is asked, not with the first page

    context = finder_pages.listed(request, city_of(hub), candidates.ties_of(hub)) | {
        "heading": _("Partner finder"),
        "lead": _("Which places of the world would suit {city} as a partner, and why.").format(
            city=hub.place.name
        ),
        "compare_url": reverse("twinning:office_finder_compare", args=[hub.slug]),
        "shortlists": list(hub.shortlists.all()),
    }
    return office_page(request, hub, "twinning/office/finder.html", context)


@office_view(Permission.VIEW_OFFICE)
@require_GET
def compare(request: HttpRequest, hub: Hub) -> HttpResponse:
    back = reverse("twinning:office_finder", args=[hub.slug])
    context = finder_pages.compared(request, city_of(hub)) | {
        "crumbs": [parts.Crumb(_("Partner finder"), back)],
        "finder_url": back,
    }
    return office_page(request, hub, "twinning/office/finder_compare.html", context)


def city_of(hub: Hub) -> Place:
    """The office's city with its region. One query."""
    return Place.objects.select_related("country", "region").get(pk=hub.place_id)
