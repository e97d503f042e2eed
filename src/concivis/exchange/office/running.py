"""What the pages of all imports share: the tabs above them, and how far a job is."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from concivis.exchange import progress
from concivis.exchange.phases import phase_label
from concivis.hubs.models import Hub
from concivis.shell.parts import Tab


def import_tabs(hub: Hub, current: str) -> list[Tab]:
    """`current`: the name of one of these pages."""
    pages = {"sheets": _("Initiatives and organisations"), "imports": _("Partnerships")}
    return [
        Tab(label, reverse(f"exchange:{name}", args=[hub.slug]), current=name == current)
        for name, label in pages.items()
    ]


def progress_of(public_id: str) -> dict[str, Any]:
    """What the progress component draws; it waits where no worker has given a sign of life."""
    running = progress.read(public_id)
    alive = running is not None and running.is_alive
    return {
        "text": phase_label(running.phase) if running and alive else _("Waiting for its turn"),
        "done": running.done if running and alive else 0,
        "total": running.total if running and alive else 0,
        "stopped": running is not None and not alive,
        "finished": False,
    }
