"""Who looks after an entry, and the mailed keys with which they do so without an account."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.accounts.queries import language_of
from concivis.hubs import letters
from concivis.initiatives.actions.facts import Owner
from concivis.initiatives.actions.noting import locked, noted
from concivis.initiatives.enums import Purpose
from concivis.initiatives.models import Initiative, OwnerKey
from concivis.shell import keys

KEY_DAYS = {Purpose.CONFIRM: 7, Purpose.EDIT: 90}
LETTERS_A_DAY = 6  # with a key, to one owner about one entry


def new_key(initiative: Initiative, purpose: Purpose) -> str:
    """A key good for `KEY_DAYS`, inside the caller's transaction; earlier ones stay good until they expire."""
    key = keys.new()
    expires_at = timezone.now() + timedelta(days=KEY_DAYS[purpose])
    OwnerKey.objects.create(
        initiative=initiative, purpose=purpose, key_hash=keys.hashed(key), expires_at=expires_at
    )
    return key


def find_key(key: str, purpose: Purpose) -> OwnerKey | None:
    """The row of a key, open or not, with its initiative and hub. One query by the key's hash."""
    if len(key) > keys.LONGEST:
        return None
    found = OwnerKey.objects.select_related("initiative__hub__place__country")
    return found.filter(key_hash=keys.hashed(key), purpose=purpose).first()


def mail_owner(
    initiative: Initiative, template: str, *, called: str, purpose: Purpose = Purpose.EDIT
) -> bool:
    """Mails `template` to the owner with a new key, once committed; False where there is nobody to write to.

    The letter's context: initiative, hub, owner, `link` (to the page of the key), `base`.
    """
    if not initiative.owner_email:
        return False
    key = new_key(initiative, purpose)
    name = "initiatives:confirm" if purpose == Purpose.CONFIRM else "initiatives:own"
    letters.send(
        to=initiative.owner_email,
        language=letter_language(initiative),
        template=template,
        context={
            "initiative": initiative,
            "hub": initiative.hub,
            "link": lambda: settings.BASE_URL + reverse(name, args=[key]),
            "public_url": lambda: settings.BASE_URL + initiative.get_absolute_url(),
            "days": KEY_DAYS[purpose],
        },
        called=f"{called} {initiative.public_id}",
    )
    return True


def letter_language(initiative: Initiative) -> str:
    return (
        initiative.owner_language
        or language_of(initiative.owner_email)
        or letters.interface_language(initiative.language or initiative.hub.language)
    )


@transaction.atomic
def ask_for_link(*, initiative: Initiative, email: str) -> None:
    """Mails the owner a new link, if `email` is theirs; says to nobody whether it is. At most `LETTERS_A_DAY`."""
    known = locked(initiative)
    day_ago = timezone.now() - timedelta(days=1)
    if not email or email.strip().lower() != known.owner_email:
        return
    if known.keys.filter(made_at__gt=day_ago).count() < LETTERS_A_DAY:
        mail_owner(known, "initiatives/letters/link.txt", called="Link to initiative")


@transaction.atomic
def change_owner(*, by: User, initiative: Initiative, owner: Owner | None) -> Initiative:
    """From now on somebody else (None: nobody) looks after it; keys of the earlier owner open nothing any more.

    Raises ValidationError by field.
    """
    changed = locked(initiative)
    email = owner.email.strip().lower() if owner else ""
    if owner:
        try:
            validate_email(email)
        except ValidationError as error:
            raise ValidationError({"email": gettext("This is not a mail address.")}) from error
    changed.keys.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
    changed.owner_email, changed.owner_name = email, owner.name.strip() if owner else ""
    changed.owner_language = owner.language if owner else ""
    changed.owner = (
        User.objects.filter(emailaddress__email=email, emailaddress__verified=True, is_active=True).first()
        if email
        else None
    )
    changed.save()
    noted(changed, by, "initiative.owner_changed", {"somebody": bool(owner)})
    if owner:
        mail_owner(changed, "initiatives/letters/owner.txt", called="New owner of initiative")
    return changed
