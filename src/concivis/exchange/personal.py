"""What this room holds about a person with an account: that they sent files, and asked for archives."""

from typing import Any

from concivis.accounts.people import Person
from concivis.exchange.iati.models import IatiFile
from concivis.exchange.models import Batch
from concivis.exchange.proposals.models import ProposalFile
from concivis.exchange.sheets.models import Sheet
from concivis.exchange.takeout.models import Takeout


def personal_data(person: Person) -> dict[str, Any]:
    """Five queries."""
    sent = [
        {
            "office": each.hub.slug if each.hub else "",
            "file": each.filename,
            "sent": each.created_at.isoformat(),
        }
        for model in (Batch, Sheet, IatiFile, ProposalFile)
        for each in model._default_manager.filter(person.by_account("by"))
        .select_related("hub")
        .order_by("pk")
    ]
    asked = [
        {"office": each.hub.slug, "asked": each.asked_at.isoformat()}
        for each in Takeout.objects.filter(person.by_account("by")).select_related("hub").order_by("pk")
    ]
    return {"files_sent": sent, "archives_asked_for": asked}
