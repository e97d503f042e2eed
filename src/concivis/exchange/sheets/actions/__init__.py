"""Every change of a sheet: sent, its columns said, compared, decided, applied, taken back, forgotten."""

from concivis.exchange.sheets.actions.applying import apply, note_failure
from concivis.exchange.sheets.actions.forgetting import discard, forget_old
from concivis.exchange.sheets.actions.sending import choose, decide, queue, remap, send
from concivis.exchange.sheets.actions.staging import stage
from concivis.exchange.sheets.actions.undoing import undo

__all__ = [
    "apply",
    "choose",
    "decide",
    "discard",
    "forget_old",
    "note_failure",
    "queue",
    "remap",
    "send",
    "stage",
    "undo",
]
