"""The door to what only a signed-in person sees."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase

PRIVATE = "private, no-store"
View = Callable[..., HttpResponseBase]
Answer = TypeVar("Answer", bound=HttpResponseBase)


def personal_view(view: View) -> View:
    """Decorates a view for any signed-in person; others are sent to sign in. No cache keeps the answer."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return keep_private(redirect_to_login(request.get_full_path()))
        return keep_private(view(request, **kwargs))

    return guarded


def keep_private(response: Answer) -> Answer:
    response["Cache-Control"] = PRIVATE
    return response


def discreet(response: Answer) -> Answer:
    """No cache keeps it, no robot lists it, and no other page learns its address.

    The policy is not “no-referrer”: with it, browsers send no origin with a form, and Django refuses the form.
    """
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return keep_private(response)
