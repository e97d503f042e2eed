"""An initiative in the words of schema.org, for machines that read along."""

from typing import Any

from django.urls import reverse

from concivis.initiatives import telling
from concivis.initiatives.models import Initiative
from concivis.shell.content import Shown
from concivis.shell.jsonld import CONTEXT
from concivis.shell.templatetags.shell import absolute_url


def jsonld(initiative: Initiative, shown: Shown) -> dict[str, Any]:
    """Of a public initiative fetched by `queries.for_list`; nothing of persons."""
    document: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Project",
        "@id": absolute_url(initiative.get_absolute_url()),
        "url": absolute_url(initiative.get_absolute_url()),
        "name": shown.texts["title"],
        "description": shown.texts["summary"],
        "inLanguage": shown.language,
        "dateModified": initiative.changed_at.isoformat(),
        "foundingDate": initiative.since.iso if initiative.since else "",
        "dissolutionDate": initiative.until.iso if initiative.until else "",
        "parentOrganization": {"@type": "GovernmentOrganization", "name": initiative.hub.name},
        "areaServed": [
            {"@type": "City", "name": town.name, "containedInPlace": town.country_id}
            for town in initiative.towns  # type: ignore[attr-defined]
        ]
        + [{"@type": "Country", "name": country.name} for country in initiative.countries.all()],
        "member": [
            {"@type": "Organization", "name": name}
            for name, _role, _site in telling.organisations(initiative)
        ],
        "image": _image(initiative),
    }
    return {name: value for name, value in document.items() if value not in ("", [], None)}


def _image(initiative: Initiative) -> str:
    pictures = initiative.shown_pictures  # type: ignore[attr-defined]
    if not pictures:
        return ""
    return absolute_url(reverse("initiatives:picture", args=[initiative.public_id, pictures[0].public_id]))
