"""The door of the API for an office's programs: `@router.get(…, auth=HubToken(Scope.FINDER_READ))`."""

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from ninja.security.http import HttpAuthBase

from concivis.accounts.access import keep_private
from concivis.hubs import tokens
from concivis.hubs.models import ApiToken
from concivis.hubs.scopes import Scope

A_MINUTE = 60  # seconds
REQUESTS_A_MINUTE = 600  # of one token, at each process of the server

Answer = Callable[[HttpRequest], HttpResponse]


class TokenRefused(Exception):
    """Answered as a problem (RFC 9457) with `headers`; `site.api` does so."""

    def __init__(self, status: HTTPStatus, detail: str, headers: dict[str, str]) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, headers


class HubToken(HttpAuthBase):
    """Lets in who brings a token in force that may do `scope` (None: any token of a hub).

    Sets `request.hub` (place and country fetched) and `request.token`. Others get 401, 403, or 429 above
    `REQUESTS_A_MINUTE`. One query, and a write on the first request of a day.
    """

    openapi_scheme = "bearer"
    openapi_description = "A token of a hub, which its coordinator issues in the office under Integrations."

    def __init__(self, scope: Scope | None) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Any:
        token = _token_in_force(_bearer_key(request))
        _count(token)
        if self.scope and self.scope.value not in token.scopes:
            raise _lacks(self.scope)
        tokens.note_use(token)
        request.token, request.hub = token, token.hub  # type: ignore[attr-defined]
        return token


def keep_answers_to_tokens_private(answer: Answer) -> Answer:
    """Middleware. What was asked for with a token is nobody else's: no cache keeps it, in front of us or beyond."""

    def guarded(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        return keep_private(response) if "Authorization" in request.headers else response

    return guarded


def _bearer_key(request: HttpRequest) -> str:
    scheme, _, key = request.headers.get("Authorization", "").strip().partition(" ")
    if not scheme:
        raise _refused("Send a token: Authorization: Bearer ccv_…", error="")
    if scheme.lower() != "bearer":
        raise _refused("Send the token as: Authorization: Bearer ccv_…", error="")
    return key.strip()


def _token_in_force(key: str) -> ApiToken:
    token = tokens.find(key)
    if token is None:
        raise _refused("This token is not known here.")
    if token.revoked_at:
        raise _refused("This token was revoked. Ask the hub's coordinator for a new one.")
    if token.has_expired:
        raise _refused(f"This token expired on {token.expires_on}. Ask the hub's coordinator for a new one.")
    return token


def _refused(detail: str, error: str = "invalid_token") -> TokenRefused:
    challenge = 'Bearer realm="Concivis"' + (f', error="{error}"' if error else "")
    return TokenRefused(HTTPStatus.UNAUTHORIZED, detail, {"WWW-Authenticate": challenge})


def _lacks(scope: Scope) -> TokenRefused:
    with translation.override("en"):  # as all of the API
        wanted = str(scope.description)
    challenge = f'Bearer realm="Concivis", error="insufficient_scope", scope="{scope.value}"'
    detail = (
        f"This token lacks the scope {scope.value} ({wanted}). "
        "A token's scopes cannot be changed; ask the hub's coordinator for another token."
    )
    return TokenRefused(HTTPStatus.FORBIDDEN, detail, {"WWW-Authenticate": challenge})


def _count(token: ApiToken) -> None:
    """Raises `TokenRefused` above `REQUESTS_A_MINUTE`. Counted in this process: a write for each read costs more."""
    now = int(time.time())
    key = f"token-requests:{token.pk}:{now // A_MINUTE}"
    cache = caches["memory"]
    cache.add(key, 0, A_MINUTE)
    try:
        count = cache.incr(key)
    except ValueError:  # thrown out of the cache between the two lines
        return
    if count > REQUESTS_A_MINUTE:
        detail = f"More than {REQUESTS_A_MINUTE} requests within a minute. Wait, then go on."
        wait = str(A_MINUTE - now % A_MINUTE)
        raise TokenRefused(HTTPStatus.TOO_MANY_REQUESTS, detail, {"Retry-After": wait})
