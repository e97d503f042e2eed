"""What an office's program changes: who answers for it, what the record says, and what a refusal looks like."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from ninja.errors import HttpError

from concivis.accounts.models import User
from concivis.hubs import record
from concivis.shell.conflicts import EditConflict

# what every address of an office may answer beside its own; that each is a problem, site/api.py says once for all
REFUSALS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 422, 429))
CONFLICTS: dict[int, Any] = {409: None}


def writing(view: Callable[..., Any]) -> Callable[..., Any]:
    """Decorates an address that changes something: the record names the token; a conflict is answered by 409."""

    @wraps(view)
    def through(request: Any, *args: Any, **kwargs: Any) -> Any:
        with record.through(request.token.name):
            try:
                return view(request, *args, **kwargs)
            except EditConflict as conflict:
                raise HttpError(HTTPStatus.CONFLICT, " ".join(conflict.messages)) from conflict

    return through


def actor(request: Any) -> User | None:
    """The person who issued the token and answers for what it does."""
    user: User | None = request.token.created_by
    return user
