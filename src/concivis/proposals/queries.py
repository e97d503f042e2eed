"""Reads that several pages share."""

from django.db.models import F, Prefetch, Q, QuerySet

from concivis.hubs.models import Hub
from concivis.proposals.enums import State
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


def not_admitted(hub: Hub) -> QuerySet[Proposal]:
    """What the office did not admit and everybody may read so, the latest first."""
    readable = Q(rejection_listed=True) | Q(published_at__isnull=False)
    rows = Proposal.objects.filter(readable, hub=hub, state=State.REJECTED, hidden_at__isnull=True)
    return rows.select_related("hub", "same_as__hub").order_by(F("ended_on").desc(nulls_last=True), "-pk")


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
