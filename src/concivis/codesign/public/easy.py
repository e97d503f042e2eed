"""For who reads little: short sentences, pictures, big buttons; and the same as a sheet to print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from concivis.codesign import becoming, sheets
from concivis.codesign.public.pages import below, public_process
from concivis.hubs.freshness import etag


@require_safe
def easy(request: HttpRequest, public_id: str) -> HttpResponse:
    process = public_process(public_id)
    context = {
        **below(process, _("Easy to read")),
        "steps": sheets.steps(),
        "asked": becoming.asked_of(process),
    }
    return render(request, "codesign/easy.html", context)


@require_safe
@condition(lambda request, **rest: etag(request))
def sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    process = public_process(public_id)
    response = HttpResponse(sheets.sheet(process), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{public_id}.pdf"'
    return response
