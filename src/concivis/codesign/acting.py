"""How a view does what an action does, and tells why not."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, QueryDict

from concivis.shell.conflicts import EditConflict
from concivis.shell.refusals import put_into


def attempt(request: HttpRequest, act: Callable[[], object], said: str) -> bool:
    """Does it and says so, or says why not, above the page."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, said)
    return True


def fill(form: Form, act: Callable[[], object]) -> bool:
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


def refused(request: HttpRequest, form: Form) -> None:
    """Why a short form beside others was not taken."""
    messages.error(request, " ".join(str(each) for errors in form.errors.values() for each in errors))
