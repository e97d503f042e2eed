"""Reads that several pages share."""

from django.db.models import Prefetch, QuerySet

from concivis.hubs.models import Hub
from concivis.proposals.models import Proposal, Rules
from concivis.proposals.models.proposals import ProposalQuerySet
from concivis.vocabulary.models import Term


def current_rules(hub: Hub) -> Rules | None:
    """The rules in force; None in a hub that has none, where nobody can propose. One query."""
    return hub.proposal_rules.order_by("-number").first()


def public() -> ProposalQuerySet:
    """What everybody may see."""
    return Proposal.objects.public()


def for_list(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """With what a card or a row of a list shows: six queries whatever their number."""
    return proposals.select_related("hub__place", "rules", "place__country", "tally").prefetch_related(
        "translations",
        "rules__steps",
        "pictures",
        "co_authors",
        Prefetch("terms", Term.objects.with_labels(), to_attr="labelled_terms"),
    )
