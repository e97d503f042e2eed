"""What the finder's pages of the office and of a place share: the list, and the comparison."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from concivis.places.models import Place
from concivis.shell import parts
from concivis.twinning import finding
from concivis.twinning.finder_forms import FinderFilter
from concivis.twinning.models import Partnership

PER_PAGE = 20
BESIDE = 3  # candidates side by side


def listed(request: HttpRequest, place: Place, ties: Mapping[int, Partnership]) -> dict[str, Any]:
    """The context of the list. `found` is None where no finder was fitted yet. About ten queries."""
    from concivis.twinning import (
        candidates,
    )  # its libraries load when the finder is asked, not with the first page

    form = FinderFilter(request.GET or None)
    found = finding.ranked(place, form.asked())
    page = Paginator(found or [], PER_PAGE).get_page(request.GET.get("page"))
    fitted = finding.snapshot()
    return {
        "form": form,
        "chips": parts.chips(form, request.GET),
        "ready": found is not None,
        "page": page,
        "rows": candidates.rows(place, list(page.object_list), page.start_index(), ties),
        "place": place,
        "fitted": fitted.figures if fitted else None,
        "few_links": fitted is not None and fitted.figures["links"] < finding.FEW_LINKS,
        "explained_url": reverse("twinning:finder_explained"),
        "unplaced": place.latitude is None,
        "unsized": not place.population,
    }


def compared(request: HttpRequest, place: Place) -> dict[str, Any]:
    """The context of the comparison: `?with=` names up to three places. About nine queries."""
    from concivis.twinning import candidates

    chosen = chosen_places(request.GET.getlist("with"), place)
    return {
        "heading": gettext("Side by side"),
        "lead": gettext("Candidates for a partnership with %(place)s") % {"place": place.name},
        "place": place,
        "others": chosen,
        "too_many": len(set(request.GET.getlist("with"))) > BESIDE,
        "lines": candidates.comparison(place, chosen) if chosen else [],
        "ready": finding.current_finder() is not None,
    }


def chosen_places(public_ids: Sequence[str], asking: Place) -> list[Place]:
    """The first BESIDE of them that exist, in the order chosen; not the asking place itself. One query."""
    wanted = list(dict.fromkeys(each for each in public_ids if each.isalnum() and len(each) <= 16))[:BESIDE]
    found = Place.objects.select_related("country", "region").filter(public_id__in=wanted)
    by_id = {place.public_id: place for place in found if place.pk != asking.pk}
    return [by_id[each] for each in wanted if each in by_id]
