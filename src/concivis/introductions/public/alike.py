"""Everything that the radar finds alike to a public entry."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from concivis.introductions import entries, explaining, queries
from concivis.shell.parts import Crumb

MOST, PER_PAGE = 100, 20


@require_safe
def of_initiative(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, entries.INITIATIVE, public_id)


@require_safe
def of_organisation(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, entries.ORGANISATION, public_id)


def _page(request: HttpRequest, kind: str, public_id: str) -> HttpResponse:
    entry = entries.find(kind, public_id)
    if entry is None:
        raise Http404
    if entry.public_id != public_id:  # it was merged into another
        return redirect(f"introductions:{kind}_alike", entry.public_id)
    found = queries.findings_for_card(kind, public_id, MOST)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Others who do something alike"),
        "lead": _("Found by the radar in what is public here, with its reasons. It reads several languages."),
        "crumbs": [Crumb(entry.title, entry.url)],
        "hub": entry.hub,
        "entry": entry,
        "found": explaining.told(list(page.object_list)),
        "page": page,
        "ask_url": reverse("introductions:ask", args=[kind, public_id]),
    }
    return render(request, "introductions/alike.html", context)
