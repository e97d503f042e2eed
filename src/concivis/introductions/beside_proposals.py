"""What the radar says of citizens' proposals: beside the form, and below a public one. Proposals and initiatives alike;
nobody is introduced to anybody.
"""

from django.http import HttpRequest
from django.template.loader import render_to_string

from concivis.catalogue import radar
from concivis.introductions import explaining, index, queries
from concivis.introductions.beside import SHORTEST
from concivis.proposals.hooks import Written
from concivis.proposals.models import Proposal

KIND = "proposal"
SIMILAR = (radar.Kind.PARALLEL,)  # what else is done in the same city is no news beside a proposal to it


def beside_form(request: HttpRequest, written: Written) -> str:
    """What is proposed or done already. Reads public cards only."""
    if len(f"{written.title}{written.summary}".strip()) < SHORTEST:
        return ""
    return _render(
        queries.findings_for(entry_of(written), kinds=index.KINDS, only=SIMILAR), while_writing=True
    )


def below_page(request: HttpRequest, proposal: Proposal) -> str:
    """Others like it. Nothing of who reads is in it. Ten queries at most."""
    return _render(
        queries.findings_for_card(KIND, proposal.public_id, kinds=index.KINDS, only=SIMILAR),
        while_writing=False,
    )


def entry_of(written: Written) -> radar.Entry:
    """A form as the radar reads it."""
    place = written.place
    return radar.Entry(
        id=f"{KIND}:{written.proposal.public_id}" if written.proposal else "",
        hub=written.hub.slug,
        kind=KIND,
        texts={written.language or "": radar.Text(written.title, f"{written.summary}\n{written.body}")},
        countries=frozenset([place.country_id]) if place else frozenset(),
        places=(radar.Place(place.public_id, place.country_id, place.latitude, place.longitude),)
        if place
        else (),
        themes=frozenset(term.code for term in written.terms if term.scheme_id == radar.Tag.THEME),
    )


def _render(alike: list[queries.Alike], *, while_writing: bool) -> str:
    if not alike:
        return ""
    context = {"found": explaining.told(alike), "while_writing": while_writing}
    return render_to_string("introductions/_beside_proposal.html", context)
