"""What became of what was said, as everybody may read it: heard, recommended, decided, done.

Of people there are only numbers, and none below `FEW`; of insights only counts, themes and released sentences.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from concivis.codesign.enums import InsightState
from concivis.codesign.models import (
    Answer,
    Insight,
    Measure,
    Process,
    Quote,
    Recommendation,
    Session,
)
from concivis.codesign.outcomes import MeasureState, RecommendationState, Verdict
from concivis.codesign.queries import Fate
from concivis.hubs.models import today_in
from concivis.shell import content
from concivis.shell.content import Shown
from concivis.vocabulary.models import TermLabel

FEW = 5  # of a smaller number nothing more is said than that it is small
MOST_QUOTES = 30


@dataclass(frozen=True)
class Heard:
    """None: fewer than five, and not told."""

    sessions: int
    people: int | None
    insights: int | None
    themes: list[tuple[str, int]]  # (theme in the reader's words, insights), the most first; none below five
    needs: list[tuple[str, int]]
    quotes: list[Quote]


@dataclass(frozen=True)
class Decided:
    answer: Answer
    told: Shown
    is_latest: bool


@dataclass(frozen=True)
class Promised:
    measure: Measure
    told: Shown
    is_late: bool


@dataclass(frozen=True)
class Asked:
    """A recommendation with everything that followed."""

    recommendation: Recommendation
    told: Shown
    theme: str
    supporting: int | None  # insights; None: fewer than five
    themes: list[str]  # of what supports it
    quotes: list[Quote]
    answers: list[Decided]  # the latest first
    measures: list[Promised]
    is_late: bool  # the answer

    @property
    def answer(self) -> Decided | None:
        return self.answers[0] if self.answers else None

    @property
    def tone(self) -> str:
        return tone_of(self.recommendation, self.answer.answer if self.answer else None, late=self.is_late)

    @property
    def done(self) -> int:
        return sum(each.measure.state == MeasureState.DONE for each in self.measures)


@dataclass(frozen=True)
class Account:
    """The account that is given of a process."""

    heard: Heard
    asked: list[Asked]
    figures: dict[str, int] = field(default_factory=dict)


def account_of(process: Process) -> Account:
    """Fifteen queries, however much there is."""
    asked = asked_of(process)
    return Account(heard_in(process), asked, _figures(asked))


def asked_of(process: Process, *, public: bool = True) -> list[Asked]:
    """The recommendations in their order; `public`: only what was handed over. Nine queries."""
    rows = process.recommendations.public() if public else process.recommendations.all()
    found = list(complete(rows).order_by("number"))
    labels = theme_labels(_themes_of(found))
    today = today_in(process.hub)
    return [_asked(each, labels, today) for each in found]


def told(recommendation: Recommendation, process: Process) -> Asked:
    """One recommendation, whatever its state. Ten queries."""
    found = complete(Recommendation.objects.filter(pk=recommendation.pk)).get()
    found.process = process
    return _asked(found, theme_labels(_themes_of([found])), today_in(process.hub))


def complete(rows: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
    """With all that `asked_of` tells of them."""
    answers = Answer.objects.prefetch_related("translations").order_by("-version")
    measures = Measure.objects.prefetch_related("translations", "steps").order_by("due", "pk")
    insights = Insight.objects.exclude(state=InsightState.ASIDE).prefetch_related("terms", "quotes")
    return rows.select_related("theme").prefetch_related(
        "translations",
        Prefetch("answers", answers),
        Prefetch("measures", measures),
        Prefetch("insights", insights),
        "clusters",
        Prefetch("clusters__members__insight", insights),
    )


def heard_in(process: Process) -> Heard:
    """Six queries."""
    insights = Insight.objects.filter(process=process).exclude(state=InsightState.ASIDE)
    held = Session.objects.filter(process=process, cancelled_at=None, attended__isnull=False)
    people = held.aggregate(people=Sum("attended"))["people"] or 0
    themes = Counter(
        dict(
            insights.filter(terms__scheme="theme")
            .order_by()
            .values_list("terms")
            .annotate(number=Count("pk", distinct=True))
        )
    )
    needs = dict(insights.exclude(need="").order_by().values_list("need").annotate(Count("pk")))
    words = dict(Insight._meta.get_field("need").flatchoices)
    labels = theme_labels(themes)
    quotes = Quote.objects.filter(insight__process=process).exclude(insight__state=InsightState.ASIDE)
    return Heard(
        sessions=held.count(),
        people=many(people),
        insights=many(insights.count()),
        themes=_told((labels.get(pk, ""), number) for pk, number in themes.items()),
        needs=_told((str(words[need]), number) for need, number in needs.items()),
        quotes=list(quotes.order_by("-released_on", "-pk")[:MOST_QUOTES]),
    )


def many(number: int) -> int | None:
    """The number, or nothing where it is so small that it could tell of people."""
    return number if number >= FEW else None


def theme_labels(ids: Iterable[int]) -> dict[int, str]:
    """{the term's key: its label in the reader's language, else English}. One query."""
    language = get_language() or "en"
    wanted = [language, content.primary(language), "en"]
    rows = TermLabel.objects.filter(term__in=set(ids), language__in=wanted)
    found = sorted(rows.values_list("term", "language", "label"), key=lambda row: -wanted.index(str(row[1])))
    return {term: label for term, _language, label in found}


def tone_of(recommendation: Recommendation, answer: Answer | None, *, late: bool) -> str:
    if recommendation.state == RecommendationState.WITHDRAWN:
        return "over"
    if answer is None:
        return "bad" if late else "notice"
    return {Verdict.ACCEPTED: "good", Verdict.IN_PART: "notice"}.get(Verdict(answer.verdict), "over")


def supporting(recommendation: Recommendation) -> list[Insight]:
    """The insights it rests on, by themselves or through a cluster, each once; `complete` must have fetched them."""
    through = chain.from_iterable(
        (member.insight for member in cluster.members.all()) for cluster in recommendation.clusters.all()
    )
    found = {each.pk: each for each in [*recommendation.insights.all(), *through]}
    return [each for each in found.values() if each.state != InsightState.ASIDE]


def _asked(recommendation: Recommendation, labels: dict[int, str], today: dt.date) -> Asked:
    wanted = content.reader_languages()
    rests_on = supporting(recommendation)
    answers = list(recommendation.answers.all())
    waits = recommendation.state == RecommendationState.HANDED_OVER
    due = recommendation.answer_due
    return Asked(
        recommendation=recommendation,
        told=content.choose(recommendation, recommendation.translations.all(), wanted),
        theme=labels.get(recommendation.theme_id or 0, ""),
        supporting=many(len(rests_on)),
        themes=_themes(recommendation, rests_on, labels),
        quotes=[quote for insight in rests_on for quote in insight.quotes.all()],
        answers=[
            Decided(each, content.choose(each, each.translations.all(), wanted), each == answers[0])
            for each in answers
        ],
        measures=[
            Promised(
                each,
                content.choose(each, each.translations.all(), wanted),
                each.is_open and each.due < today,
            )
            for each in recommendation.measures.all()
        ],
        is_late=waits and due is not None and due < today,
    )


def _themes(recommendation: Recommendation, rests_on: Sequence[Insight], labels: dict[int, str]) -> list[str]:
    """Of its clusters, and those that at least five of its insights have."""
    of_clusters = [cluster.theme_id for cluster in recommendation.clusters.all() if cluster.theme_id]
    counted = Counter(term.pk for insight in rests_on for term in insight.terms.all())
    often = [pk for pk, number in counted.most_common() if number >= FEW]
    return [labels[pk] for pk in dict.fromkeys([*of_clusters, *often]) if pk in labels]


def _themes_of(found: Iterable[Recommendation]) -> set[int]:
    own = {each.theme_id for each in found}
    clusters = {cluster.theme_id for each in found for cluster in each.clusters.all()}
    insights = {term.pk for each in found for one in supporting(each) for term in one.terms.all()}
    return {pk for pk in own | clusters | insights if pk is not None}


def _told(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(
        ((word, number) for word, number in counts if word and number >= FEW),
        key=lambda pair: (-pair[1], pair[0]),
    )


def _figures(asked: Sequence[Asked]) -> dict[str, int]:
    answers = [each.answer.answer.verdict for each in asked if each.answer]
    measures = [promised.measure.state for each in asked for promised in each.measures]
    return {
        "recommendations": len(asked),
        "answered": len(answers),
        "accepted": sum(verdict != Verdict.REJECTED for verdict in answers),
        "measures": len(measures),
        "done": sum(state == MeasureState.DONE for state in measures),
    }


# --- of one insight, for who contributed it --------------------------------------------------------------------


def fates(insights: Sequence[Insight]) -> dict[int, list[Fate]]:
    """For `hooks.fates`: which public recommendations each insight supports, what was answered, what is done.

    {insight's key: its steps in the order of the recommendations}. Eleven queries, however many insights.
    """
    ids = {insight.pk for insight in insights}
    rows = Recommendation.objects.public().filter(
        Q(insights__in=ids) | Q(clusters__members__insight__in=ids), process__is_published=True
    )
    found: dict[int, list[Fate]] = {}
    for each in complete(rows.distinct()).select_related("process__hub").order_by("process", "number"):
        steps = list(_steps(_asked(each, {}, today_in(each.process.hub))))
        for insight in supporting(each):
            if insight.pk in ids:
                found.setdefault(insight.pk, []).extend(steps)
    return found


def _steps(asked: Asked) -> Iterator[Fate]:
    found, title = asked.recommendation, asked.told.texts["title"]
    url = found.get_absolute_url() if found.process.is_public else ""
    yield Fate(
        gettext("supports recommendation %(number)s") % {"number": found.number},
        title,
        url,
        "good",
    )
    if asked.answer is None:
        day = date_format(found.answer_due) if found.answer_due else ""
        yield Fate(
            gettext("waits for an answer"),
            gettext("%(department)s answers by %(day)s.") % {"department": found.department, "day": day},
            url,
            asked.tone,
        )
        return
    told = asked.answer.told.texts
    yield Fate(
        str(asked.answer.answer.get_verdict_display()), told["reason"] or told["text"], url, asked.tone
    )
    for promised in asked.measures:
        done = promised.measure.state == MeasureState.DONE
        yield Fate(
            gettext("measure %(state)s") % {"state": promised.measure.get_state_display()},
            promised.told.texts["title"],
            url,
            "good" if done else "bad" if promised.is_late else "",
        )
