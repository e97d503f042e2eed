"""A new hub in two minutes: the city, the office, a look at it. Each step is a page with a way back."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from concivis.accounts.access import personal_view
from concivis.accounts.models import User
from concivis.hubs import actions, choices, crests
from concivis.hubs.drafts import Draft
from concivis.hubs.forms import CityForm, NewOfficeForm
from concivis.hubs.models import Hub
from concivis.hubs.public import stylesheet
from concivis.shell.parts import Fact


@personal_view
@require_http_methods(["GET", "POST"])
def city(request: HttpRequest) -> HttpResponse:
    draft = Draft(request.session)
    form = CityForm(request.POST or None, initial={"place": draft.place})
    if request.method == "POST" and form.is_valid():
        draft.choose(form.cleaned_data["place"])
        return redirect("hubs:new_office")
    return render(
        request, "hubs/new_city.html", {"form": form, "heading": _("A hub for your city"), "step": 1}
    )


@personal_view
@require_http_methods(["GET", "POST"])
def office(request: HttpRequest) -> HttpResponse:
    draft = Draft(request.session)
    place = draft.place
    if place is None:
        return redirect("hubs:new")
    form = NewOfficeForm(request.POST or None, request.FILES or None, initial=draft.initial(place))
    if request.method == "POST":
        complete = form.is_valid()
        if form.cleaned_data.get("crest"):
            draft.keep_crest(form.cleaned_data["crest"])  # even if another field is wrong
        if complete:
            draft.answer(form.cleaned_data)
            return redirect("hubs:new_preview")
    context = {
        "form": form,
        "heading": _("Name and look"),
        "step": 2,
        "place": place,
        "has_crest": draft.crest,
    }
    return render(request, "hubs/new_office.html", context)


@personal_view
@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest) -> HttpResponse:
    draft = Draft(request.session)
    place = draft.place
    if place is None or not draft.is_complete:
        return redirect("hubs:new")
    if request.method == "POST":
        return _create(request, draft)
    hub = Hub(place=place, **draft.choices)
    facts = [
        Fact(_("City"), f"{place.name}, {place.country.name}"),
        Fact(_("Address"), request.build_absolute_uri(f"../../{hub.slug}/")),
        Fact(_("Language"), dict(choices.languages())[hub.language]),
        Fact(_("Time zone"), hub.timezone),
    ]
    context = {
        "preview": hub,
        "facts": facts,
        "heading": _("A last look"),
        "step": 3,
        "has_crest": draft.crest,
    }
    return render(request, "hubs/new_preview.html", context)


def _create(request: HttpRequest, draft: Draft) -> HttpResponse:
    user, place = cast(User, request.user), draft.place
    if place is None:
        return redirect("hubs:new")
    try:
        hub = actions.create_hub(by=user, place=place, crest=draft.crest, **draft.choices)
    except ValidationError as error:  # the address was taken meanwhile
        for sentence in error.messages:
            messages.error(request, sentence)
        return redirect("hubs:new_office")
    draft.clear()
    if request.POST.get("publish"):
        actions.publish_hub(by=user, hub=hub)
    messages.success(request, _("The office of {hub} is open.").format(hub=hub.name))
    return redirect("hubs:office", hub.slug)


@personal_view
@require_GET
def draft_theme(request: HttpRequest) -> HttpResponse:
    colour = Draft(request.session).answers.get("colour")
    if not colour:
        raise Http404
    return HttpResponse(stylesheet(colour), content_type="text/css; charset=utf-8")


@personal_view
@require_GET
def draft_crest(request: HttpRequest) -> HttpResponse:
    crest = Draft(request.session).crest
    if crest is None:
        raise Http404
    return HttpResponse(crest.read(), content_type=crests.content_type(str(crest.name)))
