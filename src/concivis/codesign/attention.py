"""What co-design needs of the office: on its first page, and among the matters of the day."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from concivis.codesign import queries
from concivis.codesign.enums import ConnectorState, ExpenseState, InsightState, ProcessState
from concivis.codesign.models import Connector, Expense, Insight, Message, Process, Session
from concivis.codesign.policies import WORK
from concivis.hubs import hooks, matters
from concivis.hubs.hooks import Figure, Step
from concivis.hubs.matters import Matter, Urgency
from concivis.hubs.models import Hub, today_in

KIND = "codesign"
TERM_ENDS = dt.timedelta(days=30)
COUNT_UNTIL = dt.timedelta(days=120)  # after that nobody remembers how many came


def register() -> None:
    matters.register_kind(matters.Kind(KIND, gettext_lazy("Co-design")))
    hooks.matters.append(found)


def figures(hub: Hub) -> list[Figure]:
    """Two queries; none of the figures where the office does no co-design."""
    running = Process.objects.filter(hub=hub, state=ProcessState.RUNNING).count()
    working = queries.working(hub).count()
    if not running and not working:
        return []
    return [
        Figure(running, _("processes of co-design"), reverse("codesign:office", args=[hub.slug])),
        Figure(working, _("community connectors"), reverse("codesign:office_roster", args=[hub.slug])),
    ]


def steps(hub: Hub) -> list[Step]:
    """One query."""
    done = Process.objects.filter(hub=hub).exists()
    url = reverse("codesign:office_new", args=[hub.slug])
    return [Step(_("Begin a first process of co-design"), done, url, WORK)]


def found(hub: Hub) -> Iterator[Matter]:
    """Messages, terms, expenses, sessions without numbers, insights to put in order. Six queries."""
    rules = queries.rules_of(hub)
    yield from _messages(hub, rules.answer_days)
    yield from _terms(hub)
    yield from _expenses(hub)
    yield from _sessions(hub)
    yield from _insights(hub)


def _messages(hub: Hub, days: int) -> Iterator[Matter]:
    """One for each connector who waits, from the oldest message on."""
    oldest: dict[int, Message] = {}
    for message in queries.unanswered(hub):
        oldest.setdefault(message.connector_id, message)
    for message in oldest.values():
        due = message.sent_at + dt.timedelta(days=days)
        late = due < timezone.now()
        yield _matter(
            hub,
            key=f"codesign message {message.pk}",
            title=str(message.connector),
            why=_("Wrote to you, and the answer is late.")
            if late
            else _("Wrote to you and waits for an answer."),
            url=reverse("codesign:office_thread", args=[hub.slug, message.connector.public_id]),
            action=_("Answer"),
            urgency=Urgency.NOW if late else Urgency.SOON,
            due=due.date(),
            since=message.sent_at.date(),
        )


def _terms(hub: Hub) -> Iterator[Matter]:
    today = today_in(hub)
    working = [ConnectorState.ACTIVE, ConnectorState.RESTING]
    rows = Connector.objects.filter(hub=hub, state__in=working, term_until__lte=today + TERM_ENDS)
    for connector in rows.order_by("term_until", "pk"):
        over = connector.term_until < today
        yield _matter(
            hub,
            key=f"codesign term {connector.public_id} {connector.term_until}",
            title=connector.name,
            why=_("The term as a connector is over: thank them, or agree on another one.")
            if over
            else _("The term as a connector ends soon: would they like another one?"),
            url=reverse("codesign:office_connector", args=[hub.slug, connector.public_id]),
            action=_("Look at the term"),
            urgency=Urgency.SOON if over else Urgency.LATER,
            due=connector.term_until,
            since=connector.term_until - TERM_ENDS,
        )


def _expenses(hub: Hub) -> Iterator[Matter]:
    rows = Expense.objects.filter(connector__hub=hub, state=ExpenseState.ENTERED)
    waiting = rows.aggregate(count=Count("pk"), since=Min("entered_at"))
    if waiting["count"]:
        why = ngettext(
            "%(count)s expense of a connector waits for your decision.",
            "%(count)s expenses of connectors wait for your decision.",
            waiting["count"],
        ) % {"count": waiting["count"]}
        yield _matter(
            hub,
            key=f"codesign expenses {waiting['since']:%Y%m%d%H%M%S}",
            title=_("Expenses of connectors"),
            why=why,
            url=reverse("codesign:office_expenses", args=[hub.slug]) + "?state=entered",
            action=_("Decide"),
            urgency=Urgency.SOON,
            since=waiting["since"].date(),
        )


def _sessions(hub: Hub) -> Iterator[Matter]:
    now = timezone.now()
    rows = Session.objects.filter(
        process__hub=hub, cancelled_at=None, attended=None, ends_at__lt=now, ends_at__gte=now - COUNT_UNTIL
    )
    for session in rows.order_by("ends_at", "pk"):
        yield _matter(
            hub,
            key=f"codesign session {session.public_id} count",
            title=session.title,
            why=_("It took place, and nobody noted how many came."),
            url=reverse("codesign:office_session", args=[hub.slug, session.public_id]),
            action=_("Note how many came"),
            urgency=Urgency.SOON,
            since=session.ends_at.date(),
        )


def _insights(hub: Hub) -> Iterator[Matter]:
    """One for each process that goes on."""
    rows = (
        Insight.objects.filter(hub=hub, state=InsightState.NEW, process__state=ProcessState.RUNNING)
        .order_by("process")
        .values_list("process__public_id", "process__title")
        .annotate(count=Count("pk"), since=Min("written_at"))
    )
    for public_id, title, count, since in rows:
        why = ngettext(
            "%(count)s insight waits to be put in order.",
            "%(count)s insights wait to be put in order.",
            count,
        ) % {"count": count}
        yield _matter(
            hub,
            key=f"codesign insights {public_id} {since:%Y%m%d%H%M%S}",
            title=title,
            why=why,
            url=reverse("codesign:office_insights", args=[hub.slug]) + f"?process={public_id}&state=new",
            action=_("Read them"),
            urgency=Urgency.LATER,
            since=since.date(),
        )


def _matter(hub: Hub, **said: object) -> Matter:
    return Matter(kind=KIND, permission=WORK, seen_with=WORK, **said)  # type: ignore[arg-type]
