"""What partnerships add to the office's first page."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concivis.hubs import hooks
from concivis.hubs.models import Hub
from concivis.twinning import queries
from concivis.twinning.policies import KEEP


def figures(hub: Hub) -> list[hooks.Figure]:
    """One query."""
    kept = queries.in_office(hub).count()
    label = ngettext("partnership", "partnerships", kept)
    return [hooks.Figure(kept, label, reverse("twinning:office_partnerships", args=[hub.slug]))]


def steps(hub: Hub) -> list[hooks.Step]:
    """One query."""
    recorded = hub.partnerships.exists()
    url = reverse("twinning:office_partnerships", args=[hub.slug])
    return [
        hooks.Step(_("Record your first partnership, or take over what the lists know"), recorded, url, KEEP)
    ]
