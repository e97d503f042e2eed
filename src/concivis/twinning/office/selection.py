"""The office's table as an address names it: filters and order."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.http import QueryDict

from concivis.hubs.models import Hub
from concivis.shell import parts
from concivis.twinning import queries
from concivis.twinning.models import Partnership
from concivis.twinning.office import ties
from concivis.twinning.office.table_filters import SHOWN, TieFilter


@dataclass
class TieSelection:
    hub: Hub
    query: QueryDict

    @cached_property
    def filterset(self) -> TieFilter:
        return TieFilter(self.query, hub=self.hub)

    @cached_property
    def partnerships(self) -> QuerySet[Partnership]:
        """Unordered. A value that is not understood filters nothing; the form says so beside its field."""
        if not self.in_force:
            return queries.in_office(self.hub)
        found: QuerySet[Partnership] = self.filterset.qs
        return found

    @property
    def ordered(self) -> QuerySet[Partnership]:
        sort = self.query.get("sort", ties.DEFAULT_SORT)
        return ties.ordered(ties.with_columns(self.partnerships, self.hub), sort)

    @cached_property
    def in_force(self) -> dict[str, str]:
        """The filters that are set, without sort and page."""
        return {name: str(self.query[name]) for name in SHOWN if self.query.get(name)}

    @cached_property
    def view(self) -> str:
        """Filters and order as a query string without its question mark: what a member keeps."""
        kept = QueryDict(mutable=True)
        kept.update(self.in_force)
        if self.query.get("sort"):
            kept["sort"] = str(self.query["sort"])
        return kept.urlencode()

    @cached_property
    def chips(self) -> list[parts.Chip]:
        return parts.chips(self.filterset.form, self.query) if self.in_force else []
