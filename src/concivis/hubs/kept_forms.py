"""Forms of strangers, kept while they are filled: found again by the key in the page's address, deleted when they are
sent or too old. The model is the room's own: `hub`, `key_hash`, `answers`, `saved_at`.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext

from concivis.hubs.models import Hub
from concivis.shell import keys

DRAFT_DAYS = 30  # a form that nobody has sent is kept so long since it was last saved
LARGEST_DRAFT = 60_000  # characters
MOST_DRAFTS = 2000  # of one hub and one kind
NEVER_KEPT = frozenset(["csrfmiddlewaretoken", "drawn", "nickname", "draft", "keep", "look"])

Answers = Mapping[str, list[str]]


@transaction.atomic
def keep_draft(model: type[models.Model], *, hub: Hub, answers: Answers, key: str = "") -> str:
    """Keeps what stands in the form; the key with which it is found again (`key`, if that opens one already).

    Raises ValidationError where it is too long, or the hub holds too many.
    """
    if sum(len(text) for texts in answers.values() for text in texts) > LARGEST_DRAFT:
        raise ValidationError(gettext("This is too long to be kept."))
    known = find_draft(model, hub, key)
    if known is not None:
        known.answers = dict(answers)
        known.save(update_fields=["answers", "saved_at"])
        return key
    if model._default_manager.filter(hub=hub).count() >= MOST_DRAFTS:
        raise ValidationError(
            gettext("Nothing more can be kept here at the moment. Please send the form instead.")
        )
    made = keys.new()
    model._default_manager.create(hub=hub, key_hash=keys.hashed(made), answers=dict(answers))
    return made


def find_draft(model: type[models.Model], hub: Hub, key: str) -> Any:
    """The row, or None. One query, none without a key."""
    if not key or len(key) > keys.LONGEST:
        return None
    return model._default_manager.filter(hub=hub, key_hash=keys.hashed(key)).first()


def drop_draft(model: type[models.Model], hub: Hub, key: str) -> None:
    """It was sent."""
    model._default_manager.filter(hub=hub, key_hash=keys.hashed(key)).delete()


def forget_old(model: type[models.Model]) -> int:
    """Deletes forms that nobody sent. How many."""
    old = timezone.now() - timedelta(days=DRAFT_DAYS)
    return int(model._default_manager.filter(saved_at__lt=old).delete()[0])


def answers_of(sent: QueryDict) -> dict[str, list[str]]:
    """What of a sent form is kept: neither the token nor the buttons."""
    return {name: texts for name, texts in sent.lists() if name not in NEVER_KEPT}


def as_sent(answers: Answers, **also: str) -> QueryDict:
    """The kept answers as a form takes them."""
    data = QueryDict(mutable=True)
    for name, texts in answers.items():
        data.setlist(name, texts)
    for name, text in also.items():
        data[name] = text
    return data
