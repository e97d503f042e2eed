"""The door to one initiative in an office, and what its pages share."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concivis.hubs import policies
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.initiatives import queries
from concivis.initiatives.models import Initiative
from concivis.shell.parts import Crumb, Tab

EDIT = Permission.EDIT_INITIATIVES
# (name of the page, what its tab is called)
TABS: list[tuple[str, str | Promise]] = [
    ("office_initiative", _("Overview")),
    ("office_edit", _("Edit")),
    ("office_translations", _("Translations")),
    ("office_pictures", _("Pictures")),
    ("office_updates", _("Updates")),
    ("office_papers", _("Documents")),
    ("office_owner", pgettext_lazy("initiative", "Owner")),
]


def entry_view(
    permission: Permission = Permission.VIEW_OFFICE, *, or_owner: bool = False
) -> Callable[[Any], Any]:
    """Decorates `view(request, initiative, …)` at `office/<slug>/initiatives/<public_id>/…`, as `office_view`.

    `or_owner`: a member who looks after just this entry may, too.
    """

    def decorate(view: Callable[..., HttpResponseBase]) -> Any:
        @office_view(Permission.VIEW_OFFICE)
        def guarded(request: HttpRequest, hub: Hub, public_id: str, **kwargs: object) -> HttpResponseBase:
            initiative = get_object_or_404(
                queries.in_office(hub).select_related("owner"), public_id=public_id
            )
            initiative.hub = hub
            owns = or_owner and looks_after(request, initiative)
            if not owns and not policies.may(request.user, permission, hub):
                raise PermissionDenied(f"{permission} in {hub.slug}")
            return view(request, initiative, **kwargs)

        return guarded

    return decorate


def looks_after(request: HttpRequest, initiative: Initiative) -> bool:
    """Whether the reader owns the entry and may propose in this office."""
    return initiative.owner_id == request.user.pk and policies.may(
        request.user, Permission.PROPOSE, initiative.hub
    )


def may_edit(request: HttpRequest, hub: Hub) -> bool:
    return policies.may(request.user, EDIT, hub)


def address(name: str, initiative: Initiative, *args: object) -> str:
    return reverse(f"initiatives:{name}", args=[initiative.hub.slug, initiative.public_id, *args])


def entry_page(
    request: HttpRequest,
    initiative: Initiative,
    template: str,
    context: dict[str, Any],
    *,
    tab: str = "office_initiative",
    status: int = 200,
) -> HttpResponse:
    """Renders a page about one initiative, with its head and tabs."""
    edits = may_edit(request, initiative.hub)
    names = TABS if edits else TABS[: 2 if looks_after(request, initiative) else 1]
    shared = {
        "heading": initiative.title,
        "kicker": initiative.get_state_display(),
        "crumbs": [Crumb(gettext("Initiatives"), reverse("initiatives:office", args=[initiative.hub.slug]))],
        "initiative": initiative,
        "edits": edits,
        "tabs": [Tab(str(label), address(name, initiative), current=name == tab) for name, label in names],
        "tabs_label": gettext("Pages of this initiative"),
    }
    return office_page(request, initiative.hub, template, {**shared, **context}, status=status)
