"""The living style page: every component with specimen content, for those who build pages."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from concivis.shell.specimens import specimens


def styles(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    if "toast" in request.GET:
        messages.success(request, "A message of success.")
    return render(request, "shell/styles.html", specimens(request))
