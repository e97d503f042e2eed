"""The page of a proposal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from concivis.proposals import queries
from concivis.proposals.models import Proposal
from concivis.shell import content, markdown, parts


@require_safe
def proposal(request: HttpRequest, public_id: str) -> HttpResponse:
    found = one(public_id)
    told = content.choose(
        found, found.translations.all(), content.reader_languages(), exactly=request.GET.get("in", "")
    )
    context = {
        "heading": told.texts["title"],
        "kicker": _("Citizens’ proposal"),
        "crumbs": [parts.Crumb(found.hub.name, found.hub.get_absolute_url())],
        "hub": found.hub,
        "proposal": found,
        "shown": told,
        "body": markdown.to_html(told.texts["body"]),
    }
    return render(request, "proposals/proposal.html", context)


def one(public_id: str) -> Proposal:
    """A public one, also withdrawn or rejected after it was published. Raises `Http404`."""
    return get_object_or_404(queries.for_list(queries.public()), public_id=public_id)
