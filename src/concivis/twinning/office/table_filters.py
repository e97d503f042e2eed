"""The filters of the office's table of partnerships: those of the public list, and those of the office's work."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concivis.hubs.models import Hub
from concivis.places.choices import country_choices
from concivis.places.models import PlaceName
from concivis.places.names import fold
from concivis.shell.widgets import QuickSelect
from concivis.twinning import queries
from concivis.twinning.attention import Reason, attention
from concivis.twinning.attention_words import REASONS
from concivis.twinning.enums import PartnershipKind, PartnershipState
from concivis.twinning.filters import (
    BEYOND_EVERY_LETTER,
    DORMANT,
    Choices,
    PartnershipFilter,
    field_choices,
)
from concivis.twinning.models import Partnership, Side
from concivis.twinning.office.ties import CONFIRMATIONS, KEEPERS, Confirmation, Keeper

ANY = "any"
YES_NO = [("yes", _("yes")), ("no", _("no"))]


def state_choices() -> Choices:
    states = [(state.value, str(state.label)) for state in PartnershipState]
    after = 1 + [value for value, _label in states].index(PartnershipState.ACTIVE)
    return [*states[:after], (DORMANT, str(pgettext_lazy("partnership", "dormant"))), *states[after:]]


def confirmation_choices() -> Choices:
    return [(value.value, str(label)) for value, label in CONFIRMATIONS.items() if label]


def attention_choices() -> Choices:
    return [(ANY, str(_("for any reason"))), *((reason.value, str(REASONS[reason])) for reason in Reason)]


def keeper_choices() -> Choices:
    return [(value.value, str(label)) for value, label in KEEPERS.items()]


def _select(label: Any, choices: Any, method: str) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=label, choices=choices, method=method, widget=QuickSelect, empty_label=_("all")
    )


class TieFilter(PartnershipFilter):
    """`?q=&country=&kind=&state=&field=&attention=&published=&keeper=&confirmed=`"""

    published = _select(pgettext_lazy("partnership", "Public"), YES_NO, "is_public")
    attention = _select(_("Needs attention"), attention_choices, "needs_attention")
    keeper = _select(_("Kept by"), keeper_choices, "kept_by")
    confirmed = _select(_("Confirmed"), confirmation_choices, "in_confirmation")

    def __init__(self, query: QueryDict, *, hub: Hub) -> None:
        self.hub = hub
        super().__init__(query, queryset=queries.in_office(hub))

    def _partners(self) -> QuerySet[Side]:
        return Side.objects.exclude(place=self.hub.place_id)

    def named(self, found: QuerySet[Partnership], name: str, value: str) -> QuerySet[Partnership]:
        """By a partner's name: its own name would find the office everything."""
        folded = fold(value)
        if not folded:
            return found
        spellings = PlaceName.objects.filter(folded__gte=folded, folded__lt=folded + BEYOND_EVERY_LETTER)
        sides = self._partners().filter(place__in=spellings.values("place"))
        return found.filter(pk__in=sides.values("partnership"))

    def in_country(self, found: QuerySet[Partnership], name: str, value: str) -> QuerySet[Partnership]:
        return found.filter(pk__in=self._partners().filter(place__country=value).values("partnership"))

    def in_state(self, found: QuerySet[Partnership], name: str, value: str) -> QuerySet[Partnership]:
        if value == DORMANT:
            return queries.dormant(found)
        chosen = found.filter(state=value)
        return chosen.exclude(pk__in=queries.dormant(chosen).values("pk"))

    def needs_attention(self, found: QuerySet[Partnership], name: str, value: str) -> QuerySet[Partnership]:
        matters = attention(self.hub)
        return found.filter(
            pk__in={matter.partnership.pk for matter in matters if value in (ANY, matter.reason)}
        )

    def is_public(self, found: QuerySet[Partnership], name: str, value: str) -> QuerySet[Partnership]:
        return found.filter(is_published=value == "yes")

    def kept_by(self, found: QuerySet[Partnership], name: str, value: str) -> QuerySet[Partnership]:
        if value == Keeper.COMMONS:
            return found.filter(hub=None)
        return found.filter(hub=self.hub) if value == Keeper.OWN else found.exclude(_kept_here(self.hub))

    def in_confirmation(self, found: QuerySet[Partnership], name: str, value: str) -> QuerySet[Partnership]:
        own = found.filter(hub=self.hub)
        others = found.filter(hub__isnull=False).exclude(hub=self.hub)
        partners = self._partners().filter(partnership=OuterRef("pk"))
        silent = Exists(partners.filter(confirmed_at=None))
        asked = Exists(partners.filter(asked_at__isnull=False))
        our_side = Side.objects.filter(partnership=OuterRef("pk"), place=self.hub.place_id, confirmed_at=None)
        ours, asks_us = Exists(our_side), Exists(our_side.filter(office=self.hub))
        answers = {
            Confirmation.CONFIRMED: [own.filter(~silent), others.filter(~ours)],
            Confirmation.ASKED: [own.filter(silent, asked)],
            Confirmation.NOT_ASKED: [own.filter(silent, ~asked)],
            Confirmation.WAITING: [others.filter(asks_us)],
        }[Confirmation(value)]
        chosen = Q()
        for answer in answers:
            chosen |= Q(pk__in=answer.values("pk"))
        return found.filter(chosen)


def _kept_here(hub: Hub) -> Q:
    return Q(hub=None) | Q(hub=hub)


SHOWN = ("q", "country", "kind", "state", "field", "attention", "published", "keeper", "confirmed")
TieFilter.base_filters["country"] = _select(_("Country"), country_choices, "in_country")
TieFilter.base_filters["kind"] = _select(_("Kind"), PartnershipKind.choices, "of_kind")
TieFilter.base_filters["state"] = _select(_("State"), state_choices, "in_state")
TieFilter.base_filters["field"] = _select(_("Field"), field_choices, "in_field")
TieFilter.base_filters = {name: TieFilter.base_filters[name] for name in SHOWN}
