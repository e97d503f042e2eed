"""Five minutes: a volunteer without an account registers an initiative."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concivis.accounts.access import discreet
from concivis.directory.queries import public, similar_organisations
from concivis.hubs import kept_forms
from concivis.hubs.models import Hub
from concivis.hubs.queries import visible_hub
from concivis.initiatives import beside
from concivis.initiatives.actions import Owner, submitting
from concivis.initiatives.enums import Purpose
from concivis.initiatives.forms.public import RegisterForm
from concivis.initiatives.models import FormDraft
from concivis.initiatives.public.doors import Opened, keyed
from concivis.shell import guard
from concivis.shell.parts import Crumb
from concivis.shell.refusals import put_into

FORMS_AN_HOUR, SAVES_AN_HOUR = 10, 200
MOST_SIMILAR = 4


@sensitive_post_parameters()
@sensitive_variables("key")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str, key: str = "") -> HttpResponse:
    """The form; `key`: of one that was kept. POST sends it, keeps it, or looks what others do."""
    hub = visible_hub(request.user, slug)
    if request.method == "POST":
        return discreet(_sent(request, hub, request.POST.get("draft", "") or key))
    draft = kept_forms.find_draft(FormDraft, hub, key)
    form = RegisterForm(hub=hub)
    if draft is not None:
        form = RegisterForm(kept_forms.as_sent(draft.answers, drawn=form.initial["drawn"]), hub=hub)
        form.errors.clear()  # nobody has sent it yet: what is missing is no mistake
    return discreet(_page(request, hub, form, key if draft else "", lost=bool(key and draft is None)))


@sensitive_post_parameters()
@require_POST
def keep(request: HttpRequest, slug: str) -> HttpResponse:
    """The form as it stands, kept in passing. Answers with the fragment that says so."""
    hub = visible_hub(request.user, slug)
    context: dict[str, Any] = {"failed": True}
    if not guard.too_many(request, "initiative-draft", most=SAVES_AN_HOUR):
        try:
            key = kept_forms.keep_draft(
                FormDraft,
                hub=hub,
                answers=kept_forms.answers_of(request.POST),
                key=request.POST.get("draft", ""),
            )
            url = reverse("initiatives:resume", args=[hub.slug, key])
            context = {
                "key": key,
                "url": url,
                "at": time_format(timezone.localtime()),
                "days": kept_forms.DRAFT_DAYS,
            }
        except ValidationError:
            pass
    response = discreet(render(request, "initiatives/_kept.html", context))
    if "url" in context:
        response["HX-Replace-Url"] = context["url"]
    return response


@sensitive_post_parameters()
@require_POST
def look(request: HttpRequest, slug: str) -> HttpResponse:
    """What other rooms say beside the form, of what stands in it so far."""
    hub = visible_hub(request.user, slug)
    pieces = [] if guard.too_many(request, "initiative-look", most=SAVES_AN_HOUR) else _beside(request, hub)
    return discreet(render(request, "initiatives/_beside.html", {"pieces": pieces}))


@require_safe
def organisations(request: HttpRequest, slug: str) -> HttpResponse:
    """Public organisations of the hub that the typed name may mean, as radio buttons."""
    hub = visible_hub(request.user, slug)
    name = request.GET.get("organisation", "")[:200].strip()
    found = []
    if len(name) > 2 and not guard.too_many(request, "organisations", most=SAVES_AN_HOUR):
        shown = set(public().filter(hub=hub).values_list("pk", flat=True))
        alike = similar_organisations(name, hub=hub)
        found = [each.organisation for each in alike if each.organisation.pk in shown][:MOST_SIMILAR]
    return discreet(render(request, "initiatives/_organisations.html", {"found": found}))


@require_safe
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    hub = visible_hub(request.user, slug)
    context = {"heading": _("Look into your mail"), "hub": hub, "days": submitting.UNCONFIRMED_DAYS}
    return discreet(render(request, "initiatives/sent.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
@keyed(Purpose.CONFIRM)
def confirm(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The link of the mail only shows; the button confirms."""
    initiative = opened.initiative
    context: dict[str, Any] = {"heading": initiative.title, "hub": initiative.hub, "initiative": initiative}
    if request.method == "POST":
        try:
            context["initiative"] = submitting.confirm_mail(key=opened.key)
        except ValidationError as error:
            context["refusal"] = " ".join(error.messages)
    return render(request, "initiatives/confirm.html", context)


def _sent(request: HttpRequest, hub: Hub, key: str) -> HttpResponse:
    form = RegisterForm(request.POST, hub=hub)
    if "keep" in request.POST:
        return _kept(request, hub, form, key)
    if "look" in request.POST:
        form.errors.clear()
        return _page(request, hub, form, key, pieces=_beside(request, hub))
    if form.is_valid() and guard.too_many(request, "initiative", most=FORMS_AN_HOUR):
        form.add_error(
            None, _("Many forms came from your connection within an hour. Please try again later.")
        )
    if form.is_valid():
        owner = Owner(
            email=form.cleaned_data["owner_email"],
            name=form.cleaned_data["owner_name"],
            language=get_language() or "",
        )
        try:
            submitting.submit(hub=hub, facts=form.facts(), owner=owner, draft=key)
        except ValidationError as error:
            put_into(form, error)
        else:
            return redirect("initiatives:sent", hub.slug)
    return _page(request, hub, form, key)


def _kept(request: HttpRequest, hub: Hub, form: RegisterForm, key: str) -> HttpResponse:
    """Without scripts: keeps it and leads to the address under which it is found again."""
    if guard.too_many(request, "initiative-draft", most=SAVES_AN_HOUR):
        form.errors.clear()
        form.add_error(None, _("Nothing could be kept just now. Please try again later."))
        return _page(request, hub, form, key)
    try:
        key = kept_forms.keep_draft(FormDraft, hub=hub, answers=kept_forms.answers_of(request.POST), key=key)
    except ValidationError as error:
        form.errors.clear()
        form.add_error(None, error)
        return _page(request, hub, form, key)
    return redirect(reverse("initiatives:resume", args=[hub.slug, key]) + "#kept")


def _page(
    request: HttpRequest,
    hub: Hub,
    form: RegisterForm,
    key: str,
    *,
    lost: bool = False,
    pieces: list[str] | None = None,
) -> HttpResponse:
    context = {
        "heading": _("Register an initiative"),
        "kicker": hub.name,
        "lead": _("Five minutes. You need no account; the office looks at it before it becomes public."),
        "crumbs": [Crumb(_("Initiatives"), reverse("initiatives:of_hub", args=[hub.slug]))],
        "hub": hub,
        "form": form,
        "groups": form.groups(),
        "draft": key,
        "kept_url": reverse("initiatives:resume", args=[hub.slug, key]) if key else "",
        "days": kept_forms.DRAFT_DAYS,
        "lost": lost,
        "pieces": pieces,
        "looks": beside.is_there(),
    }
    return render(request, "initiatives/new.html", context)


def _beside(request: HttpRequest, hub: Hub) -> list[str]:
    return beside.pieces(request, RegisterForm(request.POST, hub=hub))
