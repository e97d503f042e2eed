"""Under which identifier a hub publishes, and what IATI wants to know of one initiative."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.exchange.iati.checking import IDENTIFIER, WHOLE
from concivis.exchange.iati.codes import OrganisationType
from concivis.exchange.iati.gathering import facts_of
from concivis.exchange.iati.models import Disbursement, Publisher
from concivis.exchange.iati.records import Paid
from concivis.hubs import record
from concivis.hubs.models import Hub, today_in
from concivis.initiatives.models import Initiative

MOST_PAYMENTS = 200


@dataclass(frozen=True, kw_only=True)
class IatiFacts:
    """`identifier`: "" for one made of the hub's. `shares`: {country: percent}. `reporter`: who else publishes it."""

    identifier: str = ""
    shares: Mapping[str, Decimal] = field(default_factory=dict)
    paid: tuple[Paid, ...] = ()
    reporter: str = ""


def iati_facts_of(initiative: Initiative) -> IatiFacts:
    """What stands. Two queries."""
    row = facts_of(initiative)
    return IatiFacts(
        identifier=row.identifier,
        shares={code: Decimal(share) for code, share in row.shares.items()},
        paid=tuple(
            Paid(on=each.paid_on, amount=each.amount, currency=each.currency, receiver=each.receiver)
            for each in initiative.disbursements.all()
        ),
        reporter=row.reporter,
    )


@transaction.atomic
def set_publisher(*, by: User | None, hub: Hub, identifier: str, organisation_type: str) -> Publisher | None:
    """Under which identifier the hub publishes; "" ends publishing. Raises ValidationError by field."""
    identifier = identifier.strip()
    if identifier and not IDENTIFIER.match(identifier):
        raise ValidationError({"identifier": _("The identifier may not hold spaces, /, &, | or ?.")})
    if organisation_type not in OrganisationType.values:
        raise ValidationError({"organisation_type": _("Choose the kind of organisation.")})
    publisher = None
    if identifier:
        said = {"identifier": identifier, "organisation_type": organisation_type}
        publisher, _made = Publisher.objects.update_or_create(hub=hub, defaults=said)
    else:
        Publisher.objects.filter(hub=hub).delete()
    record.write(hub=hub, by=by, action="iati.publisher", kind="hub", object_id=hub.public_id)
    return publisher


@transaction.atomic
def write_facts(*, by: User | None, initiative: Initiative, facts: IatiFacts) -> None:
    """Writes what IATI wants to know over what stands. Raises ValidationError by field."""
    locked = Initiative.objects.select_for_update(of=("self",)).select_related("hub").get(pk=initiative.pk)
    if not locked.is_development:
        raise ValidationError(_("This initiative is not marked as development cooperation."))
    _require_identifier(locked, facts.identifier)
    _require_shares(facts.shares)
    _require_payments(locked.hub, facts.paid)
    row = facts_of(locked)
    row.identifier, row.reporter = facts.identifier, facts.reporter[:100]
    row.shares = {code: str(share) for code, share in sorted(facts.shares.items())}
    row.save()
    locked.disbursements.all().delete()
    Disbursement.objects.bulk_create(
        Disbursement(
            initiative=locked,
            paid_on=each.on,
            amount=each.amount,
            currency=each.currency,
            receiver=each.receiver,
        )
        for each in facts.paid
    )
    record.write(hub=locked.hub, by=by, action="iati.facts", kind="initiative", object_id=locked.public_id)


def _require_identifier(initiative: Initiative, identifier: str) -> None:
    from concivis.exchange.iati.models import ActivityFacts

    if identifier and (not IDENTIFIER.match(identifier) or len(identifier) > 200):
        raise ValidationError({"identifier": _("The identifier may not hold spaces, /, &, | or ?.")})
    others = ActivityFacts.objects.filter(hub=initiative.hub, identifier=identifier).exclude(
        initiative=initiative
    )
    if identifier and others.exists():
        raise ValidationError({"identifier": _("Another initiative of yours has this identifier already.")})


def _require_shares(shares: Mapping[str, Decimal]) -> None:
    if any(not 0 <= share <= WHOLE for share in shares.values()):
        raise ValidationError({"shares": _("A share lies between 0 and 100 percent.")})
    if shares and sum(shares.values()) != WHOLE:
        raise ValidationError({"shares": _("All shares together must make 100 percent.")})


def _require_payments(hub: Hub, paid: tuple[Paid, ...]) -> None:
    if len(paid) > MOST_PAYMENTS:
        raise ValidationError(
            {"paid": _("At most %(most)s payments can be kept here.") % {"most": MOST_PAYMENTS}}
        )
    for each in paid:
        if each.on > today_in(hub):
            raise ValidationError(
                {"paid": _("A payment cannot lie in the future: %(day)s.") % {"day": each.on.isoformat()}}
            )
        if each.amount <= 0 or len(each.currency) != 3:
            raise ValidationError({"paid": _("Write an amount above zero and a currency such as EUR.")})
