"""Reads of enquiries, and what of them needs attention."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.accounts.models import User
from concivis.desk.actions import enquiries as actions
from concivis.desk.enums import Outcome
from concivis.desk.models import Enquiry, Entry
from concivis.hubs import hooks, matters, record_words
from concivis.hubs.matters import Matter, Urgency
from concivis.hubs.models import Hub
from concivis.hubs.permissions import Permission
from concivis.hubs.record import utc_text

DESK = Permission.WORK_AT_DESK


def register() -> None:
    kind = matters.Kind(actions.KIND, _("Enquiries"), settle=_settle, reopen=_reopen, assign=_assign)
    matters.register_kind(kind)
    hooks.matters.append(found)
    record_words.register("enquiry.noted", _("noted an enquiry"))
    record_words.register("enquiry.assigned", _("said who sees to an enquiry"))
    record_words.register("enquiry.note_added", _("added a note to an enquiry"))
    record_words.register("enquiry.answered", _("answered an enquiry"))
    record_words.register("enquiry.closed", _("closed an enquiry"))
    record_words.register("enquiry.reopened", _("reopened an enquiry"))


def of(hub: Hub, *, text: str = "", state: str = "", topic: str = "") -> QuerySet[Enquiry]:
    """`state`: "open", "closed" or "" for all. With the assignee; one query."""
    rows = Enquiry.objects.filter(hub=hub).select_related("assignee")
    if state in ("open", "closed"):
        rows = rows.filter(closed_at__isnull=state == "open")
    if topic:
        rows = rows.filter(topic=topic)
    if text:
        rows = rows.filter(
            Q(subject__icontains=text) | Q(text__icontains=text) | Q(asker_name__icontains=text)
        )
    return rows


def topics(hub: Hub) -> list[str]:
    """Those the office has used, by name. One query."""
    used = Enquiry.objects.filter(hub=hub).exclude(topic="")
    return list(used.order_by("topic").values_list("topic", flat=True).distinct())


def found(hub: Hub) -> Iterator[Matter]:
    """The open ones: for now while nobody has answered, else until they are closed. One query."""
    for each in Enquiry.objects.filter(hub=hub, closed_at=None).order_by("received_at", "pk"):
        answered = each.first_answered_at is not None
        yield Matter(
            kind=actions.KIND,
            key=f"enquiry-{each.public_id} {'answered' if answered else 'new'}",
            title=each.subject,
            why=gettext("Answered, but not closed.") if answered else gettext("Waits for a first answer."),
            url=reverse("desk:enquiry", args=[hub.slug, each.public_id]),
            action=gettext("Open the enquiry"),
            urgency=Urgency.LATER if answered else Urgency.NOW,
            due=each.due_on,
            since=each.received_at.date(),
            object_kind=actions.KIND,
            object_id=each.public_id,
            permission=DESK,
            seen_with=DESK,
            assignee=each.assignee_id,
        )


def personal_data(user: User) -> dict[str, Any]:
    """What `user` wrote at the desk. One query."""
    wrote = Entry.objects.filter(by=user).order_by("at")
    return {"enquiry_entries": [{"at": utc_text(each.at), "text": each.text} for each in wrote]}


def _settle(*, hub: Hub, object_id: str, by: User) -> None:
    actions.close(
        by=by, enquiry=get_object_or_404(Enquiry, hub=hub, public_id=object_id), outcome=Outcome.ANSWERED
    )


def _reopen(*, hub: Hub, object_id: str, by: User) -> None:
    actions.reopen(by=by, enquiry=get_object_or_404(Enquiry, hub=hub, public_id=object_id))


def _assign(*, hub: Hub, object_id: str, to: User | None, by: User) -> None:
    actions.assign(by=by, enquiry=get_object_or_404(Enquiry, hub=hub, public_id=object_id), to=to)
