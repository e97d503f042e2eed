"""How it is known who is signed in: by an account, a passkey, or an identity service (OpenID Connect)."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.socialaccount.models import SocialAccount
from django.http import HttpRequest

from concivis.accounts.models import User
from concivis.accounts.queries import confirmed_addresses
from concivis.proposals import identity
from concivis.proposals.actions.signing import Proof
from concivis.proposals.enums import Assurance, Means
from concivis.proposals.models import Rules

BY_ACCOUNT = (Means.OPENID, Means.PASSKEY, Means.ACCOUNT)  # the surest first


def proof_of(request: HttpRequest, user: User, rules: Rules) -> Proof | None:
    """The surest of what this session shows and the rules take. None: it shows nothing of that. Two queries at most."""
    shown = _shown(request, user)
    return next((shown[means] for means in BY_ACCOUNT if means in shown and means in rules.means), None)


def address_of(user: User) -> str:
    """A mail address that the person has confirmed, the account's own first; or "". One query."""
    confirmed = confirmed_addresses(user)
    own = [each for each in confirmed if each.lower() == user.email.lower()]
    return next(iter([*own, *confirmed]), "")


def _shown(request: HttpRequest, user: User) -> dict[str, Proof]:
    shown = {Means.ACCOUNT.value: Proof(Means.ACCOUNT, Assurance.LOW)}
    for record in get_authentication_records(request, user):
        if record.get("method") == "mfa" and record.get("type") == "webauthn":
            shown[Means.PASSKEY] = Proof(Means.PASSKEY, Assurance.SUBSTANTIAL)
        if record.get("method") == "socialaccount":
            proof = _by_service(user, str(record.get("provider", "")), str(record.get("uid", "")))
            shown.update({Means.OPENID.value: proof} if proof else {})
    return shown


def _by_service(user: User, provider: str, uid: str) -> Proof | None:
    account = SocialAccount.objects.filter(user=user, provider=provider, uid=uid).first()
    if account is None:
        return None
    return Proof(Means.OPENID, identity.assurance_of(_acr(account.extra_data)), provider, uid)


def _acr(said: dict[str, Any]) -> str:
    """What the service says of how it knows the person ("acr"; OpenID Connect Core, 2), in its token before all."""
    for part in (said.get("id_token"), said.get("userinfo"), said):
        if isinstance(part, dict) and isinstance(part.get("acr"), str):
            return str(part["acr"])
    return ""
