"""What rooms above add to twinning, each when the site starts (in its `AppConfig.ready`)."""

from collections.abc import Callable, Mapping

from concivis.twinning.models import Letter

letter_headers: list[Callable[[Letter], Mapping[str, str]]] = []
"""Each is called with a letter of first contact that is to be mailed, inside its transaction, and gives headers for the
mail: so that a room that reads the answers knows to what they belong."""
