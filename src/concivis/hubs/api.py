"""What a program can ask about the hub it works for."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils import translation
from ninja import Field, Router, Schema, Status

from concivis.hubs import handling, matters
from concivis.hubs.api_auth import HubToken
from concivis.hubs.api_writing import REFUSALS, actor, writing
from concivis.hubs.models import Hub
from concivis.hubs.permissions import Permission
from concivis.hubs.scopes import Scope

router = Router(tags=["hub"])


class TokenRef(Schema):
    name: str
    scopes: list[str]
    expires_on: date | None = Field(description="last day of its force, in the hub's time zone; null: no end")


class HubDetail(Schema):
    id: str
    address: str = Field(description="the hub's address word, such as `hamm`")
    name: str
    place: str = Field(description="public id of its city, such as `gn2911240`")
    language: str = Field(description="BCP 47, in which the office writes")
    timezone: str
    url: str
    is_published: bool
    token: TokenRef


@router.get(
    "/hub",
    response={200: HubDetail, 401: None, 403: None, 429: None},
    operation_id="get_hub",
    auth=HubToken(None),
)
def hub(request: Any) -> dict[str, Any]:
    """Whose token this is and what it may do. Any token of a hub may ask."""
    own, token = request.hub, request.token
    return {
        "id": own.public_id,
        "address": own.slug,
        "name": own.name,
        "place": own.place.public_id,
        "language": own.language,
        "timezone": own.timezone,
        "url": settings.BASE_URL + own.get_absolute_url(),
        "is_published": own.is_published,
        "token": {"name": token.name, "scopes": token.scopes, "expires_on": token.expires_on},
    }


# --- what needs attention ----------------------------------------------------------------------------------


class MatterRow(Schema):
    key: str = Field(description="names it for good, until its cause is another")
    kind: str = Field(description="what it is about, such as `partnership`")
    object: str = Field(description="public id of what it is about; empty for what has none")
    title: str
    why: str = Field(description="a sentence in English")
    urgency: str = Field(description="now, soon or later")
    due: date | None
    since: date | None
    url: str = Field(description="where to act, in the office")


class PutOff(Schema):
    key: str = Field(max_length=matters.KEY_LENGTH)
    until: date = Field(description="the first day on which it is shown again, within a year")


@router.get(
    "/hub/attention",
    response={200: list[MatterRow], **REFUSALS},
    operation_id="list_attention",
    auth=HubToken(Scope.ATTENTION_READ),
)
def attention(request: Any) -> list[dict[str, Any]]:
    """What waits for the office, the most urgent first, without what was put off or done: all that each of its
    members may know of."""
    with translation.override("en"):  # as all of the API
        found = matters.waiting(request.hub, {Permission.VIEW_OFFICE})
        return [_matter(each) for each in found]


@router.put(
    "/hub/attention/later",
    response={204: None, **REFUSALS},
    operation_id="put_off",
    auth=HubToken(Scope.ATTENTION_WRITE),
)
@writing
def put_off(request: Any, given: PutOff) -> Status:
    """The office is not reminded of it before that day."""
    matter = _waiting(request.hub, given.key)
    handling.put_off(by=actor(request), hub=request.hub, matters=[matter], until=given.until)
    return Status(204, None)


def _waiting(hub: Hub, key: str) -> matters.Matter:
    """Raises `Http404` for what does not wait."""
    for matter in matters.waiting(hub, {Permission.VIEW_OFFICE}):
        if matter.key == key:
            return matter
    raise Http404


def _matter(matter: matters.Matter) -> dict[str, Any]:
    names = ("key", "kind", "title", "why", "urgency", "due", "since")
    return {
        **{name: getattr(matter, name) for name in names},
        "object": matter.object_id,
        "url": settings.BASE_URL + matter.url,
    }
