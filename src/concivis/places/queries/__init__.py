"""Every reused read of places."""

from concivis.places.queries.finding import Candidate, candidates, candidates_by_name, nearby
from concivis.places.queries.suggesting import Suggestion, suggest

__all__ = ["Candidate", "Suggestion", "candidates", "candidates_by_name", "nearby", "suggest"]
