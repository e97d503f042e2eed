"""Stories: what initiatives told of what happened, with pictures."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.template.defaultfilters import truncatechars
from django.template.loader import render_to_string
from django.urls import reverse

from concivis.hubs.models import Hub
from concivis.initiatives.enums import ReviewState
from concivis.initiatives.models import Picture, Update
from concivis.shell import markdown

ON_HOME = 3
SHORT = 200  # characters of a story on a card


@dataclass(frozen=True)
class Story:
    update: Update
    picture: Picture
    text: str

    @property
    def url(self) -> str:
        return f"{self.update.initiative.get_absolute_url()}#{self.update.public_id}"

    @property
    def picture_url(self) -> str:
        return reverse("initiatives:picture", args=[self.update.initiative.public_id, self.picture.public_id])


def of_hub(hub: Hub) -> QuerySet[Update]:
    """Of the hub's public initiatives, the latest first; only those with a picture."""
    pictured = Exists(Picture.objects.filter(update=OuterRef("pk")))
    shown = Update.objects.filter(pictured, initiative__hub=hub, initiative__state=ReviewState.PUBLISHED)
    return shown.select_related("initiative").prefetch_related("pictures").order_by("-date", "-pk")


def told(update: Update) -> Story:
    text = truncatechars(markdown.to_text(update.text), SHORT)
    return Story(update, next(iter(update.pictures.all())), text)


def on_home(hub: Hub) -> str:
    """For `hubs.hooks.home_pieces`. Two queries."""
    stories = [told(update) for update in of_hub(hub)[:ON_HOME]]
    if not stories:
        return ""
    return render_to_string("initiatives/stories_home.html", {"hub": hub, "stories": stories})
