"""The letter of a watch: what was published or changed, within what the reader wants, since the letter before."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache, partial

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from concivis.hubs.letters import interface_language
from concivis.hubs.models import Hub
from concivis.mailings.composing import LEAVE, MANAGE, Finished, message
from concivis.mailings.models import Letter
from concivis.newsletter import happenings
from concivis.newsletter.actions import subscribing
from concivis.newsletter.enums import Section
from concivis.newsletter.finding import found_by
from concivis.newsletter.happenings import Happening
from concivis.newsletter.interests import Interests
from concivis.newsletter.models import Subscription
from concivis.newsletter.writing import ShownItem, ShownSection

KIND = "watch"
SHOWN = 50


def object_id(subscription: Subscription, now: datetime) -> str:
    return f"{subscription.rhythm[0]}{subscription.public_id}{now:%y%m%d%H%M%S%f}"


def compose(letter: Letter) -> EmailMultiAlternatives | None:
    """For `mailings.kinds`. None for who has left, or where nothing of interest is new."""
    subscription = (
        Subscription.objects.select_related("hub")
        .filter(public_id=letter.reference, told_before__isnull=False)
        .first()
    )
    if subscription is None or subscription.told_before is None or subscription.told_until is None:
        return None
    happened = _between(subscription.hub_id, subscription.told_before, subscription.told_until)
    new = _of_interest(happened, subscription)
    if not new:
        return None
    leave, manage = subscribing.leave_url(subscription), subscribing.manage_url(subscription)
    return message(_finish(subscription, new), letter.address, {LEAVE: leave, MANAGE: manage})


def _of_interest(happened: Sequence[Happening], subscription: Subscription) -> list[Happening]:
    occasion = str(subscription.told_until)

    def said(words: str, card: int) -> bool:
        return card in found_by(words, subscription.language, occasion)

    wanted = _all_interests(subscription)
    return [
        each
        for each in happened
        if any(interests.match(each.facets, partial(said, card=each.card)) for interests in wanted)
    ]


def _all_interests(subscription: Subscription) -> list[Interests]:
    """Those of all watches that this address has together with it: it gets one letter."""
    same = Subscription.objects.filter(
        hub=subscription.hub, email=subscription.email, rhythm=subscription.rhythm
    ).exclude(confirmed_at=None)
    return [Interests.of(each.interests) for each in same]


def _finish(subscription: Subscription, new: Sequence[Happening]) -> Finished:
    context = {
        "office": subscription.hub.name if subscription.hub else "",
        "language": subscription.language,
        "sections": _sections(subscription, new[:SHOWN]),
        "count": len(new),
        "more": max(0, len(new) - SHOWN),
        "leave_url": LEAVE,
        "manage_url": MANAGE,
    }
    subject, _line, text = render_to_string("newsletter/letters/watch.txt", context).strip().partition("\n\n")
    subject = " ".join(subject.split())
    html = render_to_string("newsletter/letters/watch.html", {**context, "subject": subject})
    return Finished(subject, text, html)


def _sections(subscription: Subscription, new: Sequence[Happening]) -> list[ShownSection]:
    return [
        ShownSection(
            str(section.label), [_shown(each, subscription) for each in new if each.section == section]
        )
        for section in (Section.NEW, Section.CHANGED)
        if any(each.section == section for each in new)
    ]


def _shown(happening: Happening, subscription: Subscription) -> ShownItem:
    own = interface_language(subscription.hub.language) if subscription.hub else settings.LANGUAGE_CODE
    order = [subscription.language, own, *happening.texts]
    language = next(each for each in order if each in happening.texts)
    heading, text = happening.texts[language]
    url = f"{settings.BASE_URL}/{subscription.language}{happening.path}"
    return ShownItem(heading, text, language, url, is_own=False)


@lru_cache(maxsize=64)
def _between(hub: int | None, since: datetime, until: datetime) -> list[Happening]:
    """Kept, as those who are told together have mostly been told together before."""
    return happenings.between(Hub.objects.get(pk=hub) if hub else None, since, until)
