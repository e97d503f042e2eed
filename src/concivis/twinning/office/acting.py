"""For which sides of a partnership the reader of an office page may act; the door of what is shared between them."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from concivis.twinning.access import Tie
from concivis.twinning.office.workbench import workbench_page
from concivis.twinning.policies import Acting, acting_for


def acting_here(request: HttpRequest, tie: Tie) -> list[Acting]:
    """The sides the reader acts for, the office's own first. Two or three queries for each side."""
    own = [tie.side] if tie.side else []
    found = [acting_for(request.user, side) for side in [*own, *tie.others]]
    return [acting for acting in found if acting]


def one_acting(request: HttpRequest, tie: Tie, side: str = "") -> Acting:
    """The reader acting for the side with this id, else for the first of `acting_here`.

    Raises `PermissionDenied` for who acts for none, or not for that one.
    """
    for acting in acting_here(request, tie):
        if side in ("", str(acting.side.pk)):
            return acting
    raise PermissionDenied("acts for no side of it")


def inside(tab: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Decorates `view(request, tie, …)`, under `tie_view`: offices that are not `tie.is_inside` read that the sides
    share this among themselves, on the tab `tab`; what they send is refused."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, tie: Tie, **kwargs: object) -> HttpResponse:
            if tie.is_inside:
                return view(request, tie, **kwargs)
            if request.method == "POST":
                raise PermissionDenied("not trusted to answer")
            return workbench_page(request, tie, "twinning/office/outside.html", {}, tab=tab)

        return guarded

    return decorate
