"""Which organisations there are."""

from django.db.models import Q, QuerySet

from concivis.directory.models import NameKey, Organisation, OrganisationQuerySet
from concivis.directory.naming import key_of, latin
from concivis.hubs.models import Hub

LONGEST_CHAIN = 10  # merges of merges that an old address is followed through


def public() -> OrganisationQuerySet:
    """What everybody may see."""
    return Organisation.objects.public()


def in_hub(hub: Hub) -> OrganisationQuerySet:
    """All entries of an office, public or not, without those that were merged into another."""
    return Organisation.objects.standing().filter(hub=hub)


def named(found: QuerySet[Organisation], text: str) -> QuerySet[Organisation]:
    """Those of `found` one of whose names holds every word of `text`, in any script, as a beginning; or whose
    register number it is."""
    words = (key_of(text) or latin(text)).split()
    if not words:
        return found
    keys = NameKey.objects.all()
    for word in words[:8]:
        keys = keys.filter(Q(key__startswith=word) | Q(key__contains=f" {word}"))
    return found.filter(Q(pk__in=keys.values("organisation")) | Q(register_number__iexact=text.strip()))


def by_public_id(public_id: str) -> Organisation | None:
    """The organisation at an address, also at an old one from before a merge. One query each step."""
    found = Organisation.objects.select_related("hub").filter(public_id=public_id).first()
    for _step in range(LONGEST_CHAIN):
        if found is None or found.merged_into_id is None:
            break
        found = Organisation.objects.select_related("hub").filter(pk=found.merged_into_id).first()
    return found
