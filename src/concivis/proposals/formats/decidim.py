"""Decidim's columns, as its exports of proposals name them; levels are parted by a slash."""

from concivis.proposals import showing
from concivis.proposals.enums import State
from concivis.proposals.models import Proposal
from concivis.shell.exports import Column
from concivis.shell.templatetags.shell import absolute_url

STATES = {
    State.REALISED: "accepted",
    State.PARTLY_REALISED: "accepted",
    State.NOT_REALISED: "rejected",
    State.REJECTED: "rejected",
    State.WITHDRAWN: "withdrawn",
    State.ANSWERED: "evaluating",
    State.DECIDED: "evaluating",
    State.HANDED_OVER: "evaluating",
}


def _themes(row: Proposal) -> str:
    return ", ".join(term.code for term in row.labelled_terms)  # type: ignore[attr-defined]


COLUMNS: list[Column[Proposal]] = [
    Column("id", "id", lambda row: row.public_id),
    Column("category/id", "category/id", _themes),
    Column("scope/id", "scope/id", lambda row: row.place.public_id if row.place else ""),
    Column("scope/name", "scope/name", lambda row: row.place.name if row.place else ""),
    Column("participatory_space/id", "participatory_space/id", lambda row: row.hub.slug),
    Column(
        "participatory_space/url",
        "participatory_space/url",
        lambda row: absolute_url(row.hub.get_absolute_url()),
    ),
    Column("title", "title", lambda row: row.title),
    Column("body", "body", lambda row: "\n\n".join(filter(None, [row.summary, row.body]))),
    Column("language", "language", lambda row: row.language),
    Column("latitude", "latitude", lambda row: row.latitude),
    Column("longitude", "longitude", lambda row: row.longitude),
    Column("state", "state", lambda row: STATES.get(State(row.state), "")),
    Column("reference", "reference", lambda row: row.public_id),
    Column("answer", "answer", lambda row: row.outcome_note),
    Column("supports", "supports", lambda row: showing.tally(row).counts),
    Column(
        "endorsements/total_count", "endorsements/total_count", lambda row: showing.tally(row).consultative
    ),
    Column("attachments", "attachments", lambda row: len(row.pictures.all())),
    Column("published_at", "published_at", lambda row: row.published_at),
    Column("url", "url", lambda row: absolute_url(row.get_absolute_url())),
]
