"""Proposals on the public page of a hub."""

from django.template.loader import render_to_string

from concivis.hubs.models import Hub
from concivis.proposals import queries, showing

ON_HOME = 3


def on_home(hub: Hub) -> str:
    """For `hubs.hooks.home_pieces`: what can be signed now, and the way to propose something. Eight queries."""
    rules = queries.current_rules(hub)
    rows = queries.for_list(queries.public().collecting().filter(hub=hub).order_by("closes_at", "pk"))
    cards = [showing.card(row, with_hub=False) for row in rows[:ON_HOME]]
    can_propose = bool(rules and rules.is_open)
    if not (cards or can_propose):
        return ""
    context = {"hub": hub, "cards": cards, "can_propose": can_propose}
    return render_to_string("proposals/home.html", context)
