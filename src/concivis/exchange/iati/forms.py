"""What the office enters for IATI."""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.exchange.iati.actions import IatiFacts
from concivis.exchange.iati.codes import OrganisationType
from concivis.exchange.iati.records import Paid
from concivis.exchange.storage import UPLOAD_LIMIT
from concivis.places.countries import country_code, country_name
from concivis.shell.upload_fields import LimitedFileField

SHARE = re.compile(r"^(.+?)\s+(\d{1,3}(?:[.,]\d{1,2})?)\s*%?$")
PAYMENT = re.compile(r"^(\d{4}-\d\d-\d\d)\s+(\d[\d ']*(?:[.,]\d{1,2})?)\s*([A-Za-z]{3})(?:\s+(.+))?$")


class PublisherForm(forms.Form):
    identifier = forms.CharField(
        label=_("Identifier of your organisation"),
        max_length=100,
        required=False,
        help_text=_(
            "As it is registered with IATI: the register and your number there, such as DE-CR-HRB1234. Without it "
            "nothing is published."
        ),
    )
    organisation_type = forms.ChoiceField(label=_("What are you?"), choices=OrganisationType.choices)


class LinesField(forms.CharField):
    """One thing in each line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 4}), **kwargs
        )

    def lines(self, value: Any) -> list[str]:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class SharesField(LinesField):
    """ "Ghana 60", one in each line. Cleans to {code: percent}."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return "\n".join(f"{country_name(code)} {share}" for code, share in value.items())
        return value

    def clean(self, value: Any) -> dict[str, Decimal]:
        found = {}
        for line in self.lines(value):
            match = SHARE.match(line)
            code = country_code(match[1]) if match else None
            if match is None or code is None:
                words = gettext("“%(line)s” could not be read. Write a country and its percent: Ghana 60.")
                raise ValidationError(words % {"line": line[:80]})
            found[code] = Decimal(match[2].replace(",", "."))
        return found


class PaymentsField(LinesField):
    """ "2026-03-01 5000 EUR Water committee", one in each line."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return "\n".join(f"{p.on} {p.amount} {p.currency} {p.receiver}".strip() for p in value)
        return value

    def clean(self, value: Any) -> tuple[Paid, ...]:
        return tuple(map(self._payment, self.lines(value)))

    def _payment(self, line: str) -> Paid:
        match = PAYMENT.match(line)
        try:
            if match is None:
                raise ValueError
            amount = re.sub(r"[ ']", "", match[2]).replace(",", ".")
            return Paid(
                on=dt.date.fromisoformat(match[1]),
                amount=Decimal(amount),
                currency=match[3].upper(),
                receiver=(match[4] or "")[:200],
            )
        except (ValueError, InvalidOperation) as error:
            words = gettext(
                "“%(line)s” could not be read. Write it as 2026-03-01 5000 EUR and who received it."
            )
            raise ValidationError(words % {"line": line[:80]}) from error


class FactsForm(forms.Form):
    identifier = forms.CharField(
        label=_("Identifier of the activity"),
        max_length=200,
        required=False,
        help_text=_(
            "Leave it empty: it is made of your organisation's identifier. It never changes once published."
        ),
    )
    shares = SharesField(
        label=_("How the money is shared among the countries"),
        help_text=_(
            "Only where there are several: a country and its percent in each line, such as Ghana 60."
        ),
    )
    paid = PaymentsField(
        label=_("What was paid out"),
        help_text=_(
            "Day, amount, currency, who received it, one in each line: 2026-03-01 5000 EUR Water committee."
        ),
    )

    @staticmethod
    def initial_of(facts: IatiFacts) -> dict[str, Any]:
        return {"identifier": facts.identifier, "shares": facts.shares, "paid": facts.paid}

    def facts(self, before: IatiFacts) -> IatiFacts:
        cleaned = self.cleaned_data
        return IatiFacts(
            identifier=cleaned["identifier"].strip(),
            shares=cleaned["shares"],
            paid=cleaned["paid"],
            reporter=before.reporter,
        )


class FileForm(forms.Form):
    file = LimitedFileField(
        label=_("File"),
        help_text=_("Activities or organisations by IATI 2.01 to 2.03 (.xml). At most 20 megabytes."),
        limit=UPLOAD_LIMIT,
        endings=(".xml",),
    )
