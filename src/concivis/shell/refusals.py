"""What an action refuses, told beside the form that asked for it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError


def put_into(form: forms.Form, error: ValidationError, names: Mapping[str, str] | None = None) -> None:
    """Each sentence of a refused action beside its field, where the form has that field; above the form else.

    `names`: {what the action calls a field: what the form does}.
    """
    told: dict[str, Any] = getattr(error, "error_dict", {"": [error]})
    for name, errors in told.items():
        field = (names or {}).get(name, name)
        form.add_error(field if field in form.fields else None, errors)
