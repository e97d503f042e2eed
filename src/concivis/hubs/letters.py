"""The letters that a hub sends."""

import logging
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from concivis.accounts.queries import language_of
from concivis.hubs.models import Invitation
from concivis.hubs.roles import ROLES

log = logging.getLogger(__name__)


def send_invitation(invitation: Invitation, key: str) -> None:
    """Mails the key once committed, in the language the invited person chose, else in the hub's."""
    language = language_of(invitation.email) or interface_language(invitation.hub.language)
    with translation.override(language):
        inviter = invitation.invited_by
        context = {
            "hub": invitation.hub,
            "inviter": inviter.name if inviter else "",
            "role": ROLES[invitation.role],
            "expires_at": invitation.expires_at,
            "link": settings.BASE_URL + reverse("hubs:invitation", args=[key]),
        }
        subject = " ".join(render_to_string("hubs/letters/invitation_subject.txt", context).split())
        text = render_to_string("hubs/letters/invitation.txt", context)
    transaction.on_commit(partial(_send, subject, text, invitation))


def _send(subject: str, text: str, invitation: Invitation) -> None:
    try:
        send_mail(subject, text, None, [invitation.email])
    except OSError as error:  # SMTP's errors, too; they quote the address, so only their kind is logged
        log.error("Invitation %s could not be mailed: %s", invitation.pk, type(error).__name__)


def interface_language(tag: str) -> str:
    """The interface's language nearest to a tag: "de-AT" → "de"; the site's own where there is none."""
    primary = tag.split("-")[0].lower()
    return primary if primary in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
