"""The door to one partnership in an office."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from concivis.hubs import policies as hubs
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.permissions import Permission
from concivis.twinning import queries
from concivis.twinning.models import Partnership, Side


@dataclass(frozen=True)
class Tie:
    """A partnership as an office sees it. `side`: that of the office's own city, if it has one."""

    partnership: Partnership
    hub: Hub
    side: Side | None
    keeps: bool  # the office keeps it; else it is the partner's, or the commons'

    @property
    def is_inside(self) -> bool:
        """Whether the office sees what is not public of it: the keeper does, and an office that the keeper trusts.

        Anybody may open an office for a city; that alone shows nobody the papers and people of its partners.
        """
        return self.keeps or (self.side is not None and self.side.office_id == self.hub.pk)

    @property
    def answering(self) -> list[Side]:
        """The sides whose word is asked for: all but the keeper's own; the office's own where nobody keeps it."""
        keeper = self.partnership.hub
        if keeper is None:
            return [self.side] if self.side else []
        return [side for side in self.partnership.sides.all() if side.place_id != keeper.place_id]

    @property
    def others(self) -> list[Side]:
        return [side for side in self.partnership.sides.all() if side != self.side]


def tie_of(hub: Hub, public_id: str) -> Tie:
    """Raises `Http404` for what the office of `hub` may not see. Three queries."""
    partnership = queries.for_office(queries.in_office(hub)).filter(public_id=public_id).first()
    if partnership is None:
        raise Http404
    own = next((side for side in partnership.sides.all() if side.place_id == hub.place_id), None)
    return Tie(partnership, hub, own, keeps=partnership.hub_id == hub.pk)


def tie_view(permission: Permission, *, keeper: bool = False) -> Callable[[Any], Any]:
    """Decorates `view(request, tie, …)` at `office/<slug>/partnerships/<public_id>/…`.

    As `office_view`; `keeper`: only for the office that keeps the partnership, others get 403.
    """

    def decorate(view: Callable[..., HttpResponseBase]) -> Any:
        @office_view(permission)
        def guarded(request: HttpRequest, hub: Hub, public_id: str, **kwargs: object) -> HttpResponseBase:
            tie = tie_of(hub, public_id)
            if keeper and not tie.keeps:
                raise PermissionDenied("only the office that keeps it")
            return view(request, tie, **kwargs)

        return guarded

    return decorate


def may(request: HttpRequest, permission: Permission, tie: Tie) -> bool:
    return hubs.may(request.user, permission, tie.hub)
