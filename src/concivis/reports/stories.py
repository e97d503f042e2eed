"""The stories of a report as a reader sees them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from concivis.catalogue import kinds
from concivis.catalogue.models import Card
from concivis.reports.models import Report, Story
from concivis.shell import content


@dataclass(frozen=True)
class ShownStory:
    """`url`: empty where the card is gone. `card_language`, `language`: BCP 47, of the title and of the sentence."""

    story: Story
    kicker: str
    title: str
    card_language: str
    sentence: content.Shown
    url: str

    @property
    def text(self) -> str:
        return self.sentence.texts["sentence"]


def shown(report: Report) -> list[ShownStory]:
    """For a report with its stories and their translations fetched. One query."""
    stories = list(report.stories.all())
    paths = _paths(report, stories)
    wanted = content.reader_languages((report.language,))
    return [_shown(story, paths, wanted) for story in stories]


def _shown(story: Story, paths: dict[tuple[str, str], str], wanted: Sequence[str]) -> ShownStory:
    language = title_language(story, wanted)
    path = paths.get((story.card_kind, story.card_id), "")
    return ShownStory(
        story,
        str(kinds.kind(story.card_kind).one),
        story.titles.get(language, ""),
        "" if language == "mul" else language,
        content.choose(story, story.translations.all(), wanted),
        f"/{get_language()}{path}" if path else "",
    )


def title_language(story: Story, wanted: Iterable[str]) -> str:
    for tag in [*wanted, story.card_language]:
        if tag in story.titles:
            return tag
    return next(iter(story.titles), "")


def _paths(report: Report, stories: Sequence[Story]) -> dict[tuple[str, str], str]:
    if not stories:
        return {}
    found = Card.objects.filter(hub=report.hub_id, public_id__in=[story.card_id for story in stories])
    return {
        (kind, public_id): path for kind, public_id, path in found.values_list("kind", "public_id", "path")
    }
