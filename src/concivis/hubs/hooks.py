"""What rooms above add to hubs, each when the site starts (in its `AppConfig.ready`)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from concivis.hubs.models import Hub
from concivis.hubs.permissions import Permission

if TYPE_CHECKING:
    from concivis.hubs.matters import Matter
    from concivis.shell.calendars import Dated


@dataclass(frozen=True)
class OfficePage:
    """An entry of the office's menu: the page at `name` (argument: the hub's slug), for who may `permission`.

    Entries stand by `rank`: the day's work before what is done once in a while; below zero: before the office itself.
    `count`: the name of a page that answers with a number to stand beside the label, fetched after the page is there.
    """

    label: Promise
    name: str
    permission: Permission
    rank: int = 50
    count: str = ""


@dataclass(frozen=True)
class Figure:
    """A number on the office's first page."""

    value: int
    label: str
    url: str = ""


@dataclass(frozen=True)
class Step:
    """A line of the office's checklist; `url` leads to where it is done, for who may `permission`."""

    label: str
    done: bool
    url: str
    permission: Permission


# each called with the hub after it was created or changed, inside the transaction of the change
on_hub_changed: list[Callable[[Hub], None]] = []

office_pages: list[OfficePage] = []
office_figures: list[Callable[[Hub], list[Figure]]] = []
office_steps: list[Callable[[Hub], list[Step]]] = []

# pieces of a hub's public page, as HTML or nothing, by rank: each says in its docstring what it costs
home_pieces: list[tuple[int, Callable[[Hub], str]]] = []

# what of a hub has a public date, for its calendar and for “next”: each says in its docstring what it costs
dated: list[Callable[[Hub], "Iterable[Dated]"]] = []

# what needs attention: see `hubs.matters`
matters: list[Callable[[Hub], "Iterable[Matter]"]] = []


def pieces_of_home(hub: Hub) -> list[str]:
    """In the order of their ranks, without the empty ones."""
    ranked = sorted(home_pieces, key=lambda pair: pair[0])
    return [piece for _rank, make in ranked if (piece := make(hub))]


def dated_of(hub: Hub) -> "list[Dated]":
    """Everything public of the hub that has a date, of every room, in no order."""
    return [entry for call in dated for entry in call(hub)]


def hub_changed(hub: Hub) -> None:
    for call in on_hub_changed:
        call(hub)
