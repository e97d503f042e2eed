"""Who gets letters: asked for by anybody, counted once the address's holder confirmed, ended with one click."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs import letters, record
from concivis.hubs.models import Hub
from concivis.newsletter.enums import Rhythm
from concivis.newsletter.interests import Interests
from concivis.newsletter.models import Subscription
from concivis.shell import keys
from concivis.shell.ids import new_public_id

KEY_DAYS = 7
ASKED_AGAIN_AFTER = timedelta(minutes=10)  # a form must not become a way to fill somebody's mailbox
SALT = "newsletter.subscription"


@transaction.atomic
def subscribe(
    *, hub: Hub | None, email: str, language: str, rhythm: Rhythm, interests: Interests
) -> Subscription | None:
    """Mails a link that confirms. Whoever asks learns nothing of whether the address is known already.

    The mail is the same for a subscription that exists: its holder sees that it does. Within ten minutes the
    same wish is mailed once; None then.
    """
    wish = {
        "hub": hub,
        "email": email.strip().lower(),
        "rhythm": rhythm,
        "interests_key": interests.key,
    }
    subscription = Subscription.objects.select_for_update().filter(**wish).first()
    if subscription and subscription.asked_at > timezone.now() - ASKED_AGAIN_AFTER:
        return None
    if subscription is None:
        subscription = Subscription(**wish, public_id=new_public_id(), interests=interests.stored())
    subscription.language, subscription.asked_at = language, timezone.now()
    if subscription.confirmed_at is None:
        key = keys.new()
        subscription.key_hash = keys.hashed(key)
        subscription.save()
        _mail(
            subscription,
            "newsletter/letters/confirm.txt",
            confirm_url=lambda: _absolute("newsletter:confirm", key),
        )
    else:
        subscription.save()
        _mail(subscription, "newsletter/letters/known.txt", manage_url=lambda: manage_url(subscription))
    return subscription


def find_by_key(key: str) -> Subscription | None:
    """The subscription that waits for this mailed key; None if the key is unknown, used, or too old."""
    asked = timezone.now() - timedelta(days=KEY_DAYS)
    waiting = Subscription.objects.select_related("hub").filter(confirmed_at=None, asked_at__gt=asked)
    return waiting.filter(key_hash=keys.hashed(key)).first()


@transaction.atomic
def confirm(*, subscription: Subscription) -> Subscription:
    """From now on it counts; what is new is told from now on. Once only."""
    subscription = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if subscription.confirmed_at:
        raise ValidationError(gettext("This is confirmed already."))
    subscription.key_hash = ""
    subscription.confirmed_at = timezone.now()
    if subscription.rhythm != Rhythm.NEWSLETTER:
        subscription.told_until = subscription.confirmed_at
    subscription.save()
    _note(subscription, "subscription.confirmed")
    return subscription


@transaction.atomic
def change(*, subscription: Subscription, language: str) -> Subscription:
    """By the link of a letter: the language of what comes."""
    subscription.language = language
    subscription.save(update_fields=["language"])
    return subscription


@transaction.atomic
def leave(*, subscription: Subscription, by: User | None = None) -> None:
    """Ends and forgets it; what is under way to it is not sent. `by`: a member of the office who was asked to."""
    _note(subscription, "subscription.ended", by=by)
    subscription.delete()


def forget_unconfirmed() -> int:
    """Addresses that nobody confirmed are not kept. How many were forgotten."""
    asked = timezone.now() - timedelta(days=KEY_DAYS)
    _all, per_model = Subscription.objects.filter(confirmed_at=None, asked_at__lte=asked).delete()
    return per_model.get(Subscription._meta.label, 0)


def token_of(subscription: Subscription) -> str:
    """What the links of its letters carry: signed, so that nothing needs to be kept."""
    return signing.dumps(subscription.public_id, salt=SALT)


def find_by_token(token: str) -> Subscription | None:
    """None for a token that we did not make, or of a subscription that has ended."""
    try:
        public_id = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    found = Subscription.objects.select_related("hub").exclude(confirmed_at=None)
    return found.filter(public_id=str(public_id)).first()


def manage_url(subscription: Subscription) -> str:
    return _absolute("newsletter:manage", token_of(subscription))


def leave_url(subscription: Subscription) -> str:
    return _absolute("newsletter:leave", token_of(subscription))


def _mail(subscription: Subscription, template: str, **context: Any) -> None:
    shared: Mapping[str, Any] = {
        "sender": subscription.hub.name if subscription.hub else gettext("Concivis"),
        "rhythm": Rhythm(subscription.rhythm).label,
        "days": KEY_DAYS,
    }
    letters.send(
        to=subscription.email,
        language=subscription.language,
        template=template,
        context={**shared, **context},
        called=f"Letter to subscription {subscription.pk}",
    )


def _absolute(name: str, key: str) -> str:
    return settings.BASE_URL + reverse(name, args=[key])


def _note(subscription: Subscription, action: str, by: User | None = None) -> None:
    """Without a trace of who: the record is for ever."""
    record.write(
        hub=subscription.hub,
        by=by,
        action=action,
        kind="subscription",
        object_id=subscription.public_id,
        details={"rhythm": subscription.rhythm},
    )
