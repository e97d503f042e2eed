"""Posters and small cards with a QR code: what is chosen, and the PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.portal.office.tabs import tabs
from concivis.portal.posters import drawing
from concivis.portal.posters.forms import PosterForm


@office_view(Permission.VIEW_OFFICE)
@require_GET
def posters(request: HttpRequest, hub: Hub) -> HttpResponse:
    form = PosterForm(request.GET or None, hub=hub)
    made = form.poster() if form.is_bound and form.is_valid() else None
    context = {
        "heading": gettext("Posters and cards"),
        "lead": gettext("With a code that telephones read, and the address in writing."),
        "tabs": tabs(hub, "posters"),
        "form": form,
        "made": made,
        "preview": drawing.preview(made) if made else "",
        "pdf_url": f"{reverse('portal:office_poster', args=[hub.slug])}?{request.GET.urlencode()}" if made else "",
    }  # fmt: skip
    return office_page(request, hub, "portal/office/posters.html", context)


@office_view(Permission.VIEW_OFFICE)
@require_GET
def poster(request: HttpRequest, hub: Hub) -> HttpResponse:
    form = PosterForm(request.GET, hub=hub)
    if not form.is_valid():
        raise Http404
    made = form.poster()
    response = HttpResponse(drawing.pdf(made), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{made.filename}"'
    return response
