"""The weekly letter about what needs attention: begun once for an office, then sent person by person."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from concivis.accounts.models import User
from concivis.desk.models import Reminder, ReminderChoice, ReminderLetter, Told
from concivis.hubs import letters, matters
from concivis.hubs.matters import Matter
from concivis.hubs.models import Hub, Membership
from concivis.hubs.roles import ROLES

LETTER_EVERY = dt.timedelta(days=7)
SHOWN = 20  # matters that one letter spells out
SALT = (
    "concivis.twinning.nudges"  # where the letters were at home before: those in people's boxes go on working
)
EVERYTHING = frozenset(permission for role in ROLES.values() for permission in role.permissions)


@transaction.atomic
def begin(*, hub: Hub) -> Reminder | None:
    """Notes what is new since the last letter and for whom; None where it is too early, or nothing or nobody is.

    From then on the matters are never told again, and the letters to send stand in the database.
    """
    Hub.objects.select_for_update().get(pk=hub.pk)  # so that two processes do not begin it both
    now = timezone.now()
    if Reminder.objects.filter(hub=hub, begun_at__gt=now - LETTER_EVERY).exists():
        return None
    new = _new_matters(hub)
    readers = [member.user for member in _members(hub) if _of(member, new, {})]
    if not readers:
        return None
    reminder = Reminder.objects.create(hub=hub, begun_at=now)
    Told.objects.bulk_create(Told(hub=hub, reminder=reminder, key=each.key) for each in new)
    ReminderLetter.objects.bulk_create(ReminderLetter(reminder=reminder, user=reader) for reader in readers)
    return reminder


@transaction.atomic
def send_letter(*, letter: ReminderLetter) -> bool:
    """Mails one letter, unless it was sent, or its reader or all its matters have gone; whether it was mailed.

    It is noted as sent in the transaction that hands it over: it may be lost if the machine dies, but never doubled.
    """
    locked = ReminderLetter.objects.select_for_update(of=("self",)).filter(pk=letter.pk, sent_at=None)
    waiting = locked.select_related("reminder__hub", "user").first()
    if waiting is None:
        return False
    hub, reader = waiting.reminder.hub, waiting.user
    member = _members(hub).filter(user=reader).first()
    language = reader.language or letters.interface_language(hub.language)
    with translation.override(language):
        found = _of(member, _still_open(waiting.reminder), matters.assignees(hub)) if member else []
    if not found:
        waiting.delete()
        return False
    waiting.sent_at = timezone.now()
    waiting.save(update_fields=["sent_at"])
    _mail(hub, reader, language, found)
    return True


@transaction.atomic
def choose_letters(*, hub: Hub, user: User, wants: bool) -> None:
    """Whether `user` gets the letters of `hub`."""
    ReminderChoice.objects.update_or_create(hub=hub, user=user, defaults={"wants": wants})


def wants_letters(hub: Hub, user: User) -> bool:
    return not ReminderChoice.objects.filter(hub=hub, user=user, wants=False).exists()


def reader_of(token: str) -> tuple[int, int] | None:
    """(the hub's id, the person's id) of the link in a letter; None for one that we did not make."""
    try:
        hub, user = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(hub), int(user)


def off_url(hub: Hub, user: User) -> str:
    """Where the letters are switched off without signing in; in the active language."""
    token = signing.dumps([hub.pk, user.pk], salt=SALT)
    return settings.BASE_URL + reverse("desk:letters_off", args=[token])


def _members(hub: Hub) -> QuerySet[Membership]:
    """Who has not switched the letters off."""
    silent = ReminderChoice.objects.filter(hub=hub, wants=False).values("user")
    members = Membership.objects.filter(hub=hub, user__is_active=True)
    return members.exclude(user__in=silent).select_related("user").order_by("pk")


def _of(member: Membership, found: Sequence[Matter], assigned: dict[str, int]) -> list[Matter]:
    """Those that the member may act on, without what somebody else sees to."""
    role = ROLES.get(member.role)
    allowed = role.permissions if role else frozenset()
    return [
        each
        for each in found
        if each.permission in allowed
        and each.seen_with in allowed
        and (assigned.get(each.key) or each.assignee or member.user_id) == member.user_id
    ]


def _new_matters(hub: Hub) -> list[Matter]:
    """Those that no letter has told. What the sources cost, and two queries."""
    known = set(Told.objects.filter(hub=hub).values_list("key", flat=True))
    return [each for each in matters.waiting(hub, EVERYTHING) if each.key not in known]


def _still_open(reminder: Reminder) -> list[Matter]:
    keys: Collection[str] = set(reminder.told.values_list("key", flat=True))
    return [each for each in matters.waiting(reminder.hub, EVERYTHING) if each.key in keys]


def _mail(hub: Hub, reader: User, language: str, found: Sequence[Matter]) -> None:
    with translation.override(language):
        off = off_url(hub, reader)
    letters.send(
        to=reader.email,
        language=language,
        template="desk/letters/reminder.txt",
        context={
            "hub": hub,
            "matters": found[:SHOWN],
            "more": max(0, len(found) - SHOWN),
            "count": len(found),
            "base": settings.BASE_URL,
            "all_url": lambda: settings.BASE_URL + reverse("desk:today", args=[hub.slug]),
            "off_url": off,
        },
        called=f"Reminder of hub {hub.pk}",
        headers={"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
