"""The filters that the table of insights, its exports and the API share."""

from collections.abc import Callable, Mapping

from django.db.models import Q, QuerySet

from concivis.codesign.enums import Said
from concivis.codesign.models import Connector, Insight, InsightText

WORDS = 6


def narrowed(insights: QuerySet[Insight], wanted: Mapping[str, str]) -> QuerySet[Insight]:
    """Those that fit all of `wanted`; each of the filter's names at most once."""
    for name, value in wanted.items():
        insights = FILTERS[name](insights, value)
    return insights


def _words(insights: QuerySet[Insight], text: str) -> QuerySet[Insight]:
    for word in text.split()[:WORDS]:
        translated = InsightText.objects.filter(text__icontains=word)
        insights = insights.filter(Q(text__icontains=word) | Q(pk__in=translated.values("of")))
    return insights


FILTERS: Mapping[str, Callable[[QuerySet[Insight], str], QuerySet[Insight]]] = {
    "q": _words,
    "process": lambda rows, value: rows.filter(process__public_id=value),
    "session": lambda rows, value: rows.filter(session__public_id=value),
    "connector": lambda rows, value: rows.filter(connector__public_id=value),
    "theme": lambda rows, value: rows.filter(terms__scheme="theme", terms__code=value),
    "need": lambda rows, value: rows.filter(need=value),
    "state": lambda rows, value: rows.filter(state=value),
    "language": lambda rows, value: rows.filter(language=value),
}


def of_roster(connectors: QuerySet[Connector], wanted: Mapping[str, str]) -> QuerySet[Connector]:
    """By name or community, language and state: what they volunteered, nothing else."""
    if text := wanted.get("q"):
        said = Q(volunteered__kind=Said.COMMUNITY, volunteered__value__icontains=text)
        found = Connector.objects.filter(Q(name__icontains=text) | said)
        connectors = connectors.filter(pk__in=found.values("pk"))
    if tag := wanted.get("language"):
        spoken = Connector.objects.filter(volunteered__kind=Said.LANGUAGE, volunteered__value=tag)
        connectors = connectors.filter(pk__in=spoken.values("pk"))
    if state := wanted.get("state"):
        connectors = connectors.filter(state=state)
    return connectors
