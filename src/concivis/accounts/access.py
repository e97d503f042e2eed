"""The doors to what not everybody sees: for who is signed in, and for who holds a mailed key."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.debug import sensitive_variables

PRIVATE = "private, no-store"
View = Callable[..., HttpResponseBase]
Answer = TypeVar("Answer", bound=HttpResponseBase)
Opened = TypeVar("Opened")


def personal_view(view: View) -> View:
    """Decorates a view for any signed-in person; others are sent to sign in. No cache keeps the answer."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return keep_private(redirect_to_login(request.get_full_path()))
        return keep_private(view(request, **kwargs))

    return guarded


def opened_by_key(
    opening: Callable[[HttpRequest, str], Opened | HttpResponseBase],
) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """Decorates `view(request, opened, …)` at `…/<key>/…`.

    `opening(request, key)` gives what the key opens, or the page for a key that opens nothing. Whichever is answered is
    `discreet`, and no report of an error holds the key.
    """
    opened = sensitive_variables("key")(opening)

    def decorate(view: Callable[..., HttpResponseBase]) -> View:
        @wraps(view)
        @sensitive_variables("key")
        def guarded(request: HttpRequest, key: str, **kwargs: object) -> HttpResponseBase:
            found = opened(request, key)
            return discreet(found if isinstance(found, HttpResponseBase) else view(request, found, **kwargs))

        return guarded

    return decorate


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
