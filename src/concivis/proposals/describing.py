"""A proposal in the words of schema.org, for machines that read along."""

from typing import Any

from django.urls import reverse

from concivis.proposals import showing
from concivis.proposals.models import Proposal
from concivis.shell.content import Shown
from concivis.shell.jsonld import CONTEXT
from concivis.shell.templatetags.shell import absolute_url


def jsonld(proposal: Proposal, shown: Shown) -> dict[str, Any]:
    """Of a public one fetched by `queries.for_list`; of persons only who agreed to be named."""
    url = absolute_url(proposal.get_absolute_url())
    authors = showing.authors(proposal)
    document: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "CreativeWork",
        "@id": url,
        "url": url,
        "name": shown.texts["title"],
        "abstract": shown.texts["summary"],
        "inLanguage": shown.language,
        "datePublished": proposal.published_at.isoformat() if proposal.published_at else "",
        "dateModified": proposal.changed_at.isoformat(),
        "expires": proposal.closes_on.isoformat() if proposal.closes_on else "",
        "creativeWorkStatus": str(proposal.state),
        "author": {"@type": "Person", "name": authors} if authors else None,
        "publisher": {"@type": "GovernmentOrganization", "name": proposal.hub.name},
        "interactionStatistic": {
            "@type": "InteractionCounter",
            "interactionType": "https://schema.org/EndorseAction",
            "userInteractionCount": showing.tally(proposal).counts,
        },
        "image": _image(proposal),
    }
    return {name: value for name, value in document.items() if value not in ("", [], None)}


def _image(proposal: Proposal) -> str:
    first = next(iter(proposal.pictures.all()), None)
    if first is None:
        return ""
    return absolute_url(reverse("proposals:picture", args=[proposal.public_id, first.public_id]))
