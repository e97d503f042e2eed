"""The stories of a report: cards that the office chose, each with a sentence of its own."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.catalogue.models import Card
from concivis.reports.actions.noting import locked, noted
from concivis.reports.models import SENTENCE_LENGTH, Report, Story, StoryText
from concivis.shell import content
from concivis.shell.content import Origin

MOST_STORIES = 24


@transaction.atomic
def add(*, by: User | None, report: Report, kind: str, object_id: str, sentence: str = "") -> Story:
    """A public card of the hub, at the end. Raises ValidationError for what is not public or not of the hub."""
    changed = locked(report)
    card = (
        Card.objects.filter(hub=changed.hub, kind=kind, public_id=object_id).prefetch_related("texts").first()
    )
    if card is None:
        raise ValidationError(gettext("This is not public, or does not belong to this office."))
    if changed.stories.count() >= MOST_STORIES:
        raise ValidationError(gettext("At most %(most)s stories, please.") % {"most": MOST_STORIES})
    last = changed.stories.aggregate(last=Max("position"))["last"] or 0
    story, created = Story.objects.get_or_create(
        report=changed,
        card_kind=kind,
        card_id=object_id,
        defaults={
            "position": last + 1,
            "language": changed.language,
            "card_language": card.language,
            "titles": {text.language: text.title for text in card.texts.all()},
            "sentence": _checked(sentence),
        },
    )
    if created:
        noted(changed, by, "report.story_added")
    return story


@transaction.atomic
def say(*, by: User, story: Story, language: str, sentence: str) -> Story:
    """The office's sentence in one language; an empty one takes a translation away."""
    report = locked(story.report)
    changed = Story.objects.select_for_update().get(pk=story.pk)
    sentence = _checked(sentence)
    if language == changed.language:
        before = changed.source_texts()
        changed.sentence = sentence
        content.source_changed(changed, before)
        changed.save()
    else:
        _translate(changed, content.require_language(language), sentence)
    noted(report, by, "report.edited")
    return changed


def _translate(story: Story, language: str, sentence: str) -> None:
    if not sentence:
        story.translations.filter(language=language).delete()
        return
    StoryText.objects.update_or_create(
        of=story,
        language=language,
        defaults={"sentence": sentence, "origin": Origin.HUMAN, "of_revision": story.text_revision},
    )


@transaction.atomic
def arrange(*, by: User, report: Report, order: Sequence[int]) -> None:
    """The stories in this order, by their primary keys; what is not named stands behind."""
    changed = locked(report)
    places = {pk: place for place, pk in enumerate(order)}
    ordered = sorted(changed.stories.all(), key=lambda each: places.get(each.pk, len(places)))
    for position, story in enumerate(ordered, start=1):
        story.position = position
    Story.objects.bulk_update(ordered, ["position"])
    noted(changed, by, "report.edited")


@transaction.atomic
def remove(*, by: User, story: Story) -> None:
    report = locked(story.report)
    if Story.objects.filter(pk=story.pk).delete()[0]:
        noted(report, by, "report.story_removed")


def _checked(sentence: str) -> str:
    sentence = sentence.strip()
    if len(sentence) > SENTENCE_LENGTH:
        raise ValidationError(
            {"sentence": gettext("At most %(most)s characters, please.") % {"most": SENTENCE_LENGTH}}
        )
    return sentence
