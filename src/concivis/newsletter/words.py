"""Newsletters and wishes in the reader's words."""

from django.conf import settings
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from concivis.catalogue import kinds
from concivis.hubs.models import Hub
from concivis.newsletter import queries
from concivis.newsletter.enums import Rhythm
from concivis.newsletter.interests import Interests
from concivis.newsletter.models import Issue, Subscription
from concivis.places.models import Country, Place
from concivis.shell.markdown import to_text
from concivis.shell.parts import Card, Fact
from concivis.vocabulary.models import Term

SUMMARY = 200  # characters


def card(issue: Issue, language: str) -> Card:
    """A newsletter that was sent, for a list. Reads prefetched texts."""
    around = queries.text_for(issue, language)
    return Card(
        title=around.subject,
        url=reverse("newsletter:issue", args=[issue.hub.slug, issue.public_id]),
        kicker=formats.date_format(issue.sent_at, "DATE_FORMAT") if issue.sent_at else "",
        summary=to_text(around.greeting)[:SUMMARY],
    )


def facts(interests: Interests) -> list[Fact]:
    """Each wish in words. A query for each sort of them, none without wishes."""
    if not interests.wanted:
        return []
    wanted = interests.wanted
    named = {
        _("Words"): [f"“{interests.words}”"] if interests.words else [],
        _("What"): [str(kinds.kind(kind).many) for kind in wanted.get("kind", ())],
        _("Countries"): _countries(wanted.get("country", ())),
        _("Places"): _places(wanted.get("place", ())),
        _("Themes"): _terms(wanted.get("term", ())),
        _("Offices"): _offices(wanted.get("hub", ())),
    }
    return [Fact(label, ", ".join(words)) for label, words in named.items() if words]


def facts_of(subscription: Subscription) -> list[Fact]:
    languages = dict(settings.LANGUAGES)
    return [
        Fact(_("Mail address"), subscription.email),
        Fact(_("From"), subscription.hub.name if subscription.hub else _("all offices here")),
        Fact(_("How often"), Rhythm(subscription.rhythm).label),
        Fact(_("Language"), languages.get(subscription.language, subscription.language)),
        *facts(Interests.of(subscription.interests)),
    ]


def _countries(codes: tuple[str, ...]) -> list[str]:
    return sorted(country.name for country in Country.objects.filter(pk__in=codes)) if codes else []


def _places(ids: tuple[str, ...]) -> list[str]:
    return sorted(place.name for place in Place.objects.filter(public_id__in=ids)) if ids else []


def _offices(slugs: tuple[str, ...]) -> list[str]:
    """Public ones: of another, a wish does not tell that it exists."""
    if not slugs:
        return []
    return sorted(Hub.objects.filter(slug__in=slugs, is_published=True).values_list("name", flat=True))


def _terms(codes: tuple[str, ...]) -> list[str]:
    if not codes:
        return []
    return sorted(term.label for term in Term.objects.filter(code__in=codes).with_labels())
