"""The deadlines of proposals, for calendars."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.template.defaultfilters import truncatechars
from django.utils import timezone
from django.utils.translation import gettext

from concivis.hubs.models import Hub
from concivis.proposals import queries, showing
from concivis.proposals.models import Proposal
from concivis.shell.calendars import Dated, uid
from concivis.shell.templatetags.shell import absolute_url

MOST = 500  # proposals of one calendar, the latest first
PAST = dt.timedelta(days=366)  # how far back a calendar goes
SHORT = 600  # characters of a description


def of_hub(hub: Hub) -> Iterator[Dated]:
    """For `hubs.hooks.dated`: the last days of a hub's public proposals. Six queries."""
    yield from entries(queries.for_list(queries.public().filter(hub=hub)))


def entries(rows: QuerySet[Proposal]) -> Iterator[Dated]:
    """Of `queries.for_list`; as many queries as the list."""
    recent = timezone.localdate() - PAST
    found = rows.filter(closes_on__gte=recent).order_by("-closes_on", "-pk")
    for row in found[:MOST]:
        yield of(row)


def of(proposal: Proposal) -> Dated:
    """The last day on which it can be signed; one fetched by `queries.for_list`."""
    told = showing.shown(proposal)
    assert proposal.closes_on is not None  # every published one has a deadline
    return Dated(
        uid=uid("proposal", proposal.public_id),
        title=gettext("Last day to sign: %(title)s") % {"title": told.texts["title"]},
        url=absolute_url(proposal.get_absolute_url()),
        starts=proposal.closes_on,
        changed=proposal.changed_at,
        ends=proposal.closes_on,
        kind=gettext("Citizens’ proposal"),
        text=truncatechars(told.texts["summary"], SHORT),
        where=showing.where(proposal.place),
        language=told.language,
        sequence=proposal.revision,
        is_cancelled=proposal.state == "withdrawn",
    )
