"""How every action begins and ends: the row locked, then the revision, the record and the programs told."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import F, Model
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.codesign import hooks
from concivis.codesign.models import Connector, Insight, Process, Session
from concivis.hubs import record
from concivis.hubs.models import Hub
from concivis.shell.conflicts import EditConflict

Row = TypeVar("Row", Process, Session, Connector, Insight)
KINDS: Mapping[type[Model], str] = {
    Process: "process",
    Session: "session",
    Connector: "connector",
    Insight: "insight",
}


def hub_of(row: Process | Session | Connector | Insight) -> Hub:
    return row.process.hub if isinstance(row, Session) else row.hub


def locked(row: Row, revision: int | None = None) -> Row:
    """The row as it stands, kept until the transaction ends. Raises `EditConflict` unless `revision` stands."""
    hub = "process__hub" if isinstance(row, Session) else "hub"
    model = type(row)
    found = model._default_manager.select_for_update(of=("self",)).select_related(hub).get(pk=row.pk)
    if revision is not None and found.revision != revision:
        raise EditConflict(found.revision)
    return found


def noted(row: Row, by: User | None, action: str, details: Mapping[str, Any] | None = None) -> None:
    """Call it last in the transaction of a change: raises the revision, tells the hooks, writes the record."""
    type(row)._default_manager.filter(pk=row.pk).update(revision=F("revision") + 1)
    row.refresh_from_db(fields=["revision"])
    if not isinstance(row, Connector):
        hooks.process_changed(row if isinstance(row, Process) else row.process)
    record.write(
        hub=hub_of(row),
        by=by,
        action=action,
        kind=KINDS[type(row)],
        object_id=row.public_id,
        details=details,
    )


def as_connector(connector: Connector | None) -> dict[str, str]:
    """Details of a line that a connector caused: which one, by number, never by name."""
    return {"connector": connector.public_id} if connector else {}


def require_within(field: str, text: str, most: int) -> str:
    """The text, stripped. Raises ValidationError by `field`: the database does not hold these columns to a length."""
    stripped = text.strip()
    if len(stripped) > most:
        raise ValidationError({field: gettext("At most %(most)s characters, please.") % {"most": most}})
    return stripped


def require_text(field: str, text: str, most: int) -> str:
    """`require_within`, and not empty."""
    stripped = require_within(field, text, most)
    if not stripped:
        raise ValidationError({field: gettext("Please write something here.")})
    return stripped
