"""How every action begins and ends: the row locked; the record of each office, its programs, and letters."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from concivis.accounts.models import User
from concivis.hubs import letters, record, webhooks
from concivis.hubs.models import Hub
from concivis.introductions.models import AnswerKey, Introduction, Side
from concivis.shell import keys

KIND = "introduction"
KEY_DAYS = 365  # so that what came of it can be said later


def locked(introduction: Introduction) -> Introduction:
    """The row as it stands, kept until the transaction ends, with its sides."""
    Introduction.objects.select_for_update().get(pk=introduction.pk)
    return Introduction.objects.with_sides().get(pk=introduction.pk)


def sides_of(introduction: Introduction) -> tuple[Side, Side]:
    first, second = introduction.sides.all()
    return first, second


def noted(
    introduction: Introduction, by: User | None, action: str, *, event: bool = False, **details: Any
) -> None:
    """A line in the record of each office whose entry is concerned; `event`: its programs are told, too."""
    for hub in hubs_of(introduction):
        record.write(
            hub=hub, by=by, action=action, kind=KIND, object_id=introduction.public_id, details=details
        )
        if event:
            webhooks.emit(
                hub=hub,
                event=action,
                payload={
                    "id": introduction.public_id,
                    "state": introduction.state,
                    "outcome": introduction.outcome,
                    "entries": introduction.pair.split(),
                },
            )


def hubs_of(introduction: Introduction) -> list[Hub]:
    """In the order of their ids, so that two transactions lock their records in the same order."""
    found = {side.hub.pk: side.hub for side in sides_of(introduction) if side.hub}
    if introduction.asked_by_hub:
        found[introduction.asked_by_hub.pk] = introduction.asked_by_hub
    return [found[pk] for pk in sorted(found)]


def mail(side: Side, template: str, *, called: str, **context: Any) -> None:
    """Mails `template` to who answers for a side, with a new key, once committed."""
    if not side.email:
        return
    key = keys.new()
    AnswerKey.objects.create(
        side=side, key_hash=keys.hashed(key), expires_at=timezone.now() + timedelta(days=KEY_DAYS)
    )
    introduction = side.introduction
    other = other_side(introduction, side)
    letters.send(
        to=side.email,
        language=side.language,
        template=template,
        context={
            "introduction": introduction,
            "side": side,
            "other": other,
            "hub": side.hub or other.hub,
            "link": lambda: settings.BASE_URL + reverse("introductions:yours", args=[key]),
            "other_url": lambda: page_of(other),
            **context,
        },
        called=f"{called} {introduction.public_id}",
    )


def other_side(introduction: Introduction, side: Side) -> Side:
    return next(each for each in sides_of(introduction) if each.pk != side.pk)


def page_of(side: Side) -> str:
    """Where everybody reads about it; "" once it was deleted. Call it in the reader's language."""
    shown = side.initiative or side.organisation
    return settings.BASE_URL + shown.get_absolute_url() if shown else ""
