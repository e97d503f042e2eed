"""Fields for what people write in plain words: countries, addresses of pages, lines of a budget."""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.catalogue.models import Card
from concivis.initiatives.actions import Address, Budget
from concivis.places.countries import country_code, country_name

BUDGET_LINE = re.compile(r"^(\d{4}-\d\d-\d\d)\s+(\d{4}-\d\d-\d\d)\s+([\d.,' ]+?)\s*([A-Za-z]{3})$")
CENTS = 2


class CountriesField(forms.CharField):
    """Names of countries in any language, separated by commas. Cleans to a tuple of codes."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Separate several by commas: Ghana, Turkey."))
        super().__init__(max_length=1000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return ", ".join(country_name(code) for code in value)
        return value

    def clean(self, value: Any) -> tuple[str, ...]:
        names = [part.strip() for part in re.split(r"[,;\n]", super().clean(value)) if part.strip()]
        found = {name: country_code(name) for name in names}
        unknown = [name for name, code in found.items() if code is None]
        if unknown:
            words = gettext("We do not know the country “%(name)s”. Is it spelt right?")
            raise ValidationError(words % {"name": unknown[0][:60]})
        return tuple(dict.fromkeys(code for code in found.values() if code))


class LinesField(forms.CharField):
    """A text of which each line says something."""

    widget = forms.Textarea(attrs={"rows": 3})

    def lines(self, value: Any) -> list[str]:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class AddressesField(LinesField):
    """One address of the web in a line, its title behind it. Cleans to a tuple of `Address`."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return "\n".join(f"{each.url} {each.title}".strip() for each in value)
        return value

    def clean(self, value: Any) -> tuple[Address, ...]:
        found = []
        for line in self.lines(value):
            url, _space, title = line.partition(" ")
            written = url if "://" in url else f"https://{url}"
            found.append(
                Address(url=forms.URLField(assume_scheme="https").clean(written), title=title.strip())
            )
        return tuple(found)


class RelatedField(LinesField):
    """Addresses of pages of this site, one in a line. Cleans to a tuple of (kind, public id) of their cards."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list | tuple):
            return value
        wanted = set(value)
        cards = Card.objects.filter(public_id__in=[public_id for _kind, public_id in wanted])
        return "\n".join(card.path for card in cards if (card.kind, card.public_id) in wanted)

    def clean(self, value: Any) -> tuple[tuple[str, str], ...]:
        return tuple(self._card(line) for line in self.lines(value))

    def _card(self, line: str) -> tuple[str, str]:
        path = re.sub(r"^https?://[^/]+", "", line).split("?")[0].split("#")[0].strip("/")
        without_language = path.partition("/")[2]
        card = Card.objects.filter(path__in=[f"/{path}/", f"/{without_language}/"]).first()
        if card is None:
            words = gettext("“%(line)s” is not the address of a public entry here.")
            raise ValidationError(words % {"line": line[:80]})
        return card.kind, card.public_id


class BudgetField(LinesField):
    """ "2026-01-01 2026-12-31 5000 EUR", one in a line. Cleans to a tuple of `Budget`."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return "\n".join(f"{b.starts_on} {b.ends_on} {b.amount} {b.currency}" for b in value)
        return value

    def clean(self, value: Any) -> tuple[Budget, ...]:
        return tuple(self._line(line) for line in self.lines(value))

    def _line(self, line: str) -> Budget:
        match = BUDGET_LINE.match(line)
        try:
            if not match:
                raise ValueError
            starts_on, ends_on = dt.date.fromisoformat(match[1]), dt.date.fromisoformat(match[2])
            return Budget(
                starts_on=starts_on, ends_on=ends_on, amount=_amount(match[3]), currency=match[4].upper()
            )
        except (ValueError, InvalidOperation) as error:
            words = gettext("“%(line)s” could not be read. Write it as 2026-01-01 2026-12-31 5000 EUR.")
            raise ValidationError(words % {"line": line[:80]}) from error


class FiguresField(LinesField):
    """ "24 pupils travelled", one in a line. Cleans to a list of {"value", "label"}."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return "\n".join(f"{each['value']} {each['label']}" for each in value)
        return value

    def clean(self, value: Any) -> list[dict[str, Any]]:
        return [self._figure(line) for line in self.lines(value)]

    def _figure(self, line: str) -> dict[str, Any]:
        number, _space, label = line.partition(" ")
        try:
            amount = _amount(number)
        except InvalidOperation as error:
            words = gettext("“%(line)s” does not begin with a number. Write it as: 24 pupils travelled.")
            raise ValidationError(words % {"line": line[:80]}) from error
        return {"value": int(amount) if amount == int(amount) else float(amount), "label": label.strip()}


def _amount(text: str) -> Decimal:
    """5000; 5.000,50; 5,000.50; 5'000. Raises InvalidOperation."""
    bare = re.sub(r"[' ]", "", text)
    head, mark, tail = re.match(r"^(.*?)(?:([.,])(\d*))?$", bare).groups()  # type: ignore[union-attr]
    if mark and len(tail) <= CENTS:
        return Decimal(re.sub(r"[.,]", "", head) + "." + (tail or "0"))
    amount = Decimal(re.sub(r"[.,]", "", bare))
    if not amount.is_finite() or abs(amount) > Decimal(10) ** 11:
        raise InvalidOperation
    return amount
