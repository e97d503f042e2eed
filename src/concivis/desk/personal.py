"""What the desk holds about a person: what they wrote as a colleague, and what they asked."""

from typing import Any

from concivis.accounts.people import Person
from concivis.desk.actions.forgetting import forget
from concivis.desk.enums import EntryKind
from concivis.desk.models import Enquiry, Entry
from concivis.hubs.record import utc_text


def personal_data(person: Person) -> dict[str, Any]:
    """Four queries. Notes of an office about an enquiry are the office's; they are not among it."""
    wrote = Entry.objects.filter(person.by_account("by")).order_by("at")
    asked = Enquiry.objects.filter(person.by_address("asker_email")).select_related("hub")
    return {
        "enquiry_entries": [{"at": utc_text(each.at), "text": each.text} for each in wrote],
        "enquiries": [_kept(each) for each in asked.prefetch_related("entries").order_by("pk")],
    }


def before_leaving(person: Person) -> None:
    """Closed enquiries of who leaves are forgotten at once; those still open when their time is over, as the office
    still owes an answer to that address."""
    for each in Enquiry.objects.filter(person.by_address("asker_email"), closed_at__isnull=False):
        forget(by=None, enquiry=each)


def _kept(enquiry: Enquiry) -> dict[str, Any]:
    names = ("subject", "text", "topic", "language", "asker_name", "asker_email", "asker_phone")
    said = [each for each in enquiry.entries.all() if each.kind != EntryKind.NOTE]
    return {
        "office": enquiry.hub.name,
        "at": utc_text(enquiry.received_at),
        **{name: getattr(enquiry, name) for name in names},
        "messages": [{"at": utc_text(each.at), "kind": each.kind, "text": each.text} for each in said],
    }
