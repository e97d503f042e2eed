"""The filters that the list, its exports and the API share: `?q=&state=&outcome=&theme=&place=&hub=&sort=`."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from concivis.proposals.enums import OUTCOMES, State
from concivis.proposals.models import Proposal
from concivis.shell.widgets import QuickSelect
from concivis.vocabulary.queries import term_choices

ANY = ("", _("all"))
STATES = (
    ("open", _("can be signed now")),
    ("closed", _("collecting has ended")),
    ("handed_over", _("waits for the answer")),
    ("answered", _("answered or decided")),
    ("ended", _("we know what became of it")),
    ("withdrawn", _("withdrawn")),
    ("rejected", _("not admitted")),
)
OUTCOME_CHOICES = [(each.value, each.label) for each in OUTCOMES]
SORTS = (
    ("", _("newest first")),
    ("ending", _("ending soon")),
    ("supported", _("most supported")),
)


def _select(label: Any, options: Any) -> forms.ChoiceField:
    def choices() -> list[Any]:
        return [ANY, *(options() if callable(options) else options)]

    return forms.ChoiceField(label=label, required=False, choices=choices, widget=QuickSelect)


class ProposalFilter(forms.Form):
    q = forms.CharField(
        label=_("Words"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = _select(_("How far"), STATES)
    outcome = _select(_("What became of it"), OUTCOME_CHOICES)
    theme = _select(_("Theme"), lambda: term_choices("theme"))
    # which other pages link to
    place = forms.SlugField(required=False, max_length=16, widget=forms.HiddenInput)
    hub = forms.SlugField(required=False, max_length=60, widget=forms.HiddenInput)

    def wanted(self) -> dict[str, str]:
        """What is set and understood. What is not filters nothing; the form says so beside its field."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


def narrowed(proposals: QuerySet[Proposal], wanted: Mapping[str, str]) -> QuerySet[Proposal]:
    """Those that fit all of `wanted`; each of the filter's names at most once."""
    for name, value in wanted.items():
        proposals = FILTERS[name](proposals, value)
    return proposals


def ordered(proposals: QuerySet[Proposal], sort: str) -> QuerySet[Proposal]:
    """By one of `SORTS`; any other is the newest first."""
    if sort == "ending":
        now_open = Q(state=State.PUBLISHED)
        return proposals.filter(now_open).order_by("closes_at", "-pk")
    if sort == "supported":
        counts = Coalesce(F("tally__legal") + F("tally__paper"), 0)
        return proposals.annotate(counts=counts).order_by("-counts", "-pk")
    return proposals.order_by("-published_at", "-pk")


def _words(proposals: QuerySet[Proposal], text: str) -> QuerySet[Proposal]:
    for word in text.split()[:6]:
        translated = Proposal.objects.filter(
            Q(translations__title__icontains=word) | Q(translations__summary__icontains=word)
        )
        proposals = proposals.filter(
            Q(title__icontains=word) | Q(summary__icontains=word) | Q(pk__in=translated.values("pk"))
        )
    return proposals


def _state(proposals: QuerySet[Proposal], name: str) -> QuerySet[Proposal]:
    states = {
        "open": [State.PUBLISHED],
        "closed": [State.CLOSED],
        "handed_over": [State.HANDED_OVER],
        "answered": [State.ANSWERED, State.DECIDED],
        "ended": list(OUTCOMES),
        "withdrawn": [State.WITHDRAWN],
        "rejected": [State.REJECTED],
    }
    return proposals.filter(state__in=states.get(name, []))


def _theme(proposals: QuerySet[Proposal], code: str) -> QuerySet[Proposal]:
    tagged = Proposal.terms.through.objects.filter(term__scheme="theme", term__code=code)
    return proposals.filter(pk__in=tagged.values("proposal"))


FILTERS: Mapping[str, Callable[[QuerySet[Proposal], str], QuerySet[Proposal]]] = {
    "q": _words,
    "state": _state,
    "outcome": lambda proposals, outcome: proposals.filter(state=outcome),
    "theme": _theme,
    "place": lambda proposals, public_id: proposals.filter(place__public_id=public_id),
    "hub": lambda proposals, slug: proposals.filter(hub__slug=slug),
}
