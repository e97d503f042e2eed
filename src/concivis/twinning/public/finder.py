"""The partner finder for any place of the world: the list, the comparison, how it works."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from concivis.places.models import Place
from concivis.shell import guard, parts
from concivis.shell.templatetags.shell import percent
from concivis.twinning import finder_pages, finding
from concivis.twinning.public.places import address, crumbs, find, where

PLACES_AN_HOUR = 60  # ranked for one visitor; a person who looks for a partner asks for a handful


@require_safe
def finder(request: HttpRequest, public_id: str, slug: str) -> HttpResponseBase:
    place = find(public_id)
    if slug != place.slug:
        return redirect(address(place, "finder"), permanent=True)
    if _asks_too_much(request, place):
        return _please_wait(request, place)
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
    if _asks_too_much(request, place):
        return _please_wait(request, place)
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


def _asks_too_much(request: HttpRequest, place: Place) -> bool:
    """Every further place is a ranking of all places of the world. Who has an account is known, and not counted."""
    if request.user.is_authenticated:
        return False
    return guard.too_many(request, "ranking", most=PLACES_AN_HOUR, of=place.public_id)


def _please_wait(request: HttpRequest, place: Place) -> HttpResponse:
    context = {
        "heading": gettext("Please wait an hour"),
        "crumbs": [*crumbs(place), parts.Crumb(place.name, place.get_absolute_url())],
    }
    answer = render(request, "twinning/finder_wait.html", context, status=429)
    answer["Cache-Control"] = "no-store"
    answer["Retry-After"] = str(guard.AN_HOUR)
    return answer


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
