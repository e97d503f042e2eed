"""What the office's pages about one partnership share: the head, and the tabs between them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concivis.hubs.office.pages import office_page
from concivis.shell.parts import Crumb, Tab
from concivis.twinning import listing
from concivis.twinning.access import Tie

# (name of the page, what its tab is called); a page names its own as `tab`
TABS: list[tuple[str, str | Promise]] = [
    ("office_tie", _("Overview")),
    ("office_dates", _("Dates")),
    ("office_partner", _("The other side")),
    ("office_journey", _("The ten steps")),
    ("office_objectives", _("Objectives and plan")),
    ("office_activities", _("Activities")),
    ("office_agreement", pgettext_lazy("partnership", "Agreement")),
    ("office_documents", _("Documents")),
    ("office_contacts", pgettext_lazy("partnership", "People")),
]


def workbench_page(
    request: HttpRequest, tie: Tie, template: str, context: dict[str, Any], *, tab: str, status: int = 200
) -> HttpResponse:
    """Renders a page about one partnership. `tab`: the name of one of TABS. The context gets `tie` and `tabs`."""
    partnership = tie.partnership
    state = listing.seen_state(partnership.state, partnership.sleeps_on)
    shared = {
        "heading": partnership.title,
        "kicker": partnership.get_kind_display(),
        "crumbs": [
            Crumb(gettext("Partnerships"), reverse("twinning:office_partnerships", args=[tie.hub.slug]))
        ],
        "tie": tie,
        "partnership": partnership,
        "state": state,
        "state_label": listing.state_label(state),
        "tabs": _tabs(tie, tab),
        "tabs_label": gettext("Pages of this partnership"),
    }
    return office_page(request, tie.hub, template, {**shared, **context}, status=status)


def address(name: str, tie: Tie, *args: object) -> str:
    """The address of the page `twinning:<name>` of this partnership."""
    return reverse(f"twinning:{name}", args=[tie.hub.slug, tie.partnership.public_id, *args])


def _tabs(tie: Tie, current: str) -> list[Tab]:
    found = []
    for name, label in TABS:
        try:
            found.append(Tab(str(label), address(name, tie), current=name == current))
        except NoReverseMatch:
            continue
    return found
