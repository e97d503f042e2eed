"""Reads of enquiries, and what of them needs attention."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.accounts.models import User
from concivis.desk.actions import enquiries as actions
from concivis.desk.enums import Channel, Outcome
from concivis.desk.models import Enquiry
from concivis.hubs import hooks, letters, matters, record_words, webhooks
from concivis.hubs.matters import Matter, Urgency
from concivis.hubs.models import Hub, today_in
from concivis.hubs.permissions import Permission

DESK = Permission.WORK_AT_DESK
SORTS = {
    "received": ("received_at", "pk"),
    "-received": ("-received_at", "-pk"),
    "subject": ("subject", "pk"),
    "-subject": ("-subject", "pk"),
    "due": ("due_on", "pk"),
    "-due": ("-due_on", "-pk"),
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which of an office's enquiries. `state`: "open", "waiting" (for a word of the office), "overdue", "closed" or ""
    for all. `assignee`: a user's id, 0: nobody's, None: all. `since`, `until`: days on which they came."""

    text: str = ""
    state: str = ""
    topic: str = ""
    channel: str = ""
    assignee: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    sort: str = ""


def register() -> None:
    kind = matters.Kind(actions.KIND, _("Enquiries"), settle=_settle, reopen=_reopen, assign=_assign)
    matters.register_kind(kind)
    hooks.matters.append(found)
    for action, words in {
        "enquiry.noted": _("noted an enquiry"),
        "enquiry.received": _("received an enquiry"),
        "enquiry.changed": _("changed what is noted of an enquiry"),
        "enquiry.assigned": _("said who sees to an enquiry"),
        "enquiry.note_added": _("added a note to an enquiry"),
        "enquiry.answered": _("answered an enquiry"),
        "enquiry.message_came": _("received a message in an enquiry"),
        "enquiry.letter_sent": _("keeps a first letter at the desk until it is answered"),
        "enquiry.closed": _("closed an enquiry"),
        "enquiry.reopened": _("reopened an enquiry"),
        "enquiry.link_made": _("made a link for the asker of an enquiry"),
        "enquiry.consent_asked": _("asked whether an enquiry may be handed on"),
        "enquiry.consent_given": _("learned that an enquiry may be handed on"),
        "enquiry.consent_refused": _("learned that an enquiry may not be handed on"),
        "enquiry.handover_stopped": _("no longer intends to hand an enquiry on"),
        "enquiry.handed_over": _("handed an enquiry on"),
        "enquiry.forgotten": _("removed what was kept of an asker"),
        "mails.taken_in": _("took mails in: {made} new enquiries, {threaded} answers"),
        "text_block.made": _("wrote a text for answers"),
        "text_block.changed": _("changed a text for answers"),
        "text_block.deleted": _("deleted a text for answers"),
        "desk.rules": _("changed the rules of the desk"),
    }.items():
        record_words.register(action, words)
    for event, label in {
        "enquiry.received": _("An enquiry came in"),
        "enquiry.answered": _("An enquiry was answered"),
        "enquiry.message_received": _("An asker wrote again"),
        "enquiry.closed": _("An enquiry was closed"),
        "enquiry.reopened": _("An enquiry was reopened"),
        "enquiry.forgotten": _("What was kept of an asker was removed"),
    }.items():
        webhooks.register_event(event, label)


def of(hub: Hub, wanted: Wanted | None = None) -> QuerySet[Enquiry]:
    """Without those that nobody has confirmed. With the assignee; one query."""
    asked = wanted or Wanted()
    rows = Enquiry.objects.filter(hub=hub, is_confirmed=True).select_related("assignee")
    rows = rows.filter(_state(hub, asked.state), _words(asked.text), _days(asked))
    for name in ("topic", "channel"):
        if getattr(asked, name):
            rows = rows.filter(**{name: getattr(asked, name)})
    if asked.assignee is not None:
        rows = rows.filter(assignee=asked.assignee or None)
    return rows.order_by(*SORTS.get(asked.sort, SORTS["-received"]))


def office_url(hub: Hub, enquiry: Enquiry) -> str:
    """The page in the office, in full."""
    with translation.override(letters.interface_language(hub.language)):
        return settings.BASE_URL + reverse("desk:enquiry", args=[hub.slug, enquiry.public_id])


def topics(hub: Hub) -> list[str]:
    """Those the office has used, by name. One query."""
    used = Enquiry.objects.filter(hub=hub, is_confirmed=True).exclude(topic="")
    return list(used.order_by("topic").values_list("topic", flat=True).distinct())


def found(hub: Hub) -> Iterator[Matter]:
    """The open ones: by the day that was promised while the asker waits for a word, at once where none was; else until
    they are closed. One query.

    A first letter of the office is none before its answer comes: that it waits is what twinning reminds of.
    """
    rows = Enquiry.objects.filter(hub=hub, closed_at=None, is_confirmed=True)
    rows = rows.exclude(channel=Channel.LETTER, asker_wrote_at=None)
    for each in rows.order_by("received_at", "pk"):
        state, why, waits_since = _waiting(each)
        promised = state != "answered" and each.due_on is not None
        yield Matter(
            kind=actions.KIND,
            key=f"enquiry-{each.public_id} {state}",
            title=each.subject,
            why=why,
            url=reverse("desk:enquiry", args=[hub.slug, each.public_id]),
            action=gettext("Open the enquiry"),
            urgency=Urgency.LATER if state == "answered" else Urgency.SOON if promised else Urgency.NOW,
            due=each.due_on if promised else None,
            since=waits_since.date(),
            object_kind=actions.KIND,
            object_id=each.public_id,
            permission=DESK,
            seen_with=DESK,
            assignee=each.assignee_id,
        )


def _waiting(enquiry: Enquiry) -> tuple[str, str, dt.datetime]:
    """(for the matter's key, why it stands there, since when)."""
    if enquiry.first_answered_at is None:
        return "new", gettext("Waits for a first answer."), enquiry.received_at
    if enquiry.asker_wrote_at is not None:
        wrote = enquiry.asker_wrote_at
        is_answer = enquiry.channel == Channel.LETTER
        why = (
            gettext("Your first letter was answered.")
            if is_answer
            else gettext("The asker has written again.")
        )
        return f"wrote {wrote:%Y%m%d%H%M%S}", why, wrote
    return "answered", gettext("Answered, but not closed."), enquiry.received_at


def _state(hub: Hub, state: str) -> Q:
    is_open = Q(closed_at__isnull=True)
    waits = is_open & (Q(first_answered_at__isnull=True) | Q(asker_wrote_at__isnull=False))
    return {
        "open": is_open,
        "waiting": waits,
        "overdue": waits & Q(due_on__lt=today_in(hub)),
        "closed": Q(closed_at__isnull=False),
    }.get(state, Q())


def _words(text: str) -> Q:
    found = Q()
    for word in text.split()[:8]:
        found &= (
            Q(subject__icontains=word)
            | Q(text__icontains=word)
            | Q(asker_name__icontains=word)
            | Q(asker_email__icontains=word)
            | Q(public_id=word.strip("[#]"))
        )
    return found


def _days(wanted: Wanted) -> Q:
    found = Q()
    if wanted.since:
        found &= Q(received_at__date__gte=wanted.since)
    if wanted.until:
        found &= Q(received_at__date__lte=wanted.until)
    return found


def _settle(*, hub: Hub, object_id: str, by: User) -> None:
    actions.close(by=by, enquiry=_one(hub, object_id), outcome=Outcome.ANSWERED)


def _reopen(*, hub: Hub, object_id: str, by: User) -> None:
    actions.reopen(by=by, enquiry=_one(hub, object_id))


def _assign(*, hub: Hub, object_id: str, to: User | None, by: User) -> None:
    actions.assign(by=by, enquiry=_one(hub, object_id), to=to)


def _one(hub: Hub, public_id: str) -> Enquiry:
    return get_object_or_404(of(hub), public_id=public_id)
