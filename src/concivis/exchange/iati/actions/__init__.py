"""Every change of what is said for IATI, and of files that come in."""

from concivis.exchange.iati.actions.facts import IatiFacts, iati_facts_of, set_publisher, write_facts
from concivis.exchange.iati.actions.files import (
    apply_file,
    discard_file,
    forget_old_files,
    queue_apply,
    read_file,
    send,
    undo_file,
)

__all__ = [
    "IatiFacts",
    "apply_file",
    "discard_file",
    "forget_old_files",
    "iati_facts_of",
    "queue_apply",
    "read_file",
    "send",
    "set_publisher",
    "undo_file",
    "write_facts",
]
