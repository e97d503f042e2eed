"""The public cards of proposals."""

from collections.abc import Collection, Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concivis.catalogue import actions as catalogue
from concivis.catalogue.cards import CardDraft, Text
from concivis.catalogue.kinds import Kind
from concivis.catalogue.models import Card
from concivis.hubs.models import Hub
from concivis.proposals.enums import State
from concivis.proposals.models import Proposal
from concivis.proposals.models.proposals import ProposalQuerySet
from concivis.shell import markdown

KIND = "proposal"
WORDS = Kind(
    one=_("Citizens’ proposal"),
    many=_("Citizens’ proposals"),
    states=dict(State.choices),
)
CHUNK = 500
KEYWORDS_LENGTH = 4000  # characters of the text that search reads


def drafts(ids: Collection[int] | None = None) -> Iterator[CardDraft]:
    """The cards of all that are to be found, or of those in `ids`. Four queries per five hundred."""
    found = _findable()
    if ids is None:
        yield from map(draft, _complete(found).order_by("pk").iterator(CHUNK))
        return
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK):
        yield from map(draft, _complete(found.filter(pk__in=ordered[start : start + CHUNK])))


def refresh(ids: Collection[int]) -> None:
    """Publishes the cards of those that are public now, and withdraws the others'."""
    for start in range(0, len(ordered := sorted(ids)), CHUNK):
        chunk = ordered[start : start + CHUNK]
        published = list(drafts(chunk))
        catalogue.publish_many(published)
        known = Proposal.objects.filter(pk__in=chunk).values_list("public_id", flat=True)
        catalogue.withdraw(KIND, set(known) - {card.public_id for card in published})


def refresh_of_hub(hub: Hub) -> None:
    """Called when a hub changes: what a private hub keeps is not public."""
    if Card.objects.filter(kind=KIND, hub=hub).exists() != hub.is_published:
        refresh(hub.proposals.values_list("pk", flat=True))


def draft(proposal: Proposal) -> CardDraft:
    """One card; what `_complete` fetches must be there."""
    places = [proposal.place] if proposal.place else []
    return CardDraft(
        kind=KIND,
        public_id=proposal.public_id,
        path=f"/proposals/{proposal.public_id}/",
        language=proposal.language,
        texts=_texts(proposal),
        state=proposal.state,
        hub=proposal.hub_id,
        from_date=proposal.published_at.date() if proposal.published_at else None,
        to_date=proposal.closes_on,
        places=frozenset(place.pk for place in places),
        countries=frozenset(place.country_id for place in places),
        terms=frozenset(term.pk for term in proposal.terms.all()),
        picture=_picture(proposal),
    )


def _findable() -> ProposalQuerySet:
    """What was withdrawn, or rejected after it had been published, keeps its page, but is not offered to anybody."""
    return Proposal.objects.public().exclude(state__in=[State.WITHDRAWN, State.REJECTED])


def _complete(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    return proposals.select_related("hub", "place").prefetch_related("translations", "terms", "pictures")


def _texts(proposal: Proposal) -> dict[str, Text]:
    def text(title: str, summary: str, body: str) -> Text:
        return Text(title=title, summary=summary, keywords=markdown.to_text(body)[:KEYWORDS_LENGTH])

    texts = {proposal.language: text(proposal.title, proposal.summary, proposal.body)}
    for row in proposal.translations.all():
        texts.setdefault(row.language, text(row.title, row.summary, row.body))
    return texts


def _picture(proposal: Proposal) -> str:
    first = next(iter(proposal.pictures.all()), None)
    if first is None:
        return ""
    address = reverse("proposals:picture", args=[proposal.public_id, first.public_id])
    return "/" + address.split("/", 2)[2]  # without the language
