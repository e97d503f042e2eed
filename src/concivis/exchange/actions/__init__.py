"""Every change of a batch: uploaded, staged, decided, applied, undone. Each in one transaction: whole or absent."""

from concivis.exchange.actions.applying import apply, undo
from concivis.exchange.actions.staging import decide, discard, queue, remap, stage, upload

__all__ = ["apply", "decide", "discard", "queue", "remap", "stage", "undo", "upload"]
