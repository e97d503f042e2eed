"""What came in such numbers that the office looks first, and the numbers from which on that is."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.proposals.actions import holding_back
from concivis.proposals.identity import ascii_domain
from concivis.proposals.limits import limits_of
from concivis.proposals.models import Proposal
from concivis.proposals.office.doors import (
    LOOK_OR_SAY,
    WORK,
    address,
    crumb,
    person,
    proposal_page,
    proposal_view,
    put_into,
)
from concivis.shell.parts import Fact

MOST_DOMAINS = 1000


class Domains(forms.CharField):
    """One in each line, as a sorted list."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 5})
        super().__init__(required=False, max_length=40_000, widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        words = [word.lstrip("@") for word in super().clean(value).split()]
        return sorted({_domain(word) for word in words if word})[:MOST_DOMAINS]


def _domain(word: str) -> str:
    try:
        return ascii_domain(word.lower())
    except ValueError as error:
        raise ValidationError(_("“%(word)s” is no mail domain.") % {"word": word[:60]}) from error


class LimitsForm(forms.Form):
    network_burst = forms.IntegerField(
        label=gettext_lazy("From one network in ten minutes"), min_value=1, max_value=10**7
    )
    network_day = forms.IntegerField(
        label=gettext_lazy("From one network in a day"), min_value=1, max_value=10**7
    )
    domain_burst = forms.IntegerField(
        label=gettext_lazy("From one mail domain in ten minutes"), min_value=1, max_value=10**7,
        help_text=gettext_lazy("Large mail providers are never counted: everybody has their mail there."),
    )  # fmt: skip
    domain_day = forms.IntegerField(
        label=gettext_lazy("From one mail domain in a day"), min_value=1, max_value=10**7
    )
    allowed_domains = Domains(
        label=gettext_lazy("Mail domains without a limit"),
        help_text=gettext_lazy("One in each line: your city's own, a university's, a large employer's."),
    )
    blocked_domains = Domains(
        label=gettext_lazy("Mail domains that do not count"),
        help_text=gettext_lazy("One in each line: addresses that live for ten minutes. Nobody is told."),
    )


@office_view(WORK)
@require_http_methods(LOOK_OR_SAY)
def limits(request: HttpRequest, hub: Hub) -> HttpResponse:
    names = (*holding_back.NUMBERS, *holding_back.LISTS)
    stands = limits_of(hub.pk)
    form = LimitsForm(request.POST or None, initial={name: getattr(stands, name) for name in names})
    back = reverse("proposals:office", args=[hub.slug])
    if request.method == "POST" and form.is_valid():
        try:
            holding_back.set_limits(by=person(request), hub=hub, **form.cleaned_data)
        except ValidationError as error:
            put_into(form, error)
        else:
            messages.success(request, _("Saved. It holds from now on."))
            return redirect(back)
    context = {
        "heading": _("When the office looks first"),
        "lead": _(
            "Signatures beyond these numbers wait until you let them through; nobody who signs notices."
        ),
        "crumbs": [crumb(hub)],
        "form": form,
        "cancel_url": back,
    }
    return office_page(request, hub, "proposals/office/rules_edit.html", context)


@proposal_view
@require_POST
def held(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """What waits, from one source or all of it, is let through or dropped."""
    chosen = {name: request.POST.get(name, "")[:100] for name in ("network", "domain")}
    by = person(request)
    drops = request.POST.get("act") == "drop"
    if drops and request.POST.get("sure") != "1":
        return _asked(request, proposal, chosen)
    if drops:
        number = holding_back.drop(by=by, proposal=proposal, **chosen)
        words = ngettext("%(n)s was dropped.", "%(n)s were dropped.", number)
    else:
        number = holding_back.let_through(by=by, proposal=proposal, **chosen)
        words = ngettext("The letter to %(n)s person leaves.", "The letters to %(n)s people leave.", number)
    messages.success(request, words % {"n": number})
    return redirect(address("office_signatures", proposal))


class SureForm(forms.Form):
    network = forms.CharField(required=False, widget=forms.HiddenInput)
    domain = forms.CharField(required=False, widget=forms.HiddenInput)
    act = forms.CharField(initial="drop", widget=forms.HiddenInput)
    sure = forms.CharField(initial="1", widget=forms.HiddenInput)


def _asked(request: HttpRequest, proposal: Proposal, chosen: dict[str, str]) -> HttpResponse:
    """What is dropped is gone: asked first."""
    context = {
        "heading": _("Drop them for good?"),
        "text": _("They are deleted, and nobody is told. Who was meant seriously has to sign again."),
        "details": [
            Fact(_("From"), chosen["domain"] or chosen["network"]),
            Fact(_("How many"), holding_back.held(proposal, **chosen).count()),
        ],
        "form": SureForm(initial=chosen),
        "submit": _("Drop for good"),
        "danger": True,
        "cancel_url": address("office_signatures", proposal),
    }
    return proposal_page(request, proposal, "shell/confirm.html", context, tab="office_signatures")
