"""The public cards of processes: search finds them by what is recommended, too."""

from collections.abc import Collection, Iterator

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from concivis.catalogue import actions as catalogue
from concivis.catalogue.cards import CardDraft, Text
from concivis.catalogue.kinds import Kind
from concivis.catalogue.models import Card
from concivis.codesign.enums import ProcessState
from concivis.codesign.models import Process, Recommendation
from concivis.hubs.models import Hub
from concivis.shell import content, markdown

KIND = "process"
WORDS = Kind(
    one=_("Co-design process"),
    many=_("Co-design processes"),
    states=dict(ProcessState.choices),
    quiet_states=frozenset({ProcessState.RUNNING}),
)
CHUNK = 500
KEYWORDS_LENGTH = 4000  # characters that search reads beside title and summary


def drafts(ids: Collection[int] | None = None) -> Iterator[CardDraft]:
    """The cards of all public processes, or of those in `ids`. Five queries per five hundred."""
    public = complete(Process.objects.public())
    if ids is None:
        yield from map(draft, public.order_by("pk").iterator(CHUNK))
        return
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK):
        yield from map(draft, public.filter(pk__in=ordered[start : start + CHUNK]))


def refresh(ids: Collection[int]) -> None:
    """Publishes the cards of those that are public now, and withdraws the others'."""
    for start in range(0, len(ordered := sorted(ids)), CHUNK):
        chunk = ordered[start : start + CHUNK]
        published = list(drafts(chunk))
        catalogue.publish_many(published)
        known = Process.objects.filter(pk__in=chunk).values_list("public_id", flat=True)
        catalogue.withdraw(KIND, set(known) - {card.public_id for card in published})


def refresh_of_hub(hub: Hub) -> None:
    """Called when a hub changes: what a private hub keeps is not public."""
    if Card.objects.filter(kind=KIND, hub=hub).exists() != hub.is_published:
        refresh(hub.processes.values_list("pk", flat=True))


def complete(processes: QuerySet[Process]) -> QuerySet[Process]:
    asked = Recommendation.objects.public().prefetch_related("translations")
    return processes.select_related("hub").prefetch_related(
        "translations", "terms", Prefetch("recommendations", asked, to_attr="public_recommendations")
    )


def path(process: Process) -> str:
    return f"/codesign/{process.public_id}/"


def draft(process: Process) -> CardDraft:
    """One card; what `complete` fetches must be there."""
    return CardDraft(
        kind=KIND,
        public_id=process.public_id,
        path=path(process),
        language=process.language,
        texts=_texts(process),
        state=process.state,
        hub=process.hub_id,
        from_date=process.starts,
        to_date=process.ends,
        terms=frozenset(term.pk for term in process.terms.all()),
    )


def _texts(process: Process) -> dict[str, Text]:
    languages = [process.language, *(row.language for row in process.translations.all())]
    return {language: _text(process, language) for language in dict.fromkeys(languages)}


def _text(process: Process, language: str) -> Text:
    told = content.choose(process, process.translations.all(), [language], exactly=language).texts
    asked: list[Recommendation] = process.public_recommendations  # type: ignore[attr-defined]
    titles = [content.choose(each, each.translations.all(), [language]).texts["title"] for each in asked]
    words = " ".join(filter(None, [told["goals"], *titles, markdown.to_text(told["scope"])]))
    return Text(title=told["title"], summary=told["summary"], keywords=words[:KEYWORDS_LENGTH])
