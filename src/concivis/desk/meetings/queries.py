"""Reads of meetings."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum

from concivis.catalogue.models import Card
from concivis.desk.meetings.enums import Answer
from concivis.desk.models import Guest, Meeting, Task
from concivis.desk.models.meetings import MeetingQuerySet
from concivis.directory.models import Organisation
from concivis.directory.queries import in_hub
from concivis.hubs.models import Hub
from concivis.initiatives.enums import ReviewState
from concivis.initiatives.models import Initiative

MOST_CARDS = 300  # to choose from


@dataclass(frozen=True)
class Answers:
    """Of those on the list. `people`: who come with those that said yes; `came`: who came, where it was noted."""

    guests: int
    invited: int
    yes: int
    maybe: int
    no: int
    people: int
    came: int

    @property
    def open(self) -> int:
        return self.invited - self.yes - self.maybe - self.no


def of(hub: Hub) -> MeetingQuerySet:
    return Meeting.objects.filter(hub=hub).select_related("hub")


def for_list(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """With `coming`, `on_list`, `open_tasks`. One query."""
    return meetings.annotate(
        on_list=Count("guests", distinct=True),
        coming=Count("guests", filter=Q(guests__answer=Answer.YES), distinct=True),
        open_tasks=Count("tasks", filter=Q(tasks__done_at=None), distinct=True),
    )


def answers(meeting: Meeting) -> Answers:
    """One query."""
    yes = Q(answer=Answer.YES)
    counted = meeting.guests.aggregate(
        guests=Count("pk"),
        invited=Count("pk", filter=Q(asked_at__isnull=False) | ~Q(answer="")),
        yes=Count("pk", filter=yes),
        maybe=Count("pk", filter=Q(answer=Answer.MAYBE)),
        no=Count("pk", filter=Q(answer=Answer.NO)),
        people=Sum("people", filter=yes, default=0),
        came=Sum("came", default=0),
    )
    return Answers(**counted)


def guests(meeting: Meeting, text: str = "", answer: str = "") -> QuerySet[Guest]:
    """`answer`: one of `Answer`, "open" for who was invited and has not answered, "" for all."""
    rows = Guest.objects.filter(meeting=meeting)
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(email__icontains=text))
    if answer == "open":
        rows = rows.filter(answer="", asked_at__isnull=False)
    elif answer:
        rows = rows.filter(answer=answer)
    return rows


def initiatives_to_invite(meeting: Meeting, text: str = "") -> QuerySet[Initiative]:
    """Public ones of the hub that somebody looks after and that are not on the list."""
    rows = Initiative.objects.filter(hub=meeting.hub, state=ReviewState.PUBLISHED).exclude(owner_email="")
    known = meeting.guests.exclude(initiative=None).values("initiative")
    rows = rows.exclude(pk__in=known)
    return (rows.filter(title__icontains=text) if text else rows).order_by("title", "pk")


def organisations_to_invite(meeting: Meeting, text: str = "") -> QuerySet[Organisation]:
    """Those of the office's directory with a mail address of their own that are not on the list."""
    rows = in_hub(meeting.hub).exclude(email="")
    known = meeting.guests.exclude(organisation=None).values("organisation")
    rows = rows.exclude(pk__in=known)
    return (rows.filter(name__icontains=text) if text else rows).order_by("name", "pk")


def tasks_at(meeting: Meeting) -> QuerySet[Task]:
    """What was agreed at it, and what earlier meetings left open for it. One query."""
    rows = Task.objects.filter(Q(meeting=meeting) | Q(carried_to=meeting))
    return rows.select_related("assignee", "guest", "meeting", "hub").order_by(
        "done_at", F("due_on").asc(nulls_last=True), "pk"
    )


def tasks_of(hub: Hub) -> QuerySet[Task]:
    return Task.objects.filter(hub=hub).select_related("assignee", "guest", "meeting")


def cards_to_link(hub: Hub) -> list[tuple[str, str, str]]:
    """(kind, public id, title) of the hub's cards, for a choice. Two queries."""
    rows = Card.objects.filter(hub=hub).exclude(kind__in=("hub", "meeting")).prefetch_related("texts")
    found = []
    for card in rows.order_by("kind", "-weight", "pk")[:MOST_CARDS]:
        titles = {text.language: text.title for text in card.texts.all()}
        title = titles.get(card.language) or next(iter(titles.values()), card.public_id)
        found.append((card.kind, card.public_id, title))
    return found


def linked_cards(items: object) -> dict[tuple[str, str], Card]:
    """{(kind, public id): card} of what agenda items are about, as far as it is public. Two queries."""
    wanted = {(item.card_kind, item.card_id) for item in items if item.card_kind}  # type: ignore[attr-defined]
    rows = Card.objects.filter(public_id__in={pk for _kind, pk in wanted}).prefetch_related("texts")
    return {(card.kind, card.public_id): card for card in rows if (card.kind, card.public_id) in wanted}
