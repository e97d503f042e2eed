"""A filtered view of the public partnerships, as an address names it: the map, the table and the exports share it."""

from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2s
from typing import Any

from django.core.cache import caches
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from concivis.hubs.record import data_version
from concivis.shell import parts
from concivis.twinning import listing, queries
from concivis.twinning.filters import SHOWN, PartnershipFilter, names_of_hidden
from concivis.twinning.models import Partnership

KEPT_FOR = 600  # seconds that a count or a form is remembered; it is keyed by the data version anyway


@dataclass(frozen=True)
class _Asked:
    """As much of a request as the component of the filters reads."""

    GET: QueryDict


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
        if not self.in_force:
            return queries.public()
        found: QuerySet[Partnership] = self.filterset.qs
        return found

    @cached_property
    def panel(self) -> SafeString:
        """The form of the filters with the chips of those in force. Without any it is drawn once per data version."""
        if self.in_force or self.query.get("sort"):
            return self._panel()
        key = f"filters:{get_language()}:{self.version}"
        drawn: SafeString | None = caches["memory"].get(key)
        if drawn is None:
            drawn = self._panel()
            caches["memory"].set(key, drawn, KEPT_FOR)
        return drawn

    def _panel(self) -> SafeString:
        context = {"form": self.form, "chips": self.chips, "request": _Asked(self.query)}
        return render_to_string("shell/components/filters.html", context)

    @property
    def ordered(self) -> QuerySet[Partnership]:
        return listing.ordered(self.partnerships, self.query.get("sort", listing.DEFAULT_SORT))

    @cached_property
    def version(self) -> int:
        return data_version()

    @cached_property
    def count(self) -> int:
        """Remembered by data version: a count of all links costs more than a page of them. One or two queries."""
        digest = blake2s(self.query_string.encode(), digest_size=12).hexdigest()
        key = f"partnerships:{self.version}:{digest}"
        counted = caches["memory"].get(key)
        if counted is None:
            counted = self.partnerships.count()
            caches["memory"].set(key, counted, KEPT_FOR)
        return int(counted)

    @cached_property
    def in_force(self) -> dict[str, str]:
        """The filters that are set, without sort and page."""
        return {name: str(self.query[name]) for name in SHOWN if self.query.get(name)}

    @cached_property
    def query_string(self) -> str:
        """The filters alone, as a query string with its question mark; empty without filters."""
        kept = QueryDict(mutable=True)
        kept.update(self.in_force)
        return f"?{kept.urlencode()}" if kept else ""

    @cached_property
    def chips(self) -> list[parts.Chip]:
        if not self.in_force:
            return []
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
