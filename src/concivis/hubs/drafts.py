"""A hub being made: what the guided creation has asked so far, kept in the session."""

from base64 import b64decode, b64encode
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.core.files.base import ContentFile
from django.utils.text import slugify

from concivis.hubs import choices
from concivis.hubs.colours import PRESETS
from concivis.hubs.forms import LookForm
from concivis.hubs.models import RESERVED_SLUGS, Hub
from concivis.places.models import Place

KEY = "new_hub"
FIELDS = ("name", "slug", "language", "timezone", "colour")


class Draft:
    """`place` and the answers of step 2; each change is in the session at once."""

    def __init__(self, session: SessionBase) -> None:
        self.session = session
        self.answers: dict[str, Any] = dict(session.get(KEY, {}))

    @property
    def place(self) -> Place | None:
        chosen = self.answers.get("place")
        return Place.objects.select_related("country", "region").filter(public_id=chosen).first()

    def choose(self, place: Place) -> None:
        """Another city begins again; the same one keeps its answers."""
        if self.answers.get("place") != place.public_id:
            self.answers = {"place": place.public_id}
        self._keep()

    def answer(self, cleaned: dict[str, Any]) -> None:
        self.answers.update({field: cleaned[field] for field in FIELDS})
        self._keep()

    def keep_crest(self, crest: ContentFile[bytes]) -> None:
        self.answers["crest"] = [crest.name, b64encode(crest.read()).decode()]
        self._keep()

    @property
    def crest(self) -> ContentFile[bytes] | None:
        if "crest" not in self.answers:
            return None
        name, content = self.answers["crest"]
        return ContentFile(b64decode(content), name=name)

    @property
    def is_complete(self) -> bool:
        return all(field in self.answers for field in FIELDS)

    @property
    def choices(self) -> dict[str, Any]:
        """The answers of step 2, for `actions.create_hub`."""
        return {field: self.answers[field] for field in FIELDS}

    def initial(self, place: Place) -> dict[str, Any]:
        """What step 2 proposes: answered before, else known of the place."""
        proposed = {
            "name": place.name,
            "slug": free_slug(place),
            "language": choices.language_of_country(place.country_id),
            "timezone": place.timezone or "UTC",
            "colour": next(iter(PRESETS)),
        }
        proposed.update({field: self.answers[field] for field in FIELDS if field in self.answers})
        return {**proposed, **LookForm.colour_initial(proposed["colour"])}

    def clear(self) -> None:
        self.session.pop(KEY, None)

    def _keep(self) -> None:
        self.session[KEY] = self.answers


def free_slug(place: Place) -> str:
    """The place's name as an address; with its country, its region or a number where that is taken."""
    name = slugify(place.name)[:40].strip("-") or place.public_id
    region = slugify(place.region.name)[:10] if place.region else ""
    proposals = [name, f"{name}-{place.country_id.lower()}", *([f"{name}-{region}"] if region else [])]
    proposals += [f"{name}-{number}" for number in range(2, 50)]
    taken = {*RESERVED_SLUGS, *Hub.objects.filter(slug__in=proposals).values_list("slug", flat=True)}
    return next((slug for slug in proposals if slug not in taken), "")
