"""The steps that an office adds to its journeys."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from concivis.accounts.models import User
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.shell.parts import Crumb
from concivis.twinning import journey as texts
from concivis.twinning.actions.journey_order import add_hub_step, retire_hub_step
from concivis.twinning.models import HubStep
from concivis.twinning.office.journey_forms import HubStepForm
from concivis.twinning.policies import KEEP


@office_view(KEEP)
@require_http_methods(["GET", "POST"])
def own_steps(request: HttpRequest, hub: Hub) -> HttpResponse:
    form = HubStepForm(request.POST or None, hub=hub)
    if request.method == "POST" and form.is_valid() and _add(request, hub, form):
        return redirect("twinning:office_journey_steps", hub.slug)
    language = get_language() or "en"
    codes = {step.code: texts.in_language(step.title, language) for step in texts.template().steps}
    own = hub.journey_steps.filter(retired_at__isnull=True).annotate(journeys=Count("steps"))
    context = {
        "heading": _("Own steps of the journey"),
        "lead": _("The ten steps are the same for everybody. Here you add what is needed in your city, too."),
        "crumbs": [Crumb(_("Partnerships"), reverse("twinning:office_partnerships", args=[hub.slug]))],
        "own_steps": [{"step": step, "after": codes.get(step.after, "")} for step in own],
        "form": form,
    }
    return office_page(request, hub, "twinning/office/journey_steps.html", context)


def _add(request: HttpRequest, hub: Hub, form: HubStepForm) -> bool:
    try:
        add_hub_step(by=cast(User, request.user), hub=hub, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("The step is added, also to the journeys that have begun."))
    return True


@office_view(KEEP)
@require_http_methods(["GET", "POST"])
def retire(request: HttpRequest, hub: Hub, step: int) -> HttpResponse:
    retired = get_object_or_404(HubStep, hub=hub, retired_at__isnull=True, pk=step)
    back = reverse("twinning:office_journey_steps", args=[hub.slug])
    if request.method == "POST":
        retire_hub_step(by=cast(User, request.user), step=retired)
        messages.success(request, _("The step is retired."))
        return redirect(back)
    context = {
        "heading": _("Retire “{title}”?").format(title=retired.title),
        "text": _(
            "New journeys begin without it, and it disappears from journeys where nothing was done for it. "
            "Where it has evidence, or is done or left out, it stays."
        ),
        "submit": _("Retire"),
        "danger": True,
        "cancel_url": back,
    }
    return office_page(request, hub, "shell/confirm.html", context)
