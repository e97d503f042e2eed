"""The public cards of municipalities that look for a partner."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.catalogue import actions as catalogue
from concivis.catalogue.cards import CardDraft, Text
from concivis.catalogue.kinds import Kind
from concivis.catalogue.models import Card
from concivis.hubs.letters import interface_language
from concivis.hubs.models import Hub
from concivis.twinning import profiles
from concivis.twinning.models import PartnerProfile

KIND = "partner_profile"
WORDS = Kind(one=_("Looking for a partner"), many=_("Looking for a partner"))
WEIGHT = 5.0  # below an office, above a single partnership


def drafts() -> Iterator[CardDraft]:
    """The cards of all profiles that everybody may see. Two queries."""
    yield from map(draft, _complete(profiles.open_profiles()))


def refresh(hub: Hub) -> None:
    """Publishes the card of the hub's profile if everybody may see it, and withdraws those of all its others."""
    shown = [draft(profile) for profile in _complete(profiles.open_profiles().filter(hub=hub))]
    catalogue.publish_many(shown)
    known = set(hub.partner_profiles.values_list("public_id", flat=True))
    catalogue.withdraw(KIND, known - {card.public_id for card in shown})


def refresh_of_hub(hub: Hub) -> None:
    """Called when a hub changes: its profile is public as long as the hub is. One query for a hub without one."""
    if hub.partner_profiles.exists():
        refresh(hub)


def expired_with_card() -> list[PartnerProfile]:
    """Profiles that nobody should find any more. Two queries."""
    stored = set(Card.objects.filter(kind=KIND).values_list("public_id", flat=True))
    if not stored:
        return []
    shown = set(profiles.open_profiles().values_list("public_id", flat=True))
    return list(PartnerProfile.objects.filter(public_id__in=stored - shown).select_related("hub"))


def draft(profile: PartnerProfile) -> CardDraft:
    place = profile.hub.place
    with translation.override(interface_language(profile.language)):
        title = gettext("%(place)s looks for a partner") % {"place": place.name}
    return CardDraft(
        kind=KIND,
        public_id=profile.public_id,
        path=f"/looking-for-a-partner/{profile.public_id}/",
        language=profile.language,
        texts={profile.language: Text(title=title, summary=profile.text, keywords=profile.hub.name)},
        hub=profile.hub_id,
        from_date=_since(profile),
        to_date=profile.expires_on,
        weight=WEIGHT,
        places=frozenset({place.pk}),
        countries=frozenset({place.country_id}),
        terms=frozenset(term.pk for term in profile.fields.all()),
    )


def _since(profile: PartnerProfile) -> date | None:
    """The day of publication where the office is; never after the last day."""
    if profile.published_at is None:
        return None
    day = profile.published_at.astimezone(ZoneInfo(profile.hub.timezone)).date()
    return min(day, profile.expires_on)


def _complete(found: QuerySet[PartnerProfile]) -> QuerySet[PartnerProfile]:
    return found.select_related("hub__place").prefetch_related("fields").order_by("pk")
