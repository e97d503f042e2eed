"""What of the directory waits for the office: who asks to look after an entry, and what nobody has confirmed."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.directory import cards, queries
from concivis.directory.enums import ClaimState
from concivis.directory.filters import STALE_AFTER, stale
from concivis.directory.models import Claim
from concivis.directory.policies import EDIT
from concivis.hubs import hooks
from concivis.hubs.matters import Kind, Matter, Urgency, register_kind
from concivis.hubs.models import Hub

KIND = "organisations"


def register() -> None:
    register_kind(Kind(KIND, _("Organisations")))
    hooks.matters.append(matters)


def matters(hub: Hub) -> Iterator[Matter]:
    """Two queries."""
    yield from _claims(hub)
    yield from _stale(hub)


def _claims(hub: Hub) -> Iterator[Matter]:
    waiting = Claim.objects.filter(organisation__hub=hub, state=ClaimState.OPEN)
    for claim in waiting.select_related("organisation"):
        yield Matter(
            kind=KIND,
            key=f"claim-{claim.public_id}",
            title=claim.organisation.name,
            why=gettext("Somebody asks to look after this entry."),
            url=reverse("directory:office_claims", args=[hub.slug]),
            action=gettext("Decide"),
            since=claim.asked_at.date(),
            object_kind=cards.KIND,
            object_id=claim.organisation.public_id,
            permission=EDIT,
            seen_with=EDIT,
        )


def _stale(hub: Hub) -> Iterator[Matter]:
    """Public ones that were confirmed once and not for a year; what never was belongs to an import, not to a day."""
    found = stale(queries.in_hub(hub).filter(is_published=True, last_confirmed__isnull=False))
    for organisation in found:
        confirmed = organisation.last_confirmed
        if confirmed is None:
            continue
        yield Matter(
            kind=KIND,
            key=f"organisation-{organisation.public_id} stale since {confirmed.isoformat()}",
            title=organisation.name,
            why=gettext("Nobody has confirmed this entry for a year."),
            url=reverse("directory:office_organisation", args=[hub.slug, organisation.public_id]),
            action=gettext("Look at it"),
            urgency=Urgency.LATER,
            since=confirmed + STALE_AFTER,
            object_kind=cards.KIND,
            object_id=organisation.public_id,
            permission=EDIT,
        )
