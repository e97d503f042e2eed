"""The rules of the hub: as people read them, changed, written in languages, compared."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.proposals import ruling, telling_rules
from concivis.proposals.actions import rules as actions
from concivis.proposals.forms.rules import CompareForm, RulesForm, RulesTextForm
from concivis.proposals.models import Rules
from concivis.proposals.office.doors import LOOK_OR_SAY, WORK, crumb, person
from concivis.proposals.queries import current_rules
from concivis.proposals.starts import STARTS
from concivis.shell import markdown
from concivis.shell.languages import interface_choices, interface_codes
from concivis.shell.parts import Crumb, Tab
from concivis.shell.refusals import put_into


@office_view(WORK)
@require_safe
def rules(request: HttpRequest, hub: Hub) -> HttpResponse:
    """Those in force, as people read them; where there are none, what one may begin with."""
    standing = current_rules(hub)
    context: dict[str, Any] = {
        "heading": _("Rules for citizens’ initiatives"),
        "crumbs": [crumb(hub)],
        "rules": standing,
    }
    if standing is None:
        return office_page(
            request, hub, "proposals/office/rules_start.html", {**context, "starts": _starts(hub)}
        )
    return office_page(
        request, hub, "proposals/office/rules.html", {**context, **_told(request, hub, standing)}
    )


@office_view(WORK)
@require_safe
def version(request: HttpRequest, hub: Hub, number: int) -> HttpResponse:
    """An earlier version, as people read it who signed under it."""
    found = get_object_or_404(hub.proposal_rules, number=number)
    context = {
        "heading": _("Rules, version {number}").format(number=number),
        "crumbs": [crumb(hub), _rules_crumb(hub)],
        "rules": found,
        **_told(request, hub, found),
    }
    return office_page(request, hub, "proposals/office/rules.html", context)


@office_view(WORK)
@require_http_methods(LOOK_OR_SAY)
def edit(request: HttpRequest, hub: Hub) -> HttpResponse:
    """A change makes the next version. `?start=`: begins with one of STARTS."""
    standing = current_rules(hub)
    form = RulesForm(request.POST or None, initial=_initial(request, hub, standing))
    back = reverse("proposals:office_rules", args=[hub.slug])
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_rules(
                by=person(request), hub=hub, facts=form.facts(), after=form.cleaned_data["after"]
            )
        except ValidationError as error:
            put_into(form, error)
        else:
            messages.success(request, _("Version {number} is in force.").format(number=made.number))
            return redirect(back)
    context = {
        "heading": _("Set the rules") if standing is None else _("Change the rules"),
        "lead": _("What is published from now on follows them. What is public keeps the rules of its day."),
        "crumbs": [crumb(hub), _rules_crumb(hub)],
        "form": form,
        "cancel_url": back,
    }
    return office_page(request, hub, "proposals/office/rules_edit.html", context)


@office_view(WORK)
@require_http_methods(LOOK_OR_SAY)
def text(request: HttpRequest, hub: Hub, language: str) -> HttpResponse:
    standing = current_rules(hub)
    if standing is None or language not in interface_codes():
        raise Http404
    row = standing.texts.filter(language=language).first()
    initial = {name: getattr(row, name, "") for name in actions.TEXTS}
    form = RulesTextForm(request.POST or None, initial=initial)
    back = f"{reverse('proposals:office_rules', args=[hub.slug])}?language={language}"
    if request.method == "POST" and form.is_valid():
        actions.write_text(by=person(request), hub=hub, language=language, texts=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(back)
    name = dict(interface_choices())[language]
    context = {
        "heading": _("The rules in {language}").format(language=name),
        "crumbs": [crumb(hub), _rules_crumb(hub)],
        "form": form,
        "cancel_url": back,
    }
    return office_page(request, hub, "proposals/office/rules_edit.html", context)


@office_view(WORK)
@require_safe
def compare(request: HttpRequest, hub: Hub) -> HttpResponse:
    numbers = list(hub.proposal_rules.order_by("-number").values_list("number", flat=True))
    if not numbers:
        raise Http404
    initial = {"first": numbers[1] if len(numbers) > 1 else numbers[0], "second": numbers[0]}
    form = CompareForm(request.GET or None, numbers=numbers, initial=initial)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else initial
    versions = {
        each.number: each
        for each in hub.proposal_rules.filter(number__in=chosen.values()).prefetch_related("steps", "texts")
    }
    first, second = versions[chosen["first"]], versions[chosen["second"]]
    context = {
        "heading": _("Two versions compared"),
        "crumbs": [crumb(hub), _rules_crumb(hub)],
        "form": form,
        "first": first,
        "second": second,
        "differences": telling_rules.differences(first, second),
    }
    return office_page(request, hub, "proposals/office/rules_compare.html", context)


def _initial(request: HttpRequest, hub: Hub, standing: Rules | None) -> dict[str, Any]:
    if standing is not None:
        return RulesForm.initial_of(actions.facts_of(standing), standing.number)
    start = STARTS.get(request.GET.get("start", ""), STARTS["council"])
    return RulesForm.initial_of(start.facts(hub.place.population), 0)


def _starts(hub: Hub) -> list[tuple[Any, str]]:
    edit_url = reverse("proposals:office_rules_edit", args=[hub.slug])
    return [(start, f"{edit_url}?start={start.code}") for start in STARTS.values()]


def _told(request: HttpRequest, hub: Hub, shown: Rules) -> dict[str, Any]:
    """As people read it in one language of the interface. Four queries."""
    language = request.GET.get("language", "")
    if language not in interface_codes():
        language = translation.get_language() or interface_codes()[0]
    texts = {each.language: each for each in shown.texts.all()}
    text_row = texts.get(language)
    with translation.override(language):
        facts = ruling.facts(shown)
        parts = [
            (str(label), markdown.to_html(getattr(text_row, name, "")))
            for name, label in telling_rules.TEXT_LABELS.items()
            if getattr(text_row, name, "")
        ]
    return {
        "language": language,
        "facts": facts,
        "texts": parts,
        "warnings": telling_rules.warnings(shown),
        "tabs": [
            Tab(name, f"?language={code}", current=code == language) for code, name in interface_choices()
        ],
        "versions": hub.proposal_rules.select_related("made_by").order_by("-number"),
        "is_current": not hub.proposal_rules.filter(number__gt=shown.number).exists(),
    }


def _rules_crumb(hub: Hub) -> Crumb:
    return Crumb(_("Rules"), reverse("proposals:office_rules", args=[hub.slug]))
