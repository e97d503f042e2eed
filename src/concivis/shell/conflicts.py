"""Two people change one thing: the second is told, and nothing of either is lost.

Rows with a revision compare that; others the fingerprint of their values:

    class ThingForm(Watched): …            initial: {"began": fingerprint(thing, NAMES)}
    actions.change_thing(…, began=form.cleaned_data["began"])      calls require_unchanged
    except EditConflict as conflict: show_beside(form, now, conflict)
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext


class EditConflict(ValidationError):
    """Somebody saved while this person was writing. `revision`: the one, or the fingerprint, that stands now."""

    def __init__(self, revision: int | str, sentence: str = "") -> None:
        self.revision = revision
        super().__init__(
            sentence
            or gettext(
                "While you were writing, somebody else changed this entry. Nothing of yours is lost and nothing of "
                "theirs was overwritten: compare, then save again."
            ),
            code="conflict",
        )


class Watched(forms.Form):
    """Adds `began`: the fingerprint of what stood there when the form was drawn."""

    began = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)


def fingerprint(row: Model, names: Iterable[str]) -> str:
    """Of these fields as they stand; foreign keys by their key."""
    values = [str(row.serializable_value(name)) for name in names]
    return hashlib.sha256("\x1f".join(values).encode()).hexdigest()[:32]


def require_unchanged(row: Model, names: Iterable[str], began: str) -> None:
    """Locks the row. Raises `EditConflict` if it is not what it was; an empty `began` asks for nothing."""
    stands = fingerprint(type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk), names)
    if began and began != stands:
        raise EditConflict(stands)


def show_beside(form: forms.Form, now: Mapping[str, Any], conflict: EditConflict) -> None:
    """What this person wrote stays; beside each field that differs stands what is saved now (`now`: as initial).

    Saving once more is then a choice, made knowing theirs."""
    said = dict(form.cleaned_data)
    if isinstance(form.data, QueryDict):
        data = form.data.copy()
        data["began"] = str(conflict.revision)
        form.data = data
    form.add_error(None, conflict)
    for name, value in now.items():
        if name in said and name != "began" and _plain(said[name]) != _plain(value):
            words = _in_words(form.fields[name], value) or gettext("nothing")
            form.add_error(name, gettext("Saved now: {value}").format(value=words))


def _plain(value: Any) -> str:
    return str(getattr(value, "pk", value) or "")


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, dt.date):
        return date_format(value)
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return next((str(words) for key, words in choices if str(key) == _plain(value)), "")
    return _plain(value)
