"""The filters that the list, its exports, the office's table and the API share.

`?q=&hub=&country=&place=&theme=&target_group=&goal=&kind=&stage=&language=&needs=&offers=&organisation=`
"""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from concivis.catalogue.enums import Support
from concivis.hubs import choices
from concivis.initiatives.forms.entry import kind_choices, stage_choices
from concivis.initiatives.models import Initiative
from concivis.places.choices import country_choices
from concivis.shell.widgets import QuickSelect
from concivis.vocabulary.queries import term_choices

Choices = Callable[[], list[tuple[str, str]]]


def _any(options: Any) -> Choices:
    return lambda: [("", _("all")), *(options() if callable(options) else options)]


def _select(label: Any, options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=_any(options), widget=QuickSelect)


class InitiativeFilter(forms.Form):
    q = forms.CharField(
        label=_("Words"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    country = _select(_("Country"), country_choices)
    theme = _select(_("Theme"), lambda: term_choices("theme"))
    target_group = _select(_("Target group"), lambda: term_choices("target-group"))
    goal = _select(_("Goal"), lambda: term_choices("sdg"))
    kind = _select(_("Kind"), kind_choices)
    stage = _select(_("Stage"), stage_choices)
    language = _select(_("Takes place in"), choices.languages)
    needs = _select(_("Needs"), Support.choices)
    offers = _select(_("Offers"), Support.choices)
    # which other pages link to
    hub = forms.SlugField(required=False, max_length=60, widget=forms.HiddenInput)
    place = forms.SlugField(required=False, max_length=16, widget=forms.HiddenInput)
    organisation = forms.SlugField(required=False, max_length=16, widget=forms.HiddenInput)

    def wanted(self) -> dict[str, str]:
        """What is set and understood. What is not filters nothing; the form says so beside its field."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


def narrowed(initiatives: QuerySet[Initiative], wanted: Mapping[str, str]) -> QuerySet[Initiative]:
    """Those that fit all of `wanted`; each of the filter's names at most once."""
    for name, value in wanted.items():
        initiatives = FILTERS[name](initiatives, value)
    return initiatives


def _words(initiatives: QuerySet[Initiative], text: str) -> QuerySet[Initiative]:
    for word in text.split()[:6]:
        found = Q(title__icontains=word) | Q(summary__icontains=word)
        translated = Initiative.objects.filter(
            Q(translations__title__icontains=word) | Q(translations__summary__icontains=word)
        )
        involved = Initiative.objects.filter(
            Q(involvements__name__icontains=word)
            | Q(
                involvements__organisation__name__icontains=word,
                involvements__organisation__is_published=True,
            )
        )
        initiatives = initiatives.filter(
            found | Q(pk__in=translated.values("pk")) | Q(pk__in=involved.values("pk"))
        )
    return initiatives


def _country(initiatives: QuerySet[Initiative], code: str) -> QuerySet[Initiative]:
    named = Initiative.countries.through.objects.filter(country=code).values("initiative")
    placed = Initiative.places.through.objects.filter(place__country=code).values("initiative")
    return initiatives.filter(Q(pk__in=named) | Q(pk__in=placed))


def _term(scheme: str) -> Callable[[QuerySet[Initiative], str], QuerySet[Initiative]]:
    def narrow(initiatives: QuerySet[Initiative], code: str) -> QuerySet[Initiative]:
        tagged = Initiative.terms.through.objects.filter(term__scheme=scheme, term__code=code)
        return initiatives.filter(pk__in=tagged.values("initiative"))

    return narrow


def _support(direction: str) -> Callable[[QuerySet[Initiative], str], QuerySet[Initiative]]:
    return lambda initiatives, what: initiatives.filter(
        support_lines__direction=direction, support_lines__what=what
    )


def _organisation(initiatives: QuerySet[Initiative], public_id: str) -> QuerySet[Initiative]:
    return initiatives.filter(
        pk__in=Initiative.objects.filter(involvements__organisation__public_id=public_id).values("pk")
    )


FILTERS: Mapping[str, Callable[[QuerySet[Initiative], str], QuerySet[Initiative]]] = {
    "q": _words,
    "country": _country,
    "theme": _term("theme"),
    "target_group": _term("target-group"),
    "goal": _term("sdg"),
    "kind": lambda initiatives, kind: initiatives.filter(kind=kind),
    "stage": lambda initiatives, stage: initiatives.filter(stage=stage),
    "language": lambda initiatives, tag: initiatives.filter(
        pk__in=[
            pk for pk, spoken in initiatives.values_list("pk", "languages") if tag in spoken
        ]  # lists in JSON cannot be asked for a member on both databases
    ),
    "needs": _support("need"),
    "offers": _support("offer"),
    "hub": lambda initiatives, slug: initiatives.filter(hub__slug=slug),
    "place": lambda initiatives, public_id: initiatives.filter(places__public_id=public_id),
    "organisation": _organisation,
}
