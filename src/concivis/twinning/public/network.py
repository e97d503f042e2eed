"""What the network says to one city."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from concivis.shell import parts
from concivis.twinning.around import NEAR, around, cooperation
from concivis.twinning.public.places import address, crumbs, find, where


@require_safe
def network(request: HttpRequest, public_id: str, slug: str) -> HttpResponseBase:
    place = find(public_id)
    if slug != place.slug:
        return redirect(address(place, "place_network"), permanent=True)
    alike = cooperation(place)
    context = {
        "heading": gettext("%(place)s in the network") % {"place": place.name},
        "kicker": where(place),
        "lead": gettext(
            "Whom its neighbours know, which triangles could be closed, and what hangs by one partnership."
        ),
        "crumbs": [*crumbs(place), parts.Crumb(place.name, place.get_absolute_url())],
        "place": place,
        "around": around(place),
        "near": NEAR,
        "alike": alike,
        "bars": [parts.Bar(label, count) for label, count in alike.fields] if alike else [],
        "finder_url": address(place, "finder"),
    }
    return render(request, "twinning/place_network.html", context)
