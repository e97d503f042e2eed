"""The shortest chain of partnerships from one place to any other."""

from dataclasses import dataclass
from itertools import pairwise

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from concivis.places.models import Place
from concivis.shell import parts
from concivis.twinning import drawing, figures, listing, queries
from concivis.twinning.forms import AnyChainForm, ChainForm
from concivis.twinning.listing import Listed, ListedPlace
from concivis.twinning.models import Side
from concivis.twinning.public.places import as_listed, crumbs, find


@dataclass(frozen=True)
class Step:
    """From one place to the next, and the partnership that joins them."""

    start: ListedPlace
    end: ListedPlace
    tie: Listed


@require_safe
def chain(request: HttpRequest, public_id: str) -> HttpResponse:
    start = find(public_id)
    form = chain_form(request.GET)
    end = form.cleaned_data["to"] if form.is_bound and form.is_valid() else None
    places = chain_between(start, end) if end else []
    context = {
        "heading": gettext("From %(place)s to any other place") % {"place": start.name},
        "lead": gettext(
            "Over how many partnerships are two places connected? Choose a place to see the shortest way."
        ),
        "crumbs": [*crumbs(start), parts.Crumb(start.name, start.get_absolute_url())],
        "start": start,
        "chain_form": form,
        "answer": answer(start, end, len(places) - 1) if end else "",
        "steps": steps(places),
        "svg": drawing.chain(places, gettext("The shortest chain")) if places else "",
        "chain_url": reverse("twinning:chain", args=[public_id]),
    }
    return render(request, "twinning/chain.html", context)


@require_safe
def any_chain(request: HttpRequest) -> HttpResponseBase:
    """Asks for both ends and leads to the chain between them."""
    form = AnyChainForm(request.GET) if request.GET else AnyChainForm()
    if form.is_bound and form.is_valid():
        start, end = form.cleaned_data["start"], form.cleaned_data["to"]
        return redirect(f"{reverse('twinning:chain', args=[start.public_id])}?to={end.public_id}")
    context = {
        "heading": gettext("The shortest chain between two places"),
        "lead": gettext(
            "From partner to partner: over how many partnerships are two places of the world connected?"
        ),
        "crumbs": [parts.Crumb(gettext("Figures of the network"), reverse("twinning:figures"))],
        "chain_form": form,
        "chain_url": reverse("twinning:any_chain"),
    }
    return render(request, "twinning/any_chain.html", context)


def chain_form(query: QueryDict) -> ChainForm:
    """Bound where the address names a place: `?to=` by its identifier, or by name as the form sends it."""
    if not query.get("to") and not query.get("to_id"):
        return ChainForm()
    given = query.copy()
    named = Place.objects.filter(public_id=query.get("to", "")).first()
    if named is not None:
        given["to"], given["to_id"] = named.name, named.public_id
    return ChainForm(given)


def chain_between(start: Place, end: Place) -> list[ListedPlace]:
    """The places on a shortest way, both included; empty where there is none. Two queries beside the network's."""
    from concivis.twinning import network  # its libraries load when a chain is asked, not with the first page

    ids = network.shortest_chain(figures.current_network(), start.public_id, end.public_id) or []
    found = {place.public_id: as_listed(place) for place in Place.objects.filter(public_id__in=ids)}
    return [found[public_id] for public_id in map(str, ids)]


def steps(places: list[ListedPlace]) -> list[Step]:
    """The partnership between each two neighbours. Up to five queries."""
    ids = [place.public_id for place in places]
    among = Side.objects.filter(place__public_id__in=ids).values("partnership")
    ties = listing.listed(queries.public().filter(pk__in=among).order_by("started", "pk"), dates=True)
    by_pair: dict[frozenset[str], Listed] = {}
    for tie in ties:
        members = [place.public_id for place in tie.places if place.public_id in ids]
        for one in members:
            for other in members:
                by_pair.setdefault(frozenset((one, other)), tie)
    return [Step(a, b, by_pair[frozenset((a.public_id, b.public_id))]) for a, b in pairwise(places)]


def answer(start: Place, end: Place, length: int) -> str:
    names = {"start": start.name, "end": end.name}
    if start == end:
        return gettext("That is the place you start from.")
    if length > 0:
        return ngettext(
            "%(start)s and %(end)s are partners.",
            "From %(start)s to %(end)s it takes %(n)s partnerships.",
            length,
        ) % {**names, "n": length}
    linked = queries.link_counts([start.pk, end.pk])
    for place in (start, end):
        if place.pk not in linked:
            return gettext("%(place)s has no partnership on record, so no chain leads there.") % {
                "place": place.name
            }
    return gettext("No chain of partnerships joins %(start)s and %(end)s.") % names
