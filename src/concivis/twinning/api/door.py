"""How an office's program comes in: its hub, one of the hub's partnerships, and who is written into the record."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from ninja.errors import HttpError

from concivis.hubs.api_writing import actor
from concivis.shell.dates import PartialDate
from concivis.twinning import access
from concivis.twinning.models import Side
from concivis.twinning.policies import Acting, answers_for

INVALID: dict[int, Any] = {422: None}


def tie(request: Any, public_id: str) -> access.Tie:
    """The partnership as the token's hub sees it. Raises `Http404`."""
    return access.tie_of(request.hub, public_id if public_id.isalnum() else "")


def inside(request: Any, public_id: str) -> access.Tie:
    """One of which the token's hub sees what is not public. 403 for others it can see."""
    found = tie(request, public_id)
    if not found.is_inside:
        raise HttpError(
            HTTPStatus.FORBIDDEN,
            "The sides of this partnership share this among themselves; yours was not let in.",
        )
    return found


def kept(request: Any, public_id: str) -> access.Tie:
    """One that the token's hub keeps: only its keeper writes. 403 for others it can see."""
    found = tie(request, public_id)
    if not found.keeps:
        raise HttpError(
            HTTPStatus.FORBIDDEN, "Another office keeps this partnership; only its keeper changes it."
        )
    return found


def shared(request: Any, public_id: str) -> tuple[access.Tie, Acting]:
    """What the sides share, and the token's hub acting for its city's side: both or 403."""
    found = inside(request, public_id)
    return found, acting(request, found)


def acting(request: Any, found: access.Tie) -> Acting:
    """The token's hub acting for its city's side. 403 where the city is no side, or the keeper does not trust it."""
    if found.side is None:
        raise HttpError(
            HTTPStatus.FORBIDDEN, "The city of this token's hub is not a side of the partnership."
        )
    if not answers_for(found.hub, found.side):
        raise HttpError(
            HTTPStatus.FORBIDDEN,
            "The office that keeps this partnership has not let yours answer for its city.",
        )
    return Acting(found.side, actor(request), named="" if actor(request) else request.hub.name)


def own(request: Any, found: access.Tie) -> Acting | None:
    """As `acting`; None for a keeper whose city is no side of what it keeps."""
    return None if found.keeps and found.side is None else acting(request, found)


def answering(request: Any, found: access.Tie) -> Acting:
    """As `acting`, for a side whose word is asked for: the keeper's own office says it by what it keeps."""
    if found.side is not None and found.side not in found.answering:
        raise ValidationError("Your office keeps this partnership: what it enters is its word.")
    return acting(request, found)


def side_of(found: access.Tie, place: str) -> Side:
    """The side of the place with this public id. Raises ValidationError with a sentence."""
    for side in found.partnership.sides.all():
        if side.place.public_id == place:
            return side
    raise ValidationError(f"“{place}” is not a side of this partnership.")


def require_seen(seen: str, stands: str) -> None:
    """409 unless the program has seen what stands now."""
    if seen != stands:
        raise HttpError(
            HTTPStatus.CONFLICT,
            "Somebody changed this after you read it; nothing was saved. Read it again, then decide.",
        )


def partial_date(text: str) -> PartialDate:
    """Raises ValidationError with a sentence."""
    try:
        return PartialDate.parse(text)
    except ValueError as error:
        raise ValidationError(str(error)) from error
