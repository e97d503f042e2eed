"""Reads of newsletters."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils.translation import gettext

from concivis.hubs.letters import interface_language
from concivis.hubs.models import Hub
from concivis.mailings.models import Letter, Mailing
from concivis.newsletter.enums import IssueState, Rhythm
from concivis.newsletter.models import Issue, IssueText, Subscription


def readers(hub: Hub) -> QuerySet[Subscription]:
    """Who gets the office's newsletter."""
    confirmed = Subscription.objects.filter(hub=hub, rhythm=Rhythm.NEWSLETTER)
    return confirmed.exclude(confirmed_at=None).order_by("pk")


def readers_by_language(hub: Hub) -> dict[str, int]:
    """{language: addresses}, most first. One query."""
    counted = readers(hub).order_by().values_list("language").annotate(many=Count("email", distinct=True))
    return dict(sorted(counted, key=lambda pair: -pair[1]))


def languages_of(hub: Hub) -> list[str]:
    """In which a newsletter should be written: the office's own, then those of its readers. One query."""
    own = interface_language(hub.language)
    return [own, *(language for language in readers_by_language(hub) if language != own)]


def issues(hub: Hub) -> QuerySet[Issue]:
    """All newsletters of the office with their texts, newest first. Two queries."""
    return Issue.objects.filter(hub=hub).select_related("hub").prefetch_related("texts")


def public_issues(hub: Hub) -> QuerySet[Issue]:
    return issues(hub).filter(state=IssueState.SENT)


def all_public_issues() -> QuerySet[Issue]:
    """Of all public offices, with their texts. Two queries."""
    sent = Issue.objects.filter(state=IssueState.SENT, hub__is_published=True)
    return sent.select_related("hub").prefetch_related("texts")


def letters_by_state(issues: Iterable[Issue]) -> dict[str, dict[str, int]]:
    """{public id: {state of a letter: how many}} of those that were sent. One query."""
    letters = Letter.objects.filter(
        mailing__kind="newsletter", mailing__object_id__in=[issue.public_id for issue in issues]
    )
    counted: dict[str, dict[str, int]] = {}
    for issue, state, many in letters.values_list("mailing__object_id", "state").annotate(Count("pk")):
        counted.setdefault(issue, {})[state] = many
    return counted


def subscriptions_by(hub: Hub, column: str) -> dict[str, int]:
    """{value of the column: confirmed subscriptions of the office}. One query."""
    confirmed = Subscription.objects.filter(hub=hub).exclude(confirmed_at=None).order_by(column)
    return dict(confirmed.values_list(column).annotate(Count("pk")))


def mailing_of(issue: Issue) -> Mailing | None:
    return Mailing.objects.filter(kind="newsletter", object_id=issue.public_id).first()


def text_for(issue: Issue, language: str) -> IssueText:
    """What stands around the items for a reader of `language`: in it, else in the office's, else in any. Reads
    prefetched texts; fields that are empty are filled from the next best."""
    by_language = {text.language: text for text in issue.texts.all()}
    order = [language, interface_language(issue.hub.language), *by_language]
    candidates = [by_language[each] for each in dict.fromkeys(order) if each in by_language]
    best = IssueText(issue=issue, language=language)
    for field in ("subject", "greeting", "closing"):
        setattr(best, field, next((found for each in candidates if (found := getattr(each, field))), ""))
    return best


def obstacles(issue: Issue) -> list[str]:
    """Why it cannot be sent, in sentences; none: it can. Four queries."""
    found = []
    if not issue.items.filter(is_included=True).exists():
        found.append(
            gettext("Nothing is in this newsletter. Choose what it tells, or write something of your own.")
        )
    texts = {text.language: text for text in issue.texts.all()}
    own = interface_language(issue.hub.language)
    if own not in texts or not texts[own].subject:
        name = dict(settings.LANGUAGES)[own]
        found.append(gettext("The subject in %(language)s is missing.") % {"language": name})
    if not issue.hub.is_published:
        found.append(gettext("The office is not public yet; its newsletter would lead nowhere."))
    if not readers(issue.hub).exists():
        found.append(gettext("Nobody has subscribed yet."))
    return found
