"""The numbers after the office changed what counts: at once, not at the next count."""

from concivis.proposals import counting, numbers
from concivis.proposals.models import Proposal, Tally


def recount(proposal: Proposal) -> Tally:
    """From the rows, inside the caller's transaction; says so where a number of the rules is reached now."""
    tally = numbers.recount(proposal)
    counting.reach_crossed([proposal.pk])
    return tally
