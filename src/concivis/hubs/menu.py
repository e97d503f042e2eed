"""The office's own navigation, shown in the hub's band."""

from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from concivis.accounts.models import User
from concivis.hubs import hooks, policies
from concivis.hubs.hooks import OfficePage
from concivis.hubs.models import Hub
from concivis.hubs.permissions import Permission
from concivis.shell.parts import Tab

OWN_PAGES = [
    OfficePage(_("Office"), "hubs:office", Permission.VIEW_OFFICE),
    OfficePage(_("Members"), "hubs:members", Permission.VIEW_OFFICE),
    OfficePage(_("Invitations"), "hubs:invitations", Permission.MANAGE_MEMBERS),
    OfficePage(_("Record"), "hubs:record", Permission.VIEW_RECORD),
    OfficePage(_("Integrations"), "hubs:integrations", Permission.MANAGE_INTEGRATIONS),
    OfficePage(_("Settings"), "hubs:settings", Permission.EDIT_HUB),
]


def office_menu(user: User | AnonymousUser, hub: Hub, path: str) -> list[Tab]:
    """The pages that `user` may open in the office of `hub`; what rooms above add stands after the first."""
    allowed = policies.permissions_of(user, hub)
    found = [(page, _address(page.name, hub)) for page in _pages() if page.permission in allowed]
    home = reverse("hubs:office", args=[hub.slug])
    return [
        Tab(
            str(page.label),
            url,
            current=path == url if url == home else path.startswith(url),
            count_url=_address(page.count, hub),
        )
        for page, url in found
        if url
    ]


def first_page(hub: Hub) -> str:
    """Where the day in the office begins: the address of the menu's first page, which every member may open."""
    return next(url for page in _pages() if (url := _address(page.name, hub)))


def _pages() -> list[OfficePage]:
    added = sorted(hooks.office_pages, key=lambda page: page.rank)
    first = [page for page in added if page.rank < 0]
    return [*first, OWN_PAGES[0], *added[len(first) :], *OWN_PAGES[1:]]


def _address(name: str, hub: Hub) -> str:
    try:
        return reverse(name, args=[hub.slug]) if name else ""
    except NoReverseMatch:  # the room is not installed
        return ""
