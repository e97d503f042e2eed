"""Every change of the register. A broken rule raises ValidationError, by field where there is one."""

from concivis.initiatives.actions.deleting import delete_initiative
from concivis.initiatives.actions.facts import (
    Address,
    Budget,
    Contact,
    Development,
    InitiativeFacts,
    Involved,
    Owner,
    facts_of,
)
from concivis.initiatives.actions.freshness import (
    archive,
    ask_owner,
    confirm,
    remind_owner,
    restore,
    rules_of,
    set_rules,
)
from concivis.initiatives.actions.many import TakenBack, record_many, take_back
from concivis.initiatives.actions.matching import add_to_directory, match_organisation
from concivis.initiatives.actions.owners import change_owner
from concivis.initiatives.actions.reviewing import answer, ask_back, decline, mark_seen, publish
from concivis.initiatives.actions.texts import remove_translation, translate
from concivis.initiatives.actions.updates import (
    add_paper,
    add_picture,
    add_update,
    change_picture,
    change_update,
    remove_paper,
    remove_picture,
    remove_update,
)
from concivis.initiatives.actions.writing import check_facts, edit_initiative, record_initiative
from concivis.shell.conflicts import EditConflict

__all__ = [
    "Address",
    "Budget",
    "Contact",
    "Development",
    "EditConflict",
    "InitiativeFacts",
    "Involved",
    "Owner",
    "TakenBack",
    "add_paper",
    "add_picture",
    "add_to_directory",
    "add_update",
    "answer",
    "archive",
    "ask_back",
    "ask_owner",
    "change_owner",
    "change_picture",
    "change_update",
    "check_facts",
    "confirm",
    "decline",
    "delete_initiative",
    "edit_initiative",
    "facts_of",
    "mark_seen",
    "match_organisation",
    "publish",
    "record_initiative",
    "record_many",
    "remind_owner",
    "remove_paper",
    "remove_picture",
    "remove_translation",
    "remove_update",
    "restore",
    "rules_of",
    "set_rules",
    "take_back",
    "translate",
]
