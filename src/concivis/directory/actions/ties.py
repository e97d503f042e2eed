"""What ties an organisation to countries and towns, and which networks it belongs to."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.directory.actions.facts import TieFacts
from concivis.directory.actions.noting import noted
from concivis.directory.models import NetworkMembership, Organisation, Tie
from concivis.places.models import Country

FIRST_YEAR = 1800


@transaction.atomic
def add_tie(*, by: User | None, organisation: Organisation, facts: TieFacts) -> Tie:
    """Raises ValidationError by field for what cannot be, and for a tie that is there already."""
    tie = Tie(organisation=organisation)
    _fill(tie, facts)
    noted(organisation, by, "tie.added", country=tie.country_id, kind=tie.kind)
    return tie


@transaction.atomic
def change_tie(*, by: User | None, tie: Tie, facts: TieFacts) -> None:
    before = _values(tie)
    _fill(tie, facts)
    if _values(tie) != before:
        noted(tie.organisation, by, "tie.changed", country=tie.country_id, kind=tie.kind)


@transaction.atomic
def remove_tie(*, by: User | None, tie: Tie) -> None:
    organisation, country, kind = tie.organisation, tie.country_id, tie.kind
    tie.delete()
    noted(organisation, by, "tie.removed", country=country, kind=kind)


def _values(tie: Tie) -> list[object]:
    return [getattr(tie, field.attname) for field in Tie._meta.concrete_fields]


def _fill(tie: Tie, facts: TieFacts) -> None:
    _require_possible(facts)
    tie.kind = facts.kind
    tie.place = facts.place
    tie.country_id = facts.place.country_id if facts.place else facts.country.upper()
    tie.number, tie.unit = facts.number, facts.unit if facts.number else ""
    tie.since, tie.note, tie.source = facts.since, facts.note.strip(), facts.source.strip()
    if not Country.objects.filter(pk=tie.country_id).exists():
        raise ValidationError({"country": gettext("We know no such country.")})
    same = Tie.objects.filter(
        organisation=tie.organisation, kind=tie.kind, country=tie.country_id, place=tie.place
    )
    if same.exclude(pk=tie.pk).exists():
        raise ValidationError({"place": gettext("This tie is noted already. Change that one.")})
    tie.clean_fields(exclude=["organisation", "country", "place"])
    tie.save()


def _require_possible(facts: TieFacts) -> None:
    if not (facts.place or facts.country):
        raise ValidationError({"country": gettext("Name the country, or a town in it.")})
    if facts.place and facts.country and facts.place.country_id != facts.country.upper():
        raise ValidationError({"place": gettext("This town is not in the country you named.")})
    if facts.number is not None and facts.number < 1:
        raise ValidationError({"number": gettext("Write a number from one up, or leave it empty.")})
    if facts.number and not facts.unit:
        raise ValidationError({"unit": gettext("Say whether the number counts families or people.")})
    if facts.since is not None and not FIRST_YEAR <= facts.since <= timezone.localdate().year:
        raise ValidationError({"since": gettext("Write a year that has begun, with four digits.")})


# --- networks ----------------------------------------------------------------------------------------------


@transaction.atomic
def join_network(
    *, by: User | None, member: Organisation, network: Organisation, since: dt.date | None = None
) -> NetworkMembership:
    """Raises ValidationError where it belongs to it already, or the network is of another hub."""
    if member.pk == network.pk:
        raise ValidationError({"network": gettext("An organisation is not a member of itself.")})
    if member.hub_id != network.hub_id:
        raise ValidationError({"network": gettext("Choose a network of your own directory.")})
    if NetworkMembership.objects.filter(member=member, network=network, until=None).exists():
        raise ValidationError({"network": gettext("It is a member of this network already.")})
    membership = NetworkMembership.objects.create(member=member, network=network, since=since)
    noted(member, by, "network.joined", network=network.public_id)
    return membership


@transaction.atomic
def leave_network(*, by: User | None, membership: NetworkMembership, until: dt.date) -> None:
    """The membership ends with that day; it stays in the history."""
    if membership.since and until < membership.since:
        raise ValidationError({"until": gettext("The last day lies before the first.")})
    membership.until = until
    membership.save(update_fields=["until"])
    noted(membership.member, by, "network.left", network=membership.network.public_id)


@transaction.atomic
def remove_membership(*, by: User | None, membership: NetworkMembership) -> None:
    """It was entered by mistake."""
    member, network = membership.member, membership.network
    membership.delete()
    noted(member, by, "network.removed", network=network.public_id)
