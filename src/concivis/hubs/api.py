"""What a program can ask about the hub it works for."""

from datetime import date
from typing import Any

from django.conf import settings
from ninja import Field, Router, Schema

from concivis.hubs.api_auth import HubToken
from concivis.shell.api import Problem

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
    response={200: HubDetail, 401: Problem, 403: Problem, 429: Problem},
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
