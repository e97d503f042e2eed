"""The door to one process in an office for what becomes of it, and the frame of these pages."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from concivis.accounts.models import User
from concivis.codesign.models import Process, Recommendation
from concivis.codesign.office.doors import address, inside_process, process_page
from concivis.shell.refusals import attempt, put_into


def recommendation_view(view: Callable[..., HttpResponseBase]) -> Any:
    """`inside_process` for `view(request, recommendation, …)`; the recommendation's process and hub are at hand."""

    @inside_process
    def guarded(
        request: HttpRequest, process: Process, recommendation: str, **kwargs: object
    ) -> HttpResponseBase:
        rows = process.recommendations.select_related("owner", "theme")
        found: Recommendation = get_object_or_404(rows, public_id=recommendation)
        found.process = process
        return view(request, found, **kwargs)

    return guarded


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
    attempt(request, act, said)
    return redirect(back)


def who(request: HttpRequest) -> User:
    return cast(User, request.user)
