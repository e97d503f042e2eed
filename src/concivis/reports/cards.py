"""The public card of a published report: search and the hub's pages find it."""

from collections.abc import Collection, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from concivis.catalogue import actions as catalogue
from concivis.catalogue.cards import CardDraft, Text
from concivis.catalogue.kinds import Kind
from concivis.hubs.models import Hub
from concivis.reports.enums import ReportState
from concivis.reports.models import Report
from concivis.shell.markdown import to_text

KIND = "report"
WORDS = Kind(
    one=_("Yearly report"),
    many=_("Yearly reports"),
    states={ReportState.PUBLISHED.value: ReportState.PUBLISHED.label},
    quiet_states=frozenset({ReportState.PUBLISHED.value}),
)
SUMMARY = 400  # characters


def drafts() -> Iterator[CardDraft]:
    """The cards of all public reports. Two queries."""
    yield from map(draft, _public())


def refresh(ids: Collection[int]) -> None:
    """Publishes the cards of those that are public now, and withdraws the others'."""
    published = [draft(report) for report in _public().filter(pk__in=ids)]
    catalogue.publish_many(published)
    known = Report.objects.filter(pk__in=ids).values_list("public_id", flat=True)
    catalogue.withdraw(KIND, set(known) - {card.public_id for card in published})


def refresh_of_hub(hub: Hub) -> None:
    """Called when a hub changes: what a private hub keeps is not public, and its address may be another."""
    refresh(list(Report.objects.filter(hub=hub).values_list("pk", flat=True)))


def path(report: Report) -> str:
    return f"/hubs/{report.hub.slug}/reports/{report.year}/"


def draft(report: Report) -> CardDraft:
    texts = {report.language: _text(report.title, report.foreword)}
    for row in report.translations.all():
        texts.setdefault(row.language, _text(row.title or report.title, row.foreword))
    return CardDraft(
        kind=KIND,
        public_id=report.public_id,
        path=path(report),
        language=report.language,
        texts=texts,
        state=report.state,
        hub=report.hub_id,
        from_date=report.first,
        to_date=report.last,
        places=frozenset({report.hub.place_id}),
        countries=frozenset({report.hub.place.country_id}),
    )


def _text(title: str, foreword: str) -> Text:
    return Text(title=title, summary=to_text(foreword)[:SUMMARY])


def _public() -> QuerySet[Report]:
    return (
        Report.objects.filter(state=ReportState.PUBLISHED, hub__is_published=True)
        .select_related("hub__place")
        .defer("numbers")
        .prefetch_related("translations")
        .order_by("pk")
    )
