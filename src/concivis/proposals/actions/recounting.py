"""The numbers after the office changed what counts: at once, not at the next count."""

from django.db.models import Count, Q, Sum
from django.utils import timezone

from concivis.proposals.enums import Check, Support
from concivis.proposals.models import Proposal, Signature, Tally


def recount(proposal: Proposal) -> Tally:
    """From the rows, inside the caller's transaction. Five queries."""
    stands = Tally.objects.filter(proposal=proposal, frozen_at__isnull=False).first()
    if stands is not None:  # the signatures were reduced to these numbers
        return stands
    legal = Q(support=Support.LEGAL)
    standing = Signature.objects.filter(proposal=proposal, withdrawn_at=None, invalidation=None)
    counted = standing.aggregate(
        legal=Count("pk", filter=legal & ~Q(check_state=Check.INVALID)),
        consultative=Count("pk", filter=Q(support=Support.CONSULTATIVE) & ~Q(check_state=Check.INVALID)),
        valid=Count("pk", filter=legal & Q(check_state=Check.VALID)),
        invalid=Count("pk", filter=legal & Q(check_state=Check.INVALID)),
    )
    by_area = standing.filter(legal).exclude(check_state=Check.INVALID).exclude(area="")
    areas = dict(by_area.values_list("area").order_by("area").annotate(n=Count("pk")))
    paper = proposal.sheets.aggregate(n=Sum("valid"))["n"] or 0
    tally, _made = Tally.objects.update_or_create(
        proposal=proposal, defaults={**counted, "areas": areas, "paper": paper, "counted_at": timezone.now()}
    )
    return tally
