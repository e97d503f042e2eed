"""How every action begins and ends: the row locked, then the revision, the card and the record."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs import record
from concivis.reports import cards
from concivis.reports.models import Report


def locked(report: Report, revision: int | None = None) -> Report:
    """The row as it stands, kept until the transaction ends. Raises ValidationError unless `revision` stands."""
    found = Report.objects.select_for_update(of=("self",)).select_related("hub").get(pk=report.pk)
    if revision is not None and found.revision != revision:
        raise ValidationError(
            gettext(
                "Somebody has changed this report meanwhile. What you typed is still here: compare, then save again."
            ),
            code="conflict",
        )
    return found


def noted(report: Report, by: User | None, action: str, details: Mapping[str, Any] | None = None) -> Report:
    """Call it last in the transaction of a change; the report as it stands then."""
    Report.objects.filter(pk=report.pk).update(revision=F("revision") + 1, changed_at=timezone.now())
    report.refresh_from_db(fields=["revision", "changed_at"])
    cards.refresh([report.pk])
    write(report, by, action, details)
    return report


def write(report: Report, by: User | None, action: str, details: Mapping[str, Any] | None = None) -> None:
    record.write(
        hub=report.hub,
        by=by,
        action=action,
        kind=cards.KIND,
        object_id=report.public_id,
        details={"year": report.year, **(details or {})},
    )
