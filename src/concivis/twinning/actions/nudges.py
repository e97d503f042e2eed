"""The weekly letter about what needs attention: begun once for an office, then sent person by person."""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from concivis.accounts.models import User
from concivis.hubs import letters
from concivis.hubs.models import Hub, Membership
from concivis.hubs.roles import ROLES
from concivis.twinning.attention import Matter, attention, key_of
from concivis.twinning.models import Digest, DigestLetter, Nudge, NudgeChoice
from concivis.twinning.policies import KEEP

LETTER_EVERY = dt.timedelta(days=7)
SHOWN = 20  # matters that one letter spells out
SALT = "concivis.twinning.nudges"


@transaction.atomic
def begin_digest(*, hub: Hub) -> Digest | None:
    """Notes what is new since the last letter and for whom; None where it is too early, or nothing or nobody is.

    From then on the matters are never told again, and the letters to send stand in the database.
    """
    Hub.objects.select_for_update().get(pk=hub.pk)  # so that two processes do not begin it both
    now = timezone.now()
    if Digest.objects.filter(hub=hub, begun_at__gt=now - LETTER_EVERY).exists():
        return None
    readers = [membership.user for membership in _readers(hub)]
    matters = _new_matters(hub) if readers else []
    if not matters:
        return None
    digest = Digest.objects.create(hub=hub, begun_at=now)
    Nudge.objects.bulk_create(
        Nudge(partnership=each.partnership, reason=each.reason, about=each.about, digest=digest)
        for each in matters
    )
    DigestLetter.objects.bulk_create(DigestLetter(digest=digest, user=reader) for reader in readers)
    return digest


@transaction.atomic
def send_letter(*, letter: DigestLetter) -> bool:
    """Mails one letter, unless it was sent, or its reader or all its matters have gone; whether it was mailed.

    It is noted as sent in the transaction that hands it over: it may be lost if the machine dies, but never doubled.
    """
    locked = DigestLetter.objects.select_for_update(of=("self",)).filter(pk=letter.pk, sent_at=None)
    waiting = locked.select_related("digest__hub", "user").first()
    if waiting is None:
        return False
    hub, reader = waiting.digest.hub, waiting.user
    matters = _still_open(waiting.digest)
    wanted = _readers(hub).filter(user=reader).exists()
    if not (matters and wanted):
        waiting.delete()
        return False
    waiting.sent_at = timezone.now()
    waiting.save(update_fields=["sent_at"])
    _mail(hub, reader, matters)
    return True


@transaction.atomic
def choose_letters(*, hub: Hub, user: User, wants: bool) -> None:
    """Whether `user` gets the letters of `hub`."""
    NudgeChoice.objects.update_or_create(hub=hub, user=user, defaults={"wants": wants})


def wants_letters(hub: Hub, user: User) -> bool:
    return not NudgeChoice.objects.filter(hub=hub, user=user, wants=False).exists()


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
    return settings.BASE_URL + reverse("twinning:reminders_off", args=[token])


def _readers(hub: Hub) -> QuerySet[Membership]:
    """Who keeps the office's partnerships and has not switched the letters off."""
    roles = [role.code for role in ROLES.values() if KEEP in role.permissions]
    silent = NudgeChoice.objects.filter(hub=hub, wants=False).values("user")
    members = Membership.objects.filter(hub=hub, role__in=roles, user__is_active=True)
    return members.exclude(user__in=silent).select_related("user").order_by("pk")


def _new_matters(hub: Hub) -> list[Matter]:
    """Those that no letter has told. Attention, and one query."""
    found = attention(hub)
    told = Nudge.objects.filter(partnership__in={each.partnership.pk for each in found})
    known = _keys(told)
    return [each for each in found if each.key not in known]


def _still_open(digest: Digest) -> list[Matter]:
    keys = _keys(digest.nudges.all())
    return [each for each in attention(digest.hub) if each.key in keys]


def _keys(told: QuerySet[Nudge]) -> set[str]:
    return {key_of(*parts) for parts in told.values_list("partnership__public_id", "reason", "about")}


def _mail(hub: Hub, reader: User, matters: list[Matter]) -> None:
    language = reader.language or letters.interface_language(hub.language)
    with translation.override(language):
        off = off_url(hub, reader)
    letters.send(
        to=reader.email,
        language=language,
        template="twinning/letters/nudges.txt",
        context={
            "hub": hub,
            "matters": matters[:SHOWN],
            "more": max(0, len(matters) - SHOWN),
            "count": len(matters),
            "base": settings.BASE_URL,
            "all_url": lambda: settings.BASE_URL + reverse("twinning:office_attention", args=[hub.slug]),
            "off_url": off,
        },
        called=f"Reminder of hub {hub.pk}",
        headers={"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
