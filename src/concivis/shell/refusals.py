"""How a view does what an action does, and tells what the action refuses."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from concivis.shell.conflicts import EditConflict


def put_into(form: forms.Form, error: ValidationError, names: Mapping[str, str] | None = None) -> None:
    """Each sentence of a refused action beside its field, where the form has that field; above the form else.

    `names`: {what the action calls a field: what the form does}.
    """
    told: dict[str, Any] = getattr(error, "error_dict", {"": [error]})
    for name, errors in told.items():
        field = (names or {}).get(name, name)
        form.add_error(field if field in form.fields else None, errors)


def attempt(request: HttpRequest, act: Callable[[], object], said: str) -> bool:
    """Does it and says so, or says why not, above the page."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, said)
    return True


def fill(form: forms.Form, act: Callable[[], object]) -> bool:
    """Does it; whether it was done. Errors end in the form; after a conflict, another try writes over it."""
    try:
        act()
    except EditConflict as conflict:
        if isinstance(form.data, QueryDict):
            form.data = form.data.copy()
            form.data["revision"] = str(conflict.revision)
        form.add_error(None, conflict)
    except ValidationError as error:
        put_into(form, error)
    return not form.errors


def refused(request: HttpRequest, form: forms.Form) -> None:
    """Why a short form beside others was not taken."""
    messages.error(request, " ".join(str(each) for errors in form.errors.values() for each in errors))
