"""Everything that changes in co-design. Each is one transaction and one line of the record."""

from concivis.codesign.actions import (
    connectors,
    expenses,
    insights,
    messages,
    participants,
    phases,
    processes,
    rules,
    sessions,
    training,
)
from concivis.codesign.actions.insights import InsightFacts
from concivis.codesign.actions.processes import ProcessFacts
from concivis.codesign.actions.sessions import SessionFacts
from concivis.shell.conflicts import EditConflict

__all__ = [
    "EditConflict",
    "InsightFacts",
    "ProcessFacts",
    "SessionFacts",
    "connectors",
    "expenses",
    "insights",
    "messages",
    "participants",
    "phases",
    "processes",
    "rules",
    "sessions",
    "training",
]
