"""What connectors paid and get back: entered by them, decided by the office."""

import datetime as dt
from decimal import Decimal
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.codesign import letters
from concivis.codesign.actions.noting import locked, noted, require_text
from concivis.codesign.enums import ConnectorState, ExpenseState
from concivis.codesign.models import Connector, Expense
from concivis.codesign.queries import rules_of
from concivis.hubs.models import today_in
from concivis.shell import uploads
from concivis.shell.ids import new_public_id

RECEIPT_BYTES = 10 * 1024 * 1024
MOST_AMOUNT = Decimal("99999.99")
MOST_OPEN = 100


@transaction.atomic
def enter_expense(
    *,
    connector: Connector,
    date: dt.date,
    what: str,
    amount: Decimal,
    receipt: File[bytes] | None = None,
    by: User | None = None,
) -> Expense:
    """In the hub's currency. `by`: somebody of the office who enters it for them. Raises ValidationError by field."""
    of = locked(connector)
    if of.state == ConnectorState.INVITED or of.forgotten_at:
        raise ValidationError(gettext("Expenses are for connectors who said yes."))
    if of.expenses.filter(state=ExpenseState.ENTERED).count() >= MOST_OPEN:
        raise ValidationError(gettext("There are too many expenses waiting already."))
    if date > today_in(of.hub):
        raise ValidationError({"date": gettext("This day is still to come.")})
    if not 0 < amount <= MOST_AMOUNT:
        raise ValidationError({"amount": gettext("Write an amount above zero.")})
    expense = Expense(
        public_id=new_public_id(), connector=of, date=date, amount=amount, currency=rules_of(of.hub).currency
    )
    expense.what = require_text("what", what, 200)
    if receipt:
        _keep(expense, receipt)
    expense.save()
    noted(of, by, "expense.entered", {"expense": expense.public_id})
    return expense


@transaction.atomic
def withdraw_expense(*, expense: Expense, by: User | None = None) -> None:
    """While the office has not decided."""
    of, row = _locked(expense)
    if row.state != ExpenseState.ENTERED:
        raise ValidationError(gettext("The office has decided on it already."))
    delete_receipt(row)
    row.delete()
    noted(of, by, "expense.withdrawn")


@transaction.atomic
def approve(*, by: User | None, expense: Expense) -> Expense:
    of, row = _locked(expense)
    if row.state not in (ExpenseState.ENTERED, ExpenseState.REFUSED):
        raise ValidationError(gettext("It is approved already."))
    row.state, row.reason = ExpenseState.APPROVED, ""
    row.decided_at, row.decided_by = timezone.now(), by
    return _decided(of, row, by, "expense.approved")


@transaction.atomic
def pay(*, by: User | None, expense: Expense) -> Expense:
    of, row = _locked(expense)
    if row.state != ExpenseState.APPROVED:
        raise ValidationError(gettext("Approve it first."))
    row.state, row.paid_at = ExpenseState.PAID, timezone.now()
    return _decided(of, row, by, "expense.paid")


@transaction.atomic
def refuse(*, by: User | None, expense: Expense, reason: str) -> Expense:
    """The reason stands in the letter to the connector."""
    of, row = _locked(expense)
    if row.state == ExpenseState.PAID:
        raise ValidationError(gettext("It is paid already."))
    row.reason = require_text("reason", reason, 300)
    row.state, row.decided_at, row.decided_by = ExpenseState.REFUSED, timezone.now(), by
    return _decided(of, row, by, "expense.refused")


def _locked(expense: Expense) -> tuple[Connector, Expense]:
    of = locked(expense.connector)
    return of, of.expenses.select_for_update().get(pk=expense.pk)


def _decided(connector: Connector, row: Expense, by: User | None, action: str) -> Expense:
    row.save()
    noted(connector, by, action, {"expense": row.public_id})
    letters.expense_decided(connector, row)
    return row


def _keep(expense: Expense, upload: File[bytes]) -> None:
    try:
        kept = uploads.examine(uploads.read(upload, RECEIPT_BYTES))
    except ValidationError as error:
        raise ValidationError({"receipt": error.messages}) from error
    expense.receipt_name = uploads.file_name(upload.name or "", kept.media_type)
    expense.media_type = kept.media_type
    expense.receipt.save(uploads.random_name(kept.media_type), ContentFile(kept.content), save=False)


def delete_receipt(row: Expense) -> None:
    """The file, once committed."""
    if row.receipt:
        transaction.on_commit(partial(row.receipt.storage.delete, str(row.receipt.name)))
