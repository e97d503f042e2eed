"""Are the signatures true? When and from where they came; many taken out of the count, and put back."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from concivis.proposals import trends
from concivis.proposals.actions import invalidating
from concivis.proposals.actions.invalidating import Choice
from concivis.proposals.enums import Means
from concivis.proposals.forms.rules import capitalised
from concivis.proposals.models import Invalidation, Proposal
from concivis.proposals.office.doors import (
    LOOK_OR_SAY,
    address,
    person,
    proposal_page,
    proposal_view,
    put_into,
)
from concivis.shell.parts import Bar, Fact, Stat

TAB = "office_signatures"
SAMPLE = 20


class ChoiceForm(forms.Form):
    """Which signatures. Moments are those of the hub's clock."""

    network = forms.CharField(
        label=gettext_lazy("From the network"),
        required=False,
        max_length=16,
        help_text=gettext_lazy("As it stands in the list: networks are kept as a code, not as an address."),
    )
    domain = forms.CharField(
        label=gettext_lazy("With mail at"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("example.org"),
    )
    means = forms.ChoiceField(
        label=gettext_lazy("Signed by"),
        required=False,
        choices=lambda: [("", _("any way")), *capitalised(Means.choices)],
    )
    begin = forms.DateTimeField(
        label=gettext_lazy("From"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    until = forms.DateTimeField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def choice(self) -> Choice:
        said = self.cleaned_data
        return Choice(
            network=said["network"].strip(),
            domain=said["domain"].strip().lower(),
            means=said["means"],
            begin=self._moment(said["begin"]),
            until=self._moment(said["until"]),
        )

    def _moment(self, said: datetime | None) -> datetime | None:
        return said.replace(tzinfo=self.zone) if said else None


class ReasonForm(ChoiceForm):
    """The same, confirmed. What was looked at is what is taken out: nothing that came since."""

    reason = forms.CharField(
        label=gettext_lazy("Why do they not count?"), max_length=300,
        help_text=gettext_lazy("The record keeps it. Nobody who signed is told."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("network", "domain", "means", "begin", "until"):
            self.fields[name].widget = self.fields[name].hidden_widget()


@proposal_view
@require_safe
def signatures(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Thirteen queries."""
    hours = trends.by_hour(proposal)
    context = {
        "stats": _stats(proposal),
        "hours": [Bar(_hour(each.at), each.count) for each in hours],
        "bursts": [(_hour(each.at), each) for each in hours if each.marked],
        "networks": trends.by_source(proposal, "network"),
        "domains": trends.by_source(proposal, "domain"),
        "held": proposal.attempts.filter(held=True).count(),
        "held_from": [
            (field, source)
            for field in ("domain", "network")
            for source in trends.held_by_source(proposal, field)
        ],
        "invalidations": proposal.invalidations.select_related("made_by"),
        "counted_at": proposal.tally.counted_at if hasattr(proposal, "tally") else None,
    }
    return proposal_page(request, proposal, "proposals/office/signatures.html", context, tab=TAB)


@proposal_view
@require_http_methods(LOOK_OR_SAY)
def invalidate(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """GET chooses and shows what it would do; POST does it."""
    zone = ZoneInfo(proposal.hub.timezone)
    if request.method == "POST":
        return _invalidate(request, proposal, ReasonForm(request.POST, zone=zone))
    form = ChoiceForm(request.GET or None, zone=zone)
    if not form.is_bound or not form.is_valid() or form.choice().is_empty:
        return _asked(request, proposal, form)
    said = request.GET.dict()
    if not said.get("until"):  # what comes in from now on is not meant
        said["until"] = timezone.now().astimezone(zone).replace(tzinfo=None).isoformat()
    frozen = ChoiceForm(said, zone=zone)
    frozen.is_valid()
    return _looked(request, proposal, frozen.choice(), ReasonForm(initial=said, zone=zone))


def _asked(request: HttpRequest, proposal: Proposal, form: ChoiceForm) -> HttpResponse:
    if form.is_bound and form.is_valid():
        form.add_error(None, _("Say which signatures: all of them at once are never meant."))
    return proposal_page(request, proposal, "proposals/office/invalidate.html", {"form": form}, tab=TAB)


def _looked(request: HttpRequest, proposal: Proposal, choice: Choice, form: ReasonForm) -> HttpResponse:
    """What it would do, and some of the rows without who signed."""
    context = {
        "outlook": invalidating.outlook(proposal, choice),
        "chosen": _in_words(proposal, choice),
        "sample": invalidating.chosen(proposal, choice).order_by("-signed_at")[:SAMPLE],
        "form": form,
        "cancel_url": address("office_invalidate", proposal),
    }
    return proposal_page(request, proposal, "proposals/office/invalidate_look.html", context, tab=TAB)


def _invalidate(request: HttpRequest, proposal: Proposal, form: ReasonForm) -> HttpResponse:
    if not form.is_valid():
        return _asked(request, proposal, form)
    try:
        made = invalidating.invalidate(
            by=person(request), proposal=proposal, choice=form.choice(), reason=form.cleaned_data["reason"]
        )
    except ValidationError as error:
        put_into(form, error)
        return _looked(request, proposal, form.choice(), form)
    messages.success(
        request,
        _("{number} signatures no longer count. You can take that back below.").format(number=made.number),
    )
    return redirect(address(TAB, proposal))


@proposal_view
@require_http_methods(LOOK_OR_SAY)
def cancel(request: HttpRequest, proposal: Proposal, invalidation: str) -> HttpResponse:
    row = get_object_or_404(proposal.invalidations, public_id=invalidation)
    if request.method == "POST":
        try:
            invalidating.cancel(by=person(request), invalidation=row)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("They count again."))
        return redirect(address(TAB, proposal))
    context = {
        "heading": _("Let them count again?"),
        "text": _("All signatures that were taken out then count as before."),
        "details": _details(proposal, row),
        "submit": _("Let them count again"),
        "cancel_url": address(TAB, proposal),
    }
    return proposal_page(request, proposal, "shell/confirm.html", context, tab=TAB)


def _details(proposal: Proposal, row: Invalidation) -> list[Fact]:
    return [
        *_in_words(proposal, Choice.from_json(row.chosen_by)),
        Fact(_("Why"), row.reason),
        Fact(_("Signatures"), row.number),
    ]


def _in_words(proposal: Proposal, choice: Choice) -> list[Fact]:
    zone = ZoneInfo(proposal.hub.timezone)
    moment = lambda at: date_format(at.astimezone(zone), "SHORT_DATETIME_FORMAT") if at else ""  # noqa: E731
    return [
        Fact(_("From the network"), choice.network),
        Fact(_("With mail at"), choice.domain),
        Fact(_("Signed by"), Means(choice.means).label if choice.means in Means.values else ""),
        Fact(_("From"), moment(choice.begin)),
        Fact(_("Until"), moment(choice.until)),
    ]


def _stats(proposal: Proposal) -> list[Stat]:
    tally = getattr(proposal, "tally", None)
    if tally is None:
        return []
    found = [
        Stat(tally.counts, _("signatures"), _("of which {number} on paper").format(number=tally.paper)),
        Stat(tally.consultative, _("support from others")),
    ]
    if proposal.rules and proposal.rules.needs_check:
        found += [
            Stat(tally.valid, _("said valid by the register")),
            Stat(max(0, tally.legal - tally.valid), _("wait for the register")),
            Stat(tally.invalid, _("not valid")),
        ]
    return found


def _hour(at: datetime) -> str:
    return date_format(at, "SHORT_DATETIME_FORMAT")
