"""The filters of lists of organisations: the public one, its exports, the API, and the office's."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concivis.catalogue.enums import Support
from concivis.directory import queries
from concivis.directory.enums import Direction, OrganisationKind
from concivis.directory.models import Exchange, Organisation, Spoken, Tie
from concivis.hubs import choices
from concivis.places.choices import country_choices
from concivis.shell.widgets import QuickSelect
from concivis.vocabulary.queries import term_choices

STALE_AFTER = dt.timedelta(days=365)
SORTS = {"name": ("folded", "pk"), "-name": ("-folded", "pk"), "confirmed": ("last_confirmed", "pk")}
THEMES, GROUPS = "theme", "target-group"


def _any(options: Callable[[], Any]) -> Callable[[], Any]:
    return lambda: [("", _("all")), *options()]


def _select(label: Any, options: Callable[[], Any]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=_any(options), widget=QuickSelect)


def theme_choices() -> list[tuple[str, str]]:
    return term_choices(THEMES)


class OrganisationFilter(forms.Form):
    """`?q=&kind=&country=&theme=&language=&offers=&needs=&diaspora=&hub=&place=`"""

    q = forms.CharField(
        label=_("Name"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = _select(_("Kind"), lambda: OrganisationKind.choices)
    country = _select(_("Tied to"), country_choices)
    theme = _select(_("Theme"), theme_choices)
    language = _select(_("Speaks"), choices.languages)
    needs = _select(pgettext_lazy("organisation", "Needs"), lambda: Support.choices)
    offers = _select(pgettext_lazy("organisation", "Offers"), lambda: Support.choices)
    diaspora = forms.BooleanField(label=_("Only diaspora organisations"), required=False)
    hub = forms.CharField(label=_("City’s office"), required=False, max_length=60, widget=forms.HiddenInput)
    place = forms.CharField(label=_("Town"), required=False, max_length=16, widget=forms.HiddenInput)

    def wanted(self) -> dict[str, str]:
        """What is set and understood."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {
            name: str(value) for name, value in self.cleaned_data.items() if value not in (None, "", False)
        }

    def chosen(self, found: QuerySet[Organisation]) -> QuerySet[Organisation]:
        """What is not understood filters nothing; the form says so beside its field."""
        if not self.is_bound:
            return found
        self.is_valid()
        for name, value in self.cleaned_data.items():
            if value not in (None, "", False):
                found = FILTERS[name](found, value)
        return found


class OfficeFilter(OrganisationFilter):
    """And `&shown=&stale=`"""

    shown = _select(pgettext_lazy("organisation", "Public"), lambda: [("yes", _("yes")), ("no", _("no"))])
    stale = forms.BooleanField(label=_("Not confirmed for a year"), required=False)
    field_order = (
        "q",
        "kind",
        "country",
        "theme",
        "language",
        "needs",
        "offers",
        "shown",
        "diaspora",
        "stale",
    )


def ordered(found: QuerySet[Organisation], sort: str) -> QuerySet[Organisation]:
    return found.order_by(*SORTS.get(sort, SORTS["name"]))


def stale(found: QuerySet[Organisation]) -> QuerySet[Organisation]:
    before = timezone.localdate() - STALE_AFTER
    return found.filter(Q(last_confirmed=None) | Q(last_confirmed__lt=before))


def _tied_to(found: QuerySet[Organisation], country: str) -> QuerySet[Organisation]:
    ties = Tie.objects.filter(country=country).values("organisation")
    return found.filter(Q(pk__in=ties) | Q(represents=country))


def _in_town(found: QuerySet[Organisation], place: str) -> QuerySet[Organisation]:
    ties = Tie.objects.filter(place__public_id=place).values("organisation")
    return found.filter(Q(pk__in=ties) | Q(place__public_id=place))


def _speaking(found: QuerySet[Organisation], language: str) -> QuerySet[Organisation]:
    spoken = Spoken.objects.filter(Q(language=language) | Q(language__startswith=f"{language}-"))
    return found.filter(pk__in=spoken.values("organisation"))


def _exchanging(direction: Direction) -> Callable[[QuerySet[Organisation], str], QuerySet[Organisation]]:
    def chosen(found: QuerySet[Organisation], support: str) -> QuerySet[Organisation]:
        rows = Exchange.objects.filter(direction=direction, support=support)
        return found.filter(pk__in=rows.values("organisation"))

    return chosen


FILTERS: dict[str, Callable[[QuerySet[Organisation], Any], QuerySet[Organisation]]] = {
    "q": queries.named,
    "kind": lambda found, kind: found.filter(kind=kind),
    "country": _tied_to,
    "theme": lambda found, code: found.filter(
        Q(terms__scheme=THEMES, terms__code=code) | Q(terms__scheme=THEMES, terms__parent__code=code)
    ).distinct(),
    "language": _speaking,
    "needs": _exchanging(Direction.NEED),
    "offers": _exchanging(Direction.OFFER),
    "diaspora": lambda found, _yes: found.filter(is_diaspora=True),
    "hub": lambda found, slug: found.filter(hub__slug=slug),
    "place": _in_town,
    "shown": lambda found, yes: found.filter(is_published=yes == "yes"),
    "stale": lambda found, _yes: stale(found),
}
