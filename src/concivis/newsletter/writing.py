"""One reader's letter: the items that match what the reader wants, in the reader's language, as text and as HTML."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from concivis.catalogue.models import Card
from concivis.hubs.letters import interface_language
from concivis.mailings.composing import LEAVE, MANAGE, Finished, message
from concivis.mailings.models import Letter
from concivis.newsletter import queries
from concivis.newsletter.actions import subscribing
from concivis.newsletter.enums import Section
from concivis.newsletter.finding import found_by
from concivis.newsletter.interests import Interests
from concivis.newsletter.models import Issue, Item, Subscription
from concivis.shell.markdown import to_html

FINISHED_LETTERS = 256  # kept: one for each language and combination of interests


@dataclass(frozen=True)
class ShownItem:
    heading: str
    text: str
    language: str  # BCP 47, of the words
    url: str
    is_own: bool

    @property
    def html(self) -> str:
        return to_html(self.text) if self.is_own else ""


@dataclass(frozen=True)
class ShownSection:
    label: str
    items: Sequence[ShownItem]


def compose(letter: Letter) -> EmailMultiAlternatives | None:
    """For `mailings.kinds`. None for who has left, or for whom nothing of this newsletter is of interest."""
    subscriptions = _subscriptions(letter)
    if not subscriptions:
        return None
    wanted = "|".join(sorted({each.interests_key for each in subscriptions}))
    interests = tuple(Interests.of(each.interests) for each in subscriptions)
    finished = _finished(letter.mailing.object_id, letter.language, wanted, _Once(interests))
    if finished is None:
        return None
    links = {
        LEAVE: subscribing.leave_url(subscriptions[0]),
        MANAGE: subscribing.manage_url(subscriptions[0]),
    }
    return message(finished, letter.address, links)


def finish(issue: Issue, language: str, interests: Sequence[Interests]) -> Finished | None:
    """The letter for readers of one language and the same interests; None where nothing is of interest to them."""
    with translation.override(language):
        sections = sections_of(issue, language, interests)
        if not sections:
            return None
        words = queries.text_for(issue, language)
        context = {
            "hub": issue.hub,
            "issue": issue,
            "language": language,
            "words": words,
            "greeting_html": to_html(words.greeting),
            "closing_html": to_html(words.closing),
            "sections": sections,
            "view_url": settings.BASE_URL
            + reverse("newsletter:issue", args=[issue.hub.slug, issue.public_id]),
            "leave_url": LEAVE,
            "manage_url": MANAGE,
        }
        text = render_to_string("newsletter/letters/issue.txt", context)
        html = render_to_string("newsletter/letters/issue.html", context)
    return Finished(words.subject, re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", html)


def sections_of(issue: Issue, language: str, interests: Sequence[Interests] = ()) -> list[ShownSection]:
    """What is told, section by section, in `language` as far as there are words; own words go to everybody."""
    items = issue.items.filter(is_included=True).prefetch_related("texts")
    wanted = _of_interest([item for item in items if item.card_id], issue, language, interests)
    told = [item for item in items if not item.card_id or item in wanted]
    if not any(item.card_id for item in told) and any(each.wanted for each in interests):
        return []  # a reader of Ghana gets no letter that holds nothing of Ghana but greetings
    sections = [(section, [item for item in told if item.section == section]) for section in Section]
    return [
        ShownSection(str(section.label), [shown(item, issue, language) for item in found])
        for section, found in sections
        if found
    ]


def shown(item: Item, issue: Issue, language: str) -> ShownItem:
    texts = {text.language: text for text in item.texts.all()}
    order = [language, interface_language(issue.hub.language), *texts]
    text = next(texts[each] for each in order if each in texts)
    url = f"{settings.BASE_URL}/{language}{item.path}" if item.path else ""
    return ShownItem(text.heading, text.text, text.language, url, is_own=not item.card_id)


def _of_interest(
    items: Sequence[Item], issue: Issue, language: str, interests: Sequence[Interests]
) -> Sequence[Item]:
    """All of them without interests. One query where some of those are words, and those of `found_by`."""
    if not interests:
        return items
    cards = _cards_of(items) if any(each.words for each in interests) else {}

    def said(words: str, item: Item) -> bool:
        return cards.get((item.card_kind, item.card_id)) in found_by(words, language, issue.public_id)

    return [
        item for item in items if any(each.match(item.facets, partial(said, item=item)) for each in interests)
    ]


def _cards_of(items: Sequence[Item]) -> dict[tuple[str, str], int]:
    """{(kind, public id): key of the card} of those that are still public."""
    cards = Card.objects.filter(public_id__in=[item.card_id for item in items])
    return {(kind, public_id): pk for kind, public_id, pk in cards.values_list("kind", "public_id", "pk")}


def _subscriptions(letter: Letter) -> list[Subscription]:
    """All wishes of this address for this newsletter: it gets one letter."""
    found = queries.readers(letter.mailing.hub) if letter.mailing.hub else Subscription.objects.none()
    return list(found.filter(email=letter.address))


class _Once:
    """Goes beside the key of a cache without being part of it."""

    def __init__(self, interests: Sequence[Interests]) -> None:
        self.interests = interests

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Once)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=FINISHED_LETTERS)
def _finished(issue_id: str, language: str, wanted: str, interests: _Once) -> Finished | None:
    """`wanted` is the key of the interests. A newsletter that is being sent does not change any more."""
    issue = Issue.objects.select_related("hub").get(public_id=issue_id)
    return finish(issue, language, interests.interests)
