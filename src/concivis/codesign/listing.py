"""Lists of this room as files."""

from django.utils.translation import gettext_lazy as _

from concivis.codesign.models import Expense, Insight
from concivis.shell.exports import Column

INSIGHTS: list[Column[Insight]] = [
    Column("id", _("identifier"), lambda row: row.public_id),
    Column("text", _("what was heard"), lambda row: row.text),
    Column("language", _("language of the text, BCP 47"), lambda row: row.language),
    Column(
        "translations",
        _("translations"),
        lambda row: [f"{each.language}: {each.text}" for each in row.translations.all()],
    ),
    Column("need", _("need"), lambda row: row.need),
    Column(
        "themes",
        _("themes"),
        lambda row: [term.code for term in row.terms.all() if term.scheme_id == "theme"],
    ),
    Column("state", _("state"), lambda row: row.state),
    Column("aside_because", _("why it is set aside"), lambda row: row.aside_because),
    Column("process", _("process"), lambda row: row.process.title if row.process else ""),
    Column(
        "process_id", _("identifier of the process"), lambda row: row.process.public_id if row.process else ""
    ),
    Column("session", _("session"), lambda row: row.session.title if row.session else ""),
    Column("written", _("written on"), lambda row: row.written_at.date()),
]
"""Without who heard it: a file travels."""

EXPENSES: list[Column[Expense]] = [
    Column("id", _("identifier"), lambda row: row.public_id),
    Column("connector", _("connector"), lambda row: str(row.connector)),
    Column("date", _("day"), lambda row: row.date),
    Column("what", _("what for"), lambda row: row.what),
    Column("amount", _("amount"), lambda row: row.amount),
    Column("currency", _("currency"), lambda row: row.currency),
    Column("state", _("state"), lambda row: row.state),
    Column("reason", _("why it was refused"), lambda row: row.reason),
    Column("decided", _("decided on"), lambda row: row.decided_at.date() if row.decided_at else None),
    Column("paid", _("paid on"), lambda row: row.paid_at.date() if row.paid_at else None),
    Column("receipt", _("receipt"), lambda row: bool(row.receipt)),
]
