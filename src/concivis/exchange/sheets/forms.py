"""Forms of the office: a table sent, the meaning of its columns, what becomes of its rows."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from concivis.exchange.sheets.enums import Deed, SheetKind
from concivis.exchange.sheets.fields import Field, Mapped
from concivis.exchange.storage import UPLOAD_LIMIT
from concivis.shell.upload_fields import LimitedFileField

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx")
PREFIX = "column_"


class SendForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What are the rows?"),
        choices=SheetKind,
        initial=SheetKind.INITIATIVES,
        widget=forms.RadioSelect,
    )
    file = LimitedFileField(
        label=_("File"),
        help_text=_(
            "A table with one entry per row (.xlsx, .csv, .tsv, .txt); the first row names the columns. "
            "At most 20 megabytes and 50,000 rows."
        ),
        limit=UPLOAD_LIMIT,
        endings=SUFFIXES,
    )


class MeaningsForm(forms.Form):
    """One select per column of the table."""

    def __init__(self, *args: Any, mapped: Mapped, fields: Sequence[Field], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = fields
        guessed = {index: name for name, index in mapped.at.items()}
        required = [(each.name, each.label) for each in fields if each.required]
        others = [(each.name, each.label) for each in fields if not each.required]
        choices = [("", _("not used")), (_("Required"), required), (_("If you have it"), others)]
        for index, title in enumerate(mapped.header):
            self.fields[f"{PREFIX}{index}"] = forms.ChoiceField(
                label=title or f"{index + 1}",
                choices=choices,
                required=False,
                initial=guessed.get(index, ""),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen: set[str] = set()
        for column, name in list(cleaned.items()):
            if name and name in chosen:
                self.add_error(column, _("Another column already means this. Choose one of them."))
            chosen.add(name)
        for each in self.known:
            if each.required and each.name not in chosen:
                said = _("Say which column holds the %(field)s.")
                self.add_error(None, ValidationError(said, params={"field": each.label}))
        return cleaned

    def mapping(self) -> dict[str, int]:
        return {name: int(column.removeprefix(PREFIX)) for column, name in self.cleaned_data.items() if name}


class RuleForm(forms.Form):
    """What becomes of all rows for which nothing else is chosen."""

    rule = forms.ChoiceField(
        label=_("Entries that are there already"),
        choices=[
            (Deed.OVERWRITE.value, _("overwrite what the table says otherwise")),
            (Deed.LEAVE.value, _("leave as they are")),
            (Deed.ADD.value, _("add once more, if they were found by their name only")),
        ],
        widget=forms.RadioSelect,
    )
    publishes = forms.ChoiceField(
        label=_("New entries"),
        choices=[("", _("wait: the office looks at each")), ("yes", _("are public at once"))],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, may_publish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_publish:
            del self.fields["publishes"]
