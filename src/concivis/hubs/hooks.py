"""What rooms above want to do when a hub changes: they add their function here when the site starts."""

from collections.abc import Callable

from concivis.hubs.models import Hub

# each called with the hub after it was created or changed, inside the transaction of the change
on_hub_changed: list[Callable[[Hub], None]] = []


def hub_changed(hub: Hub) -> None:
    for call in on_hub_changed:
        call(hub)
