"""What others add to citizens' initiatives, each when the site starts (in an `AppConfig.ready`)."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from concivis.proposals.models import Happening, Proposal

# called with each dated step inside the transaction that makes it: whatever leaves the house leaves on_commit
on_happening: list[Callable[["Proposal", "Happening"], None]] = []

# pieces of the office's page about one, as HTML or nothing: each says in its docstring what it costs
on_office_page: list[Callable[[HttpRequest, "Proposal"], str]] = []


def happening(proposal: "Proposal", step: "Happening") -> None:
    """Whoever writes a `Happening` calls this, once; `actions.noting.happened` does."""
    for call in on_happening:
        call(proposal, step)
