"""Letters about an enquiry: each says by its headers to which it belongs, so that the answer finds its way back."""

import re
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail.message import sanitize_address
from django.urls import reverse

from concivis.desk.actions.keys import link, new_key
from concivis.desk.enums import Purpose
from concivis.desk.models import Enquiry, MailTrace
from concivis.hubs import letters
from concivis.hubs.models import Hub
from concivis.hubs.permissions import Permission

MARK = re.compile(r"\[#([0-9a-z]{6,16})\]")


def mark(enquiry: Enquiry) -> str:
    """What stands in the subject, and beside the address for answers: mail programs keep both."""
    return f"[#{enquiry.public_id}]"


def id_hash(message_id: str) -> str:
    return sha256(message_id.strip().strip("<>").encode()).hexdigest()


def to_asker(
    enquiry: Enquiry, template: str, *, called: str, purpose: Purpose = Purpose.FOLLOW, **context: Any
) -> bool:
    """Mails `template` with a new key once committed; False where there is nobody to write to.

    The letter's context: enquiry, hub, `mark`, `link`, and what is given.
    """
    if not enquiry.asker_email:
        return False
    key = new_key(enquiry, purpose)
    said = {
        "enquiry": enquiry,
        "hub": enquiry.hub,
        "mark": mark(enquiry),
        "link": lambda: link(key, purpose),
        **context,
    }
    letters.send(
        to=enquiry.asker_email,
        language=letters.interface_language(enquiry.language),
        template=template,
        context=said,
        called=f"{called} {enquiry.public_id}",
        headers=headers_of(enquiry),
    )
    return True


def to_office(enquiry: Enquiry, template: str, *, called: str) -> None:
    """Mails who sees to the enquiry, or everybody at the desk where nobody does. Without the asker's data."""
    context: Mapping[str, Any] = {
        "enquiry": enquiry,
        "hub": enquiry.hub,
        "link": lambda: (
            settings.BASE_URL + reverse("desk:enquiry", args=[enquiry.hub.slug, enquiry.public_id])
        ),
    }
    called = f"{called} {enquiry.public_id}"
    if enquiry.assignee is not None and enquiry.assignee.is_active:
        language = enquiry.assignee.language or letters.interface_language(enquiry.hub.language)
        letters.send(
            to=enquiry.assignee.email, language=language, template=template, context=context, called=called
        )
        return
    letters.send_to_office(
        hub=enquiry.hub,
        permission=Permission.WORK_AT_DESK,
        template=template,
        context=context,
        called=called,
    )


def headers_of(enquiry: Enquiry) -> dict[str, str]:
    """Message-ID, of which a trace is kept; answers go to the office, and carry the mark."""
    message_id = f"<enquiry.{enquiry.public_id}.{secrets.token_hex(8)}@{_host()}>"
    MailTrace.objects.create(hub=enquiry.hub, enquiry=enquiry, id_hash=id_hash(message_id))
    answers = {"Reply-To": _reply_to(enquiry)} if enquiry.hub.contact_email else {}
    return {"Message-ID": message_id, **answers}


def _reply_to(enquiry: Enquiry) -> str:
    hub: Hub = enquiry.hub
    name = re.sub(r"[\r\n\"\\]", " ", hub.name)
    return sanitize_address((f"{name} {mark(enquiry)}", hub.contact_email), "utf-8")


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"
