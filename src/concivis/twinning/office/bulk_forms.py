from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from concivis.vocabulary.models import Term


def _fields() -> list[tuple[int, str]]:
    """The fields of work in the reader's language. One query."""
    return [(term.pk, term.label) for term in Term.objects.in_scheme("field").current().with_labels()]


class FieldsForm(forms.Form):
    """Which fields of work many partnerships gain and lose."""

    add = forms.TypedMultipleChoiceField(
        label=_("Add"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    remove = forms.TypedMultipleChoiceField(
        label=_("Remove"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = _fields()
        for name in ("add", "remove"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        add, remove = set(cleaned.get("add") or ()), set(cleaned.get("remove") or ())
        if add & remove:
            raise ValidationError(_("A field cannot be added and removed at once."))
        if not self.errors and not add | remove:
            raise ValidationError(_("Choose at least one field."))
        return cleaned

    def changes(self) -> dict[str, list[Term]]:
        """As `actions.bulk.change_fields` takes them."""
        terms = Term.objects.in_bulk([*self.cleaned_data["add"], *self.cleaned_data["remove"]])
        return {name: [terms[pk] for pk in self.cleaned_data[name]] for name in ("add", "remove")}
