"""Reads that several pages share."""

from django.db.models import Prefetch, QuerySet

from concivis.hubs.models import Hub
from concivis.proposals.models import Happening, Proposal, Rules
from concivis.proposals.models.proposals import ProposalQuerySet
from concivis.vocabulary.models import Term


def current_rules(hub: Hub) -> Rules | None:
    """The rules in force; None in a hub that has none, where nobody can propose. One query."""
    return hub.proposal_rules.order_by("-number").first()


def public() -> ProposalQuerySet:
    """What everybody may see."""
    return Proposal.objects.public()


def public_of(hub: Hub) -> ProposalQuerySet:
    """The same of one hub, also while the hub itself is not public: then only its members get that far."""
    return Proposal.objects.filter(hub=hub, published_at__isnull=False, hidden_at__isnull=True)


def for_list(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """With what a card or a row of a list shows: six queries whatever their number."""
    return proposals.select_related(
        "hub__place", "rules", "place__country", "tally", "origin"
    ).prefetch_related(
        "translations",
        "rules__steps",
        "pictures",
        "co_authors",
        Prefetch("terms", Term.objects.with_labels(), to_attr="labelled_terms"),
    )


def with_steps(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """With what has happened, as far as it is public, as `public_steps`. One query more."""
    steps = Happening.objects.filter(is_public=True).order_by("at", "pk")
    return proposals.prefetch_related(Prefetch("happenings", steps, to_attr="public_steps"))
