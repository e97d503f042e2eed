"""A filtered view of the public partnerships, as an address names it: the map, the table and the exports share it."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext

from concivis.hubs.record import data_version
from concivis.shell import parts
from concivis.twinning import listing, queries
from concivis.twinning.filters import SHOWN, PartnershipFilter, names_of_hidden
from concivis.twinning.models import Partnership

COUNTED_FOR = 600  # seconds a count is remembered; it is keyed by the data version anyway


@dataclass
class Selection:
    query: QueryDict

    @classmethod
    def of(cls, request: HttpRequest) -> "Selection":
        return cls(request.GET)

    @cached_property
    def filterset(self) -> PartnershipFilter:
        return PartnershipFilter(self.query, queryset=queries.public())

    @property
    def form(self) -> Any:
        return self.filterset.form

    @cached_property
    def partnerships(self) -> QuerySet[Partnership]:
        """Unordered. A value that is not understood filters nothing; the form says so beside its field."""
        found: QuerySet[Partnership] = self.filterset.qs
        return found

    @property
    def ordered(self) -> QuerySet[Partnership]:
        return listing.ordered(self.partnerships, self.query.get("sort", listing.DEFAULT_SORT))

    @cached_property
    def version(self) -> int:
        return data_version()

    @cached_property
    def count(self) -> int:
        """Remembered by data version: a count of all links costs more than a page of them. One or two queries."""
        key = f"partnerships:{self.version}:{hash(tuple(sorted(self.in_force.items())))}"
        counted = cache.get(key)
        if counted is None:
            counted = self.partnerships.count()
            cache.set(key, counted, COUNTED_FOR)
        return int(counted)

    @cached_property
    def in_force(self) -> dict[str, str]:
        """The filters that are set, without sort and page."""
        return {name: self.query[name] for name in SHOWN if self.query.get(name)}

    @cached_property
    def query_string(self) -> str:
        """The filters alone, as a query string with its question mark; empty without filters."""
        kept = QueryDict(mutable=True)
        kept.update(self.in_force)
        return f"?{kept.urlencode()}" if kept else ""

    @cached_property
    def chips(self) -> list[parts.Chip]:
        said = {self.query[name]: text for name, text in names_of_hidden(self.in_force).items()}
        return [
            replace(chip, value=said.get(chip.value, chip.value))
            for chip in parts.chips(self.form, self.query)
        ]

    @property
    def title(self) -> str:
        """“Partnerships: Germany · friendship”."""
        said = " · ".join(chip.value for chip in self.chips)
        return f"{gettext('Partnerships')}: {said}" if said else gettext("Partnerships")
