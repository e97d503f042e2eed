"""The cards of hubs. Hubs live below the catalogue, so it is the catalogue that listens."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from concivis.catalogue import actions, kinds, sources
from concivis.catalogue.cards import CardDraft, Text
from concivis.hubs import hooks
from concivis.hubs.models import Hub

KIND = "hub"


def connect() -> None:
    sources.register(KIND, drafts)
    kinds.register(KIND, kinds.Kind(one=_("Office"), many=_("Offices")))
    hooks.on_hub_changed.append(refresh)


def refresh(hub: Hub) -> None:
    """Publishes one hub's card or withdraws all cards of the hub, inside the transaction that changed it."""
    if hub.is_published:
        actions.publish(draft(hub))
    else:
        actions.withdraw_of_hub(hub)


def drafts() -> Iterator[CardDraft]:
    for hub in Hub.objects.filter(is_published=True).select_related("place"):
        yield draft(hub)


def draft(hub: Hub) -> CardDraft:
    return CardDraft(
        kind=KIND,
        public_id=hub.public_id,
        path=f"/hubs/{hub.slug}/",
        language=hub.language,
        texts={hub.language: Text(title=hub.name, summary=hub.about, keywords=hub.place.name)},
        hub=hub.pk,
        weight=10.0,
        places=frozenset({hub.place_id}),
        countries=frozenset({hub.place.country_id}),
    )
