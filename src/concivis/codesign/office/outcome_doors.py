"""The door to one process in an office for what becomes of it, and the frame of these pages."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from concivis.accounts.models import User
from concivis.codesign.forms.outcomes import put_into
from concivis.codesign.models import Process, Recommendation
from concivis.codesign.office.doors import process_page
from concivis.codesign.policies import WORK
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub

LOOK_OR_SAY = ["GET", "HEAD", "POST"]


def process_view(view: Callable[..., HttpResponseBase]) -> Any:
    """Decorates `view(request, process, …)` at `office/<slug>/codesign/<process>/…`."""

    @office_view(WORK)
    def guarded(request: HttpRequest, hub: Hub, process: str, **kwargs: object) -> HttpResponseBase:
        found = get_object_or_404(Process.objects.filter(hub=hub), public_id=process)
        found.hub = hub
        return view(request, found, **kwargs)

    return guarded


def recommendation_view(view: Callable[..., HttpResponseBase]) -> Any:
    """The same for `view(request, recommendation, …)`; the recommendation's process and hub are at hand."""

    @process_view
    def guarded(
        request: HttpRequest, process: Process, recommendation: str, **kwargs: object
    ) -> HttpResponseBase:
        rows = process.recommendations.select_related("owner", "theme")
        found: Recommendation = get_object_or_404(rows, public_id=recommendation)
        found.process = process
        return view(request, found, **kwargs)

    return guarded


def address(name: str, process: Process, *args: object) -> str:
    return reverse(f"codesign:{name}", args=[process.hub.slug, process.public_id, *args])


def of(name: str, recommendation: Recommendation, *args: object) -> str:
    return address(name, recommendation.process, recommendation.public_id, *args)


def form_page(
    request: HttpRequest,
    process: Process,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    submit: str,
    said: str,
    back: str,
    tab: str = "office_recommendations",
    **context: Any,
) -> HttpResponse:
    """A form that calls `act` with what it says and goes back; what the action refuses stands beside its field."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as error:
            put_into(form, error)
        else:
            messages.success(request, said)
            return redirect(back)
    shared = {"form": form, "title": title, "submit": submit, "cancel_url": back}
    return process_page(request, process, "codesign/office/outcome_form.html", {**shared, **context}, tab=tab)


def done(request: HttpRequest, act: Callable[[], object], said: str, back: str) -> HttpResponse:
    """For a button: calls `act`, says what came of it, goes back."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
    return redirect(back)


def who(request: HttpRequest) -> User:
    return cast(User, request.user)
