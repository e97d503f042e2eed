"""What rooms above add to the register, each when the site starts (in its `AppConfig.ready`)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from concivis.catalogue.enums import Support
from concivis.hubs.models import Hub
from concivis.initiatives.models import Initiative
from concivis.places.models import Place
from concivis.vocabulary.models import Term


@dataclass(frozen=True, kw_only=True)
class Written:
    """What stands in a form so far; what is missing or not understood is empty. `initiative`: that being edited."""

    hub: Hub
    title: str = ""
    summary: str = ""
    story: str = ""
    language: str = ""
    organisation: str = ""
    countries: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    terms: tuple[Term, ...] = ()
    needs: tuple[Support, ...] = ()
    offers: tuple[Support, ...] = ()
    initiative: Initiative | None = None


beside_form: list[Callable[[HttpRequest, Written], str]] = []
"""What stands beside the form while it is filled: "others already do this", proposals of tags. Each gives safe
HTML or "".

Asked again whenever the person pauses, and by a button where no scripts run. The answer may hold buttons that tick
boxes of the form: `<button type="button" data-tick="themes:youth">`.
"""

on_page: list[Callable[[HttpRequest, Initiative], str]] = []
"""What stands on the public page of an initiative, below its facts. Each gives safe HTML or "". The page is kept by the
front cache: nothing of who reads may be in it."""

on_office_page: list[Callable[[HttpRequest, Initiative], str]] = []
"""The same on the office's page of an initiative."""

on_own_page: list[Callable[[HttpRequest, Initiative, str], str]] = []
"""What stands on the page of who looks after an initiative; called with the key of the mailed link, too."""
