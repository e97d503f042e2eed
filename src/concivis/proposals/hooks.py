"""What others add to citizens' initiatives, each when the site starts (in an `AppConfig.ready`)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from concivis.hubs.models import Hub
    from concivis.places.models import Place
    from concivis.proposals.models import Happening, Proposal
    from concivis.vocabulary.models import Term


@dataclass(frozen=True, kw_only=True)
class Written:
    """What stands in a form so far; what is missing or not understood is empty. `proposal`: that being edited."""

    hub: "Hub"
    title: str = ""
    summary: str = ""
    body: str = ""
    language: str = ""
    place: "Place | None" = None
    terms: "tuple[Term, ...]" = ()
    proposal: "Proposal | None" = None


# what stands beside the form while it is filled ("others want the same"), as HTML or nothing. Asked again whenever the
# person pauses, and by a button where no scripts run
beside_form: list[Callable[[HttpRequest, Written], str]] = []

# pieces of the public page, below its facts, as HTML or nothing. The front cache keeps the page: nothing of who reads
# may be in it
on_page: list[Callable[[HttpRequest, "Proposal"], str]] = []

# called with each dated step inside the transaction that makes it: whatever leaves the house leaves on_commit
on_happening: list[Callable[["Proposal", "Happening"], None]] = []

# pieces of the office's page about one, as HTML or nothing: each says in its docstring what it costs
on_office_page: list[Callable[[HttpRequest, "Proposal"], str]] = []


def happening(proposal: "Proposal", step: "Happening") -> None:
    """Whoever writes a `Happening` calls this, once; `actions.noting.happened` does."""
    for call in on_happening:
        call(proposal, step)
