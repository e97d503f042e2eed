"""Who receives the signatures opens them with a mailed key. The page shows what there is; only the button opens it."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from concivis.accounts.access import opened_by_key
from concivis.proposals import package as packages
from concivis.proposals.actions import handing
from concivis.proposals.models import Handover


def _opening(request: HttpRequest, key: str) -> Handover | HttpResponse:
    found = handing.find_package(key)
    return found if found is not None else _closed(request)


@opened_by_key(_opening)
@require_http_methods(["GET", "HEAD", "POST"])
def package(request: HttpRequest, found: Handover) -> HttpResponseBase:
    """POST streams the ZIP; the record keeps each opening."""
    if found.is_locked:
        return _closed(request, found)
    if request.method == "POST":
        try:
            found = handing.open_package(package=found)
        except ValidationError:
            return _closed(request, found)
        return _download(found)
    context = {
        "heading": _("Signatures handed over to you"),
        "package": found,
        "proposal": found.proposal,
        "hub": found.proposal.hub,
        "number": packages.handed_over(found).count(),
        "paper": sum(found.proposal.sheets.values_list("valid", flat=True)),
    }
    return render(request, "proposals/handed_over.html", context)


def _download(found: Handover) -> StreamingHttpResponse:
    pieces = packages.stream(found, lambda sums: handing.keep_manifest(package=found, manifest=sums))
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="signatures-{found.proposal.public_id}.zip"'
    return response


def _closed(request: HttpRequest, found: Handover | None = None) -> HttpResponse:
    """Unknown, received, withdrawn or too old: the page says whom to ask."""
    context = {
        "heading": _("This link opens nothing any more"),
        "package": found,
        "hub": found.proposal.hub if found else None,
    }
    return render(request, "proposals/handed_over_closed.html", context, status=410 if found else 404)
