"""That a municipality looks for a partner: publishing it, changing it, renewing it, taking it back."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs import record
from concivis.hubs.models import Hub, today_in
from concivis.shell.ids import new_public_id
from concivis.twinning import profile_cards
from concivis.twinning.models import PartnerProfile
from concivis.vocabulary.models import Term

LONGEST_DAYS = 731  # two years, a leap day among them
USUAL_DAYS = 365
COLUMNS = (
    "text",
    "language",
    "countries",
    "languages",
    "smallest",
    "largest",
    "contact_email",
    "contact_public",
    "expires_on",
)


@dataclass(frozen=True, kw_only=True)
class ProfileDraft:
    """What a profile says. Empty `countries` and `languages` (codes) mean any; sizes are numbers of people."""

    text: str
    language: str  # BCP 47, of `text`
    expires_on: dt.date  # the last day on which it is shown
    fields: tuple[Term, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    smallest: int | None = None
    largest: int | None = None
    contact_email: str = ""
    contact_public: bool = False


@transaction.atomic
def publish_profile(*, by: User | None, hub: Hub, draft: ProfileDraft) -> PartnerProfile:
    """Publishes what `hub` looks for; everybody sees it as soon as the hub itself is public.

    Raises ValidationError with a sentence, also where the hub has a profile already.
    """
    Hub.objects.select_for_update().get(pk=hub.pk)
    if hub.partner_profiles.filter(withdrawn_at__isnull=True).exists():
        raise ValidationError(
            gettext("The office already has a profile. Change it, or withdraw it and write a new one.")
        )
    profile = PartnerProfile(public_id=new_public_id(), hub=hub, published_at=timezone.now())
    return _say(profile, draft, by, "partner_profile.published")


@transaction.atomic
def change_profile(*, by: User | None, profile: PartnerProfile, draft: ProfileDraft) -> PartnerProfile:
    """Makes the profile say what `draft` says. Raises ValidationError with a sentence."""
    return _say(_open(profile), draft, by, "partner_profile.changed")


@transaction.atomic
def renew_profile(*, by: User | None, profile: PartnerProfile) -> PartnerProfile:
    """Lets the profile be shown for another year from today, also after it expired."""
    profile = _open(profile)
    profile.expires_on = today_in(profile.hub) + dt.timedelta(days=USUAL_DAYS)
    profile.save(update_fields=["expires_on"])
    return _recorded(profile, by, "partner_profile.renewed")


@transaction.atomic
def withdraw_profile(*, by: User | None, profile: PartnerProfile) -> PartnerProfile:
    """Takes the profile back: nobody sees it any more, and the office may write another."""
    profile = _open(profile)
    profile.withdrawn_at = timezone.now()
    profile.save(update_fields=["withdrawn_at"])
    return _recorded(profile, by, "partner_profile.withdrawn")


def withdraw_expired() -> int:
    """Takes the cards of expired profiles out of the catalogue. Returns how many. Called by the schedule."""
    expired = profile_cards.expired_with_card()
    for profile in expired:
        with transaction.atomic():
            _recorded(profile, None, "partner_profile.expired")
    return len(expired)


def _open(profile: PartnerProfile) -> PartnerProfile:
    found = PartnerProfile.objects.select_for_update().select_related("hub").get(pk=profile.pk)
    if found.withdrawn_at is not None:
        raise ValidationError(gettext("This profile was withdrawn. Write a new one."))
    return found


def _say(profile: PartnerProfile, draft: ProfileDraft, by: User | None, action: str) -> PartnerProfile:
    _check(draft, profile.hub)
    for column in COLUMNS:
        value = getattr(draft, column)
        setattr(profile, column, list(value) if isinstance(value, tuple) else value)
    profile.save()
    profile.fields.set(draft.fields)
    return _recorded(profile, by, action)


def _check(draft: ProfileDraft, hub: Hub) -> None:
    today = today_in(hub)
    if not draft.text.strip():
        raise ValidationError({"text": gettext("Say in a few sentences what you look for.")})
    if draft.expires_on < today:
        raise ValidationError({"expires_on": gettext("This day has passed. Choose one in the future.")})
    if draft.expires_on > today + dt.timedelta(days=LONGEST_DAYS):
        raise ValidationError(
            {"expires_on": gettext("Choose a day within two years; you can renew the profile then.")}
        )
    if draft.smallest is not None and draft.largest is not None and draft.smallest > draft.largest:
        raise ValidationError(
            {"largest": gettext("The largest number of people is below the smallest. Exchange the two.")}
        )
    if draft.contact_public and not draft.contact_email:
        raise ValidationError(
            {"contact_email": gettext("Write the mail address that everybody may see, or untick the box.")}
        )


def _recorded(profile: PartnerProfile, by: User | None, action: str) -> PartnerProfile:
    profile_cards.refresh(profile.hub)
    record.write(hub=profile.hub, by=by, action=action, kind=profile_cards.KIND, object_id=profile.public_id)
    return profile
