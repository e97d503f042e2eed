"""Every change of an introduction or of what the radar learns. A broken rule raises ValidationError."""

from concivis.introductions.actions.answering import agree, decline
from concivis.introductions.actions.asking import Contact, ask, broker, invite_to_ask
from concivis.introductions.actions.ending import (
    end_overdue,
    follow_merge,
    forget_contacts,
    remind,
    say_outcome,
    withdraw,
)
from concivis.introductions.actions.judging import forget_lessons, judge, take_back

__all__ = [
    "Contact",
    "agree",
    "ask",
    "broker",
    "decline",
    "end_overdue",
    "follow_merge",
    "forget_contacts",
    "forget_lessons",
    "invite_to_ask",
    "judge",
    "remind",
    "say_outcome",
    "take_back",
    "withdraw",
]
