"""Keys with which programs work for a hub. A broken rule raises `ValidationError` with a sentence by field."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.hubs import record
from concivis.hubs.models import ApiToken, Hub, today_in
from concivis.hubs.scopes import Scope, known
from concivis.shell import keys

PREFIX = "ccv_"  # so that people, and programs that look for leaked secrets, know one when they see it
DAYS = 365  # of force, unless the office says otherwise
TOKENS_OF_A_HUB = 20  # in force at once


@transaction.atomic
def issue_token(
    *, by: User | None, hub: Hub, name: str, scopes: Iterable[str], expires_on: date | None
) -> tuple[ApiToken, str]:
    """(the token, its key, which nobody can read again). `expires_on`: its last day; None: it does not expire."""
    hub = Hub.objects.select_for_update(of=("self",)).get(
        pk=hub.pk
    )  # two at once: the second counts the first
    name, wanted = " ".join(name.split()), list(scopes)
    _check(hub, name, wanted, expires_on)
    key = keys.new(PREFIX)
    token = ApiToken.objects.create(
        hub=hub,
        name=name,
        scopes=[scope.value for scope in known(wanted)],
        key_hash=keys.hashed(key),
        created_by=by,
        expires_on=expires_on,
    )
    until = {"until": expires_on.isoformat()} if expires_on else {}
    _record(token, by=by, action="token.issued", details={"scopes": token.scopes, **until})
    return token, key


@transaction.atomic
def revoke_token(*, by: User | None, token: ApiToken) -> ApiToken:
    """From now on the key opens nothing. Revoking a second time changes nothing."""
    token = ApiToken.objects.select_for_update(of=("self",)).select_related("hub").get(pk=token.pk)
    if token.revoked_at:
        return token
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    _record(token, by=by, action="token.revoked", details={})
    return token


def tokens_of(hub: Hub) -> QuerySet[ApiToken]:
    """All tokens of the hub, also revoked and expired ones, newest first."""
    return ApiToken.objects.filter(hub=hub).select_related("hub", "created_by")


def find(key: str) -> ApiToken | None:
    """The token of `key`, whatever its state, with its hub and place. One query by the key's hash.

    The hash is looked up, never the key compared: how long it takes says nothing about a key nearly right.
    """
    if not (key.startswith(PREFIX) and key.isascii() and len(key) <= keys.LONGEST):
        return None
    tokens = ApiToken.objects.select_related("hub__place__country", "created_by")
    return tokens.filter(key_hash=keys.hashed(key)).first()


def note_use(token: ApiToken) -> None:
    """Keeps the day on which `token` was last used: one write on its first use of a day."""
    today = today_in(token.hub)
    if token.last_used_on is None or token.last_used_on < today:
        earlier = Q(last_used_on__isnull=True) | Q(last_used_on__lt=today)
        ApiToken.objects.filter(earlier, pk=token.pk).update(last_used_on=today)
        token.last_used_on = today


def default_expiry(hub: Hub) -> date:
    return today_in(hub) + timedelta(days=DAYS)


def _check(hub: Hub, name: str, wanted: list[str], expires_on: date | None) -> None:
    if not name:
        raise ValidationError({"name": _("Say what the token is for, such as “council website”.")})
    if len(name) > 80:
        raise ValidationError({"name": _("Say it in at most 80 characters.")})
    if not wanted:
        raise ValidationError({"scopes": _("Choose at least one thing that the program may do.")})
    unknown = set(wanted) - {scope.value for scope in Scope}
    if unknown:
        raise ValidationError({"scopes": _("There is no such scope: {scope}.").format(scope=min(unknown))})
    if expires_on and expires_on < today_in(hub):
        raise ValidationError({"expires_on": _("This day is past already.")})
    in_force = ApiToken.objects.filter(hub=hub, revoked_at=None)
    if in_force.exclude(expires_on__lt=today_in(hub)).count() >= TOKENS_OF_A_HUB:
        text = _("This office has {count} tokens in force already, the most there can be. Revoke one first.")
        raise ValidationError(text.format(count=TOKENS_OF_A_HUB))


def _record(token: ApiToken, *, by: User | None, action: str, details: dict[str, Any]) -> None:
    record.write(
        hub=token.hub,
        by=by,
        action=action,
        kind="token",
        object_id=str(token.pk),
        details={"name": token.name, **details},
    )
