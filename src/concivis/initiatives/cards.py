"""The public cards of initiatives."""

from collections.abc import Collection, Iterator

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concivis.catalogue import actions as catalogue
from concivis.catalogue.cards import CardDraft, Text
from concivis.catalogue.enums import Support
from concivis.catalogue.kinds import Kind
from concivis.catalogue.models import Card
from concivis.directory.models import Organisation
from concivis.hubs.models import Hub
from concivis.initiatives.enums import InitiativeKind, Stage
from concivis.initiatives.models import Initiative, Involvement, Picture
from concivis.shell import markdown

KIND = "initiative"
WORDS = Kind(
    one=_("Initiative"),
    many=_("Initiatives"),
    states=dict(Stage.choices),
    formats=dict(InitiativeKind.choices),
    quiet_states=frozenset({Stage.RUNNING}),
)
CHUNK = 500
KEYWORDS_LENGTH = 4000  # characters of the story that search reads


def drafts(ids: Collection[int] | None = None) -> Iterator[CardDraft]:
    """The cards of all public initiatives, or of those in `ids`. Eight queries per five hundred."""
    public = Initiative.objects.public()
    if ids is None:
        yield from map(draft, complete(public).order_by("pk").iterator(CHUNK))
        return
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK):
        yield from map(draft, complete(public.filter(pk__in=ordered[start : start + CHUNK])))


def refresh(ids: Collection[int]) -> None:
    """Publishes the cards of those that are public now, and withdraws the others'."""
    for start in range(0, len(ordered := sorted(ids)), CHUNK):
        chunk = ordered[start : start + CHUNK]
        published = list(drafts(chunk))
        catalogue.publish_many(published)
        known = Initiative.objects.filter(pk__in=chunk).values_list("public_id", flat=True)
        catalogue.withdraw(KIND, set(known) - {card.public_id for card in published})


def refresh_of_hub(hub: Hub) -> None:
    """Called when a hub changes: what a private hub keeps is not public."""
    if Card.objects.filter(kind=KIND, hub=hub).exists() != hub.is_published:
        refresh(hub.initiatives.values_list("pk", flat=True))


def refresh_of_organisations(organisations: Collection[Organisation]) -> None:
    """Called when organisations changed their name, were merged or hidden: cards name them."""
    involved = Involvement.objects.filter(organisation__in=organisations)
    refresh(set(involved.values_list("initiative", flat=True)))


def path(initiative: Initiative) -> str:
    return f"/initiatives/{initiative.public_id}/"


def draft(initiative: Initiative) -> CardDraft:
    """One card; what `complete` fetches must be there."""
    places = list(initiative.places.all())
    lines = list(initiative.support_lines.all())
    return CardDraft(
        kind=KIND,
        public_id=initiative.public_id,
        path=path(initiative),
        language=initiative.language,
        texts=_texts(initiative),
        state=initiative.stage,
        format=initiative.kind,
        hub=initiative.hub_id,
        from_date=initiative.started,
        to_date=initiative.ended,
        last_confirmed=initiative.last_confirmed,
        organisations=tuple(
            {"id": each.organisation.public_id, "name": each.organisation.name}
            for each in initiative.involvements.all()
            if each.organisation and each.organisation.is_published
        ),
        places=frozenset(place.pk for place in places),
        countries=frozenset(
            [country.pk for country in initiative.countries.all()] + [place.country_id for place in places]
        ),
        terms=frozenset(term.pk for term in initiative.terms.all()),
        languages=frozenset(initiative.languages),
        needs=frozenset(Support(line.what) for line in lines if line.direction == "need"),
        offers=frozenset(Support(line.what) for line in lines if line.direction == "offer"),
        picture=_picture(initiative),
    )


def complete(initiatives: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """With all that a card needs, in a fixed number of queries."""
    involved = Involvement.objects.select_related("organisation")
    shown = Picture.objects.filter(update=None)
    return initiatives.select_related("hub").prefetch_related(
        "translations",
        "places",
        "countries",
        "terms",
        "support_lines",
        Prefetch("involvements", involved),
        Prefetch("pictures", shown, to_attr="shown_pictures"),
    )


def _texts(initiative: Initiative) -> dict[str, Text]:
    names = ", ".join(each.name or each.organisation.name for each in initiative.involvements.all())  # type: ignore[union-attr]
    said = " ".join(line.sentence for line in initiative.support_lines.all())

    def text(title: str, summary: str, story: str) -> Text:
        told = markdown.to_text(story)[:KEYWORDS_LENGTH]
        return Text(title=title, summary=summary, keywords=" ".join(filter(None, (names, said, told))))

    texts = {initiative.language: text(initiative.title, initiative.summary, initiative.story)}
    for row in initiative.translations.all():
        texts.setdefault(row.language, text(row.title, row.summary, row.story))
    return texts


def _picture(initiative: Initiative) -> str:
    pictures: list[Picture] = initiative.shown_pictures  # type: ignore[attr-defined]
    if not pictures:
        return ""
    address = reverse("initiatives:picture", args=[initiative.public_id, pictures[0].public_id])
    return "/" + address.split("/", 2)[2]  # without the language
