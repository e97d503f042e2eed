"""The letters that a hub sends."""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from concivis.accounts.models import User
from concivis.accounts.queries import language_of
from concivis.hubs.models import Hub, Invitation, Membership
from concivis.hubs.permissions import Permission
from concivis.hubs.roles import ROLES

log = logging.getLogger(__name__)


def send_invitation(invitation: Invitation, key: str) -> None:
    """Mails the key once committed, in the language the invited person chose, else in the hub's."""
    inviter = invitation.invited_by
    context = {
        "hub": invitation.hub,
        "inviter": inviter.name if inviter else "",
        "role": ROLES[invitation.role],
        "expires_at": invitation.expires_at,
        "link": lambda: settings.BASE_URL + reverse("hubs:invitation", args=[key]),
    }
    language = language_of(invitation.email) or interface_language(invitation.hub.language)
    send(
        to=invitation.email,
        language=language,
        template="hubs/letters/invitation.txt",
        context=context,
        called=f"Invitation {invitation.pk}",
    )


def send_to_office(
    *,
    hub: Hub,
    permission: Permission,
    template: str,
    context: Mapping[str, Any],
    called: str,
    but: User | None = None,
) -> int:
    """`send` to every member of `hub` who has `permission`, without `but`, who did it; how many letters. Each is in the
    language the member chose, else in the hub's."""
    told = [person for person in office_people(hub, permission) if person != but]
    for person in told:
        language = person.language or interface_language(hub.language)
        send(to=person.email, language=language, template=template, context=context, called=called)
    return len(told)


def office_people(hub: Hub, permission: Permission) -> list[User]:
    """The members of `hub` who have `permission`. One query."""
    roles = [role.code for role in ROLES.values() if permission in role.permissions]
    members = Membership.objects.filter(hub=hub, role__in=roles, user__is_active=True).select_related("user")
    return [membership.user for membership in members.order_by("pk")]


def send(
    *,
    to: str,
    language: str,
    template: str,
    context: Mapping[str, Any],
    called: str,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Mails `template` to one address, once committed; what stands before its first empty line is the subject.

    `language`: one of the interface's. What is callable in `context` is called in it: addresses begin with the
    language. `called`: the letter's name in the log, which must not hold a mail address or a key.
    """
    with translation.override(language):
        subject, _line, text = render_to_string(template, dict(context)).strip().partition("\n\n")
    letter = EmailMessage(
        " ".join(subject.split()), text.lstrip("\n"), None, [to], headers=dict(headers or {})
    )
    transaction.on_commit(partial(_send, letter, called))


def _send(letter: EmailMessage, called: str) -> None:
    try:
        letter.send()
    except OSError as error:  # SMTP's errors, too; they quote the address, so only their kind is logged
        log.error("%s could not be mailed: %s", called, type(error).__name__)


def interface_language(tag: str) -> str:
    """The interface's language nearest to a tag: "de-AT" → "de"; the site's own where there is none."""
    primary = tag.split("-")[0].lower()
    return primary if primary in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
