"""What stands on the office's page of an initiative that is development cooperation."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from concivis.exchange.iati.checking import missing
from concivis.exchange.iati.codes import purpose_of_theme, purposes
from concivis.exchange.iati.gathering import activity, facts_of, identifier_of, marked, publisher_of
from concivis.exchange.iati.models import Publisher
from concivis.hubs import policies
from concivis.hubs.models import today_in
from concivis.hubs.permissions import Permission
from concivis.initiatives.models import Initiative


def panel(request: HttpRequest, initiative: Initiative) -> str:
    """What it lacks to be published by IATI; nothing for what is no development cooperation."""
    if not initiative.is_development or not policies.may(
        request.user, Permission.EDIT_INITIATIVES, initiative.hub
    ):
        return ""
    return render_to_string("exchange/iati/panel.html", state_of(initiative), request)


def state_of(initiative: Initiative) -> dict[str, object]:
    """`lacks`: sentences; `identifier`; `purpose`: the code and its name. About twelve queries."""
    publisher = publisher_of(initiative.hub)
    found = marked(initiative.hub).get(pk=initiative.pk)
    code = found.dac_code
    return {
        "initiative": found,
        "hub": found.hub,
        "lacks": lacks(found, publisher),
        "identifier": identifier_of(found, publisher),
        "elsewhere": facts_of(found).reporter,
        "purpose": f"{code} {purposes().get(code, '')}".strip(),
        "proposals": [] if code else proposals(found),
    }


def lacks(initiative: Initiative, publisher: Publisher | None) -> list[str]:
    """Of an initiative fetched by `gathering.with_all`."""
    said = activity(initiative, publisher or Publisher(hub=initiative.hub))
    return missing(said, today_in(initiative.hub))


def proposals(initiative: Initiative) -> list[str]:
    """ "11220 Primary education": the purpose codes that its themes suggest."""
    codes = {
        purpose_of_theme().get(term.code, "") for term in initiative.terms.all() if term.scheme_id == "theme"
    }
    return [f"{code} {purposes()[code]}" for code in sorted(codes) if code]
