"""A proposal is written, step by step, without an account and without scripts. Each step is kept under an address that
only its author has."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concivis.accounts.access import discreet
from concivis.hubs import kept_forms
from concivis.hubs.models import Hub
from concivis.hubs.queries import visible_hub
from concivis.proposals import beside, forgetting, ruling, showing
from concivis.proposals.actions import writing
from concivis.proposals.enums import Purpose
from concivis.proposals.forms.writing import STEPS, TITLES, AuthorForm, TextForm, WhereForm, facts_said
from concivis.proposals.models import ProposalDraft
from concivis.proposals.public.doors import Opened, keyed
from concivis.proposals.queries import current_rules
from concivis.shell import guard
from concivis.shell.parts import Crumb

FORMS_AN_HOUR, SAVES_AN_HOUR = 10, 300
LOOK = "look"
ORDER = [*STEPS, LOOK]
Answers = dict[str, list[str]]


@require_safe
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """Who may, how many, how long, what is kept: before anybody writes. The front cache may keep it."""
    hub = visible_hub(request.user, slug)
    found = current_rules(hub)
    context = {
        "heading": _("Propose something to the city"),
        "kicker": hub.name,
        "crumbs": _crumbs(hub),
        "hub": hub,
        "rules": found,
        "facts": ruling.facts(found) if found else [],
        "own": ruling.own_words(found) if found else None,
        "begin_url": reverse("proposals:write_first", args=[slug]) if found and found.is_open else "",
    }
    return render(request, "proposals/rules.html", context)


@sensitive_post_parameters()
@sensitive_variables("key")
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str, key: str = "", step: str = "text") -> HttpResponse:
    """One step of the form; `key`: of the kept form. POST goes on, back, keeps it, or looks what others propose."""
    hub = visible_hub(request.user, slug)
    found = current_rules(hub)
    if step not in ORDER or (not key and step != "text"):
        raise Http404
    if found is None or not found.is_open:
        return redirect("proposals:new", slug)
    draft = kept_forms.find_draft(ProposalDraft, hub, key)
    if key and draft is None:
        return discreet(
            render(request, "proposals/lost.html", {"heading": _("Nothing is kept here"), "hub": hub})
        )
    answers: Answers = dict(draft.answers) if draft else {}
    if step == LOOK:
        return discreet(_look(request, hub, key, answers))
    if request.method == "POST":
        return discreet(_sent(request, hub, key, step, answers))
    check = "check" in request.GET
    return discreet(_page(request, hub, key, step, _filled(step, hub, answers, check=check)))


@sensitive_post_parameters()
@require_POST
def look(request: HttpRequest, slug: str) -> HttpResponse:
    """What other rooms say beside the form, of what stands in it so far."""
    hub = visible_hub(request.user, slug)
    pieces = []
    if not guard.too_many(request, "proposal-look", most=SAVES_AN_HOUR):
        pieces = beside.pieces(request, TextForm(request.POST, hub=hub))
    return discreet(render(request, "proposals/_beside.html", {"pieces": pieces}))


@require_safe
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    hub = visible_hub(request.user, slug)
    context = {"heading": _("Look into your mail"), "hub": hub, "days": forgetting.UNCONFIRMED.days}
    return discreet(render(request, "proposals/sent.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
@keyed(Purpose.CONFIRM)
def confirm(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The link of the mail only shows; the button confirms, and leads on to the private page."""
    proposal = opened.proposal
    context: dict[str, Any] = {
        "heading": proposal.title,
        "hub": proposal.hub,
        "proposal": proposal,
        "refusal": "",
    }
    if request.method == "POST":
        try:
            context["proposal"], own_key = writing.confirm_mail(key=opened.key)
            if own_key:
                return redirect("proposals:own", own_key)
        except ValidationError as error:
            context["refusal"] = " ".join(error.messages)
    return render(request, "proposals/confirm.html", context)


def _sent(request: HttpRequest, hub: Hub, key: str, step: str, answers: Answers) -> HttpResponse:
    """Whatever stands in the step is kept first, so that nobody loses a word; then it is looked at."""
    form = STEPS[step](request.POST, hub=hub)
    if guard.too_many(request, "proposal-draft", most=SAVES_AN_HOUR):
        form.errors.clear()
        form.add_error(None, _("Nothing could be kept just now. Please try again later."))
        return _page(request, hub, key, step, form)
    try:
        key = _kept(request, hub, key, step, answers)
    except ValidationError as error:
        form.errors.clear()
        form.add_error(None, error)
        return _page(request, hub, key, step, form)
    if "back" in request.POST:
        return redirect(address(hub, key, ORDER[max(0, ORDER.index(step) - 1)]))
    if "keep" in request.POST:
        return redirect(address(hub, key, step) + "#kept")
    if "look" in request.POST and isinstance(form, TextForm):
        pieces = beside.pieces(request, form)
        form.errors.clear()
        return _page(request, hub, key, step, form, pieces=pieces)
    if form.is_valid():
        return redirect(address(hub, key, ORDER[ORDER.index(step) + 1]))
    return _page(request, hub, key, step, form)


def _kept(request: HttpRequest, hub: Hub, key: str, step: str, answers: Answers) -> str:
    """The answers of this step beside those of the others. A box that is not ticked is not sent, and so taken out."""
    names = {*STEPS[step].base_fields, "place_id"}
    others = {name: texts for name, texts in answers.items() if name not in names}
    here = kept_forms.answers_of(request.POST)
    here = {name: texts for name, texts in here.items() if name in names}
    return kept_forms.keep_draft(ProposalDraft, hub=hub, answers={**others, **here}, key=key)


def _look(request: HttpRequest, hub: Hub, key: str, answers: Answers) -> HttpResponse:
    """The preview, exactly as it will look, and the button that sends it."""
    text, where, you = (_filled(step, hub, answers, check=True) for step in STEPS)
    for step, filled in zip(STEPS, (text, where, you), strict=True):
        if not filled.is_valid():
            return redirect(address(hub, key, step) + "?check=1")
    assert isinstance(text, TextForm) and isinstance(where, WhereForm) and isinstance(you, AuthorForm)
    facts, author = facts_said(text, where), you.author()
    form = guard.GuardedForm(request.POST if request.method == "POST" else None)
    if "back" in request.POST:
        return redirect(address(hub, key, ORDER[-2]))
    if form.is_bound and form.is_valid() and _begun(request, form, hub, key, facts, author):
        return redirect("proposals:sent", hub.slug)
    context = {
        **_frame(hub, key, LOOK),
        "look": showing.look_of_facts(facts, author.name if author.name_public else ""),
        "author": author,
        "form": form,
    }
    return render(request, "proposals/preview.html", context)


def _begun(
    request: HttpRequest,
    form: guard.GuardedForm,
    hub: Hub,
    key: str,
    facts: writing.ProposalFacts,
    author: writing.Author,
) -> bool:
    """Sends it; a refusal ends in the form."""
    if guard.too_many(request, "proposal", most=FORMS_AN_HOUR):
        words = _("Many forms came from your connection within an hour. Please try again later.")
        form.add_error(None, words)
        return False
    try:
        writing.begin(hub=hub, facts=facts, author=author, draft=key)
    except ValidationError as error:
        form.add_error(None, error.messages)
    return form.is_valid()


def _filled(step: str, hub: Hub, answers: Answers, *, check: bool) -> TextForm | WhereForm | AuthorForm:
    """The step's form with what was kept. `check`: with what is wrong in it."""
    form_class = STEPS[step]
    if not any(name in answers for name in form_class.base_fields):
        return form_class(hub=hub) if not check else form_class({}, hub=hub)
    form = form_class(kept_forms.as_sent(answers), hub=hub)
    if not check:
        form.errors.clear()  # nobody has sent it yet: what is missing is no mistake
    return form


def _page(
    request: HttpRequest,
    hub: Hub,
    key: str,
    step: str,
    form: TextForm | WhereForm | AuthorForm,
    *,
    pieces: list[str] | None = None,
) -> HttpResponse:
    context = {
        **_frame(hub, key, step),
        "form": form,
        "looks": beside.is_there() and step == "text",
        "pieces": pieces,
    }
    return render(request, "proposals/write.html", context)


def _frame(hub: Hub, key: str, step: str) -> dict[str, Any]:
    """What every step shows around its form."""
    position = ORDER.index(step)
    return {
        "heading": _("Propose something to the city"),
        "kicker": hub.name,
        "crumbs": [*_crumbs(hub), Crumb(_("The rules"), reverse("proposals:new", args=[hub.slug]))],
        "hub": hub,
        "step": step,
        "step_title": TITLES[step],
        "steps": [
            (TITLES[each], address(hub, key, each) if key else "", number == position, number < position)
            for number, each in enumerate(ORDER)
        ],
        "number": position + 1,
        "total": len(ORDER),
        "has_back": position > 0,
        "kept_url": address(hub, key, step) if key else "",
        "days": forgetting.UNCONFIRMED.days,
    }


def address(hub: Hub, key: str, step: str) -> str:
    return reverse("proposals:write", args=[hub.slug, key, step])


def _crumbs(hub: Hub) -> list[Crumb]:
    return [
        Crumb(hub.name, hub.get_absolute_url()),
        Crumb(_("Citizens’ proposals"), reverse("proposals:of_hub", args=[hub.slug])),
    ]
