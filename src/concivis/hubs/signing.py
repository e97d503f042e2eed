"""How a webhook's messages are signed, so that the receiver knows they come from here and are not an old one.

The header `Concivis-Signature: t=<seconds since 1970>,v1=<hex>` holds HMAC-SHA-256 of `"<t>.<body>"` under the
webhook's secret. `docs/formats/api.md` tells receivers how to verify it.

The secret is not kept: it is derived from the site's `SECRET_KEY` and the webhook's salt, so that a copy of the
database alone forges nothing. A new `SECRET_KEY` makes new secrets.
"""

import hashlib
import hmac
import json
from typing import Any

from django.utils.crypto import salted_hmac

from concivis.hubs.models import Delivery, Webhook
from concivis.hubs.record import utc_text

SIGNATURE, EVENT, DELIVERY = "Concivis-Signature", "Concivis-Event", "Concivis-Delivery"
SECRET_PREFIX = "ccw_"  # noqa: S105 - so that people know one when they see it
SALT = "concivis.hubs.webhook"


def secret_of(webhook: Webhook) -> str:
    return SECRET_PREFIX + salted_hmac(SALT, webhook.secret_salt, algorithm="sha256").hexdigest()


def body_of(delivery: Delivery) -> bytes:
    """What is sent: the same bytes at every attempt."""
    content: dict[str, Any] = {
        "id": str(delivery.public_id),
        "event": delivery.event,
        "hub": delivery.webhook.hub.slug,
        "at": utc_text(delivery.created_at),
        "data": delivery.payload,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def headers_of(delivery: Delivery, body: bytes, seconds: int) -> dict[str, str]:
    """`seconds` since 1970: when it is sent."""
    return {
        "Content-Type": "application/json",
        SIGNATURE: f"t={seconds},v1={signature(secret_of(delivery.webhook), body, seconds)}",
        EVENT: delivery.event,
        DELIVERY: str(delivery.public_id),
    }


def signature(secret: str, body: bytes, seconds: int) -> str:
    return hmac.new(secret.encode(), b"%d.%s" % (seconds, body), hashlib.sha256).hexdigest()
