"""What other parts of this room add to processes and insights, each when the site starts."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from concivis.codesign.models import Insight, Process

if TYPE_CHECKING:
    from concivis.codesign.queries import Fate

# called with a process after anything of it changed that may be public, inside the transaction of the change
on_process_changed: list[Callable[[Process], None]] = []

# what became of each of these insights, by their keys: called once for a list, and says what it costs
fates: "list[Callable[[Sequence[Insight]], dict[int, list[Fate]]]]" = []


def process_changed(process: Process | None) -> None:
    if process is not None:
        for call in on_process_changed:
            call(process)
