"""The partner finder for any place of the world: the list, the comparison, how it works."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from concivis.shell import parts
from concivis.shell.templatetags.shell import percent
from concivis.twinning import finder_pages, finding
from concivis.twinning.public.places import address, crumbs, find, where


@require_safe
def finder(request: HttpRequest, public_id: str, slug: str) -> HttpResponseBase:
    place = find(public_id)
    if slug != place.slug:
        return redirect(address(place, "finder"), permanent=True)
    context = finder_pages.listed(request, place, {}) | {
        "heading": gettext("Find a partner for %(place)s") % {"place": place.name},
        "kicker": where(place),
        "crumbs": [*crumbs(place), parts.Crumb(place.name, place.get_absolute_url())],
        "compare_url": address(place, "finder_compare"),
    }
    return render(request, "twinning/finder.html", context)


@require_safe
def compare(request: HttpRequest, public_id: str, slug: str) -> HttpResponseBase:
    place = find(public_id)
    if slug != place.slug:
        return redirect(address(place, "finder_compare"), permanent=True)
    back = address(place, "finder")
    title = gettext("Find a partner for %(place)s") % {"place": place.name}
    context = finder_pages.compared(request, place) | {
        "crumbs": [
            *crumbs(place),
            parts.Crumb(place.name, place.get_absolute_url()),
            parts.Crumb(title, back),
        ],
        "finder_url": back,
    }
    return render(request, "twinning/finder_compare.html", context)


@require_safe
def explained(request: HttpRequest) -> HttpResponse:
    """How the finder works, from what it learnt, and how often it is right."""
    snapshot = finding.snapshot()
    context = {
        "heading": gettext("How the partner finder works"),
        "crumbs": [parts.Crumb(gettext("Looking for a partner"), reverse("twinning:looking"))],
        "fitted": snapshot.figures if snapshot else None,
        "rates": rates(),
    }
    return render(request, "twinning/finder_explained.html", context)


def rates() -> list[parts.Fact]:
    """The measured hit rates, as percentages in the reader's language; none where no measurement is shipped."""
    measured = finding.measured()
    if measured is None:
        return []
    rows = [
        ("with_links", gettext("Places with partners")),
        ("without_links", gettext("Places without partners")),
    ]
    words = gettext("%(hit20)s among the first 20, %(hit100)s among the first 100")
    return [
        parts.Fact(
            label,
            words % {"hit20": percent(measured[key]["hit@20"]), "hit100": percent(measured[key]["hit@100"])},
        )
        for key, label in rows
    ]
