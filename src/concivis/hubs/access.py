"""The door to a hub's office."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from concivis.accounts.access import View, keep_private
from concivis.hubs.permissions import Permission
from concivis.hubs.queries import hub_for


def office_view(permission: Permission) -> Callable[[View], View]:
    """Decorates `view(request, hub, …)` at `…/<slug:slug>/…`: finds the hub, requires the permission.

    Who is not signed in is sent to sign in; strangers get 404, members without the permission 403.
    `request.hub` is set too, for the shell. No cache keeps the answer.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, **kwargs: object) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return keep_private(redirect_to_login(request.get_full_path()))
            hub = hub_for(request.user, slug, permission)
            request.hub = hub  # type: ignore[attr-defined]
            return keep_private(view(request, hub, **kwargs))

        guarded.permission = permission  # type: ignore[attr-defined]  # what the table of permissions compares
        return guarded

    return decorate
