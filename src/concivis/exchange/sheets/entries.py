"""What the two kinds of entries have in common, as rows of a table. `initiatives` and `organisations` fill it in."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.core.exceptions import ValidationError

from concivis.accounts.models import User
from concivis.catalogue.enums import Support
from concivis.exchange.notes import Note
from concivis.exchange.sheets import cells
from concivis.exchange.sheets.enums import Match, SheetKind
from concivis.exchange.sheets.fields import Field
from concivis.exchange.sheets.known import Known
from concivis.exchange.sheets.models import ExternalId
from concivis.hubs.models import Hub
from concivis.shell.chunks import chunks

Values = dict[str, Any]
CHUNK = 500


@dataclass(frozen=True)
class Found:
    """Which entry a row means. `note`: why it cannot be said, or what a person should look at."""

    match: Match = Match.NONE
    public_id: str = ""
    note: Note | None = None
    is_refused: bool = False


@dataclass(frozen=True)
class Standing:
    """What an entry says now. `version` changes whenever it does."""

    values: Values
    version: str


@dataclass
class Kept:
    """What an undo did, by public id."""

    taken_back: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    used: list[str] = field(default_factory=list)


Step = Callable[[int], None]


class Entries(ABC):
    """The entries of one hub. Made for one pass over a table; what it reads, it reads once."""

    kind: ClassVar[SheetKind]
    fields: ClassVar[tuple[Field, ...]]
    title: ClassVar[str]  # name of the field to recognise a row by
    town_fields: ClassVar[tuple[str, ...]] = ()

    def __init__(self, hub: Hub, known: Known | None = None) -> None:
        self.hub = hub
        self.known = known or Known(hub)
        self._by_external: dict[str, str] | None = None

    # --- which entry is meant ------------------------------------------------------------------------------

    def find(self, said: Mapping[str, str], values: Values) -> Found:
        """By our number, by that of the list, else by what the entry is called."""
        number = said.get("id", "").lstrip("#")
        if number:
            if number in self.numbers:
                return Found(Match.ID, number)
            return Found(note=Note("id_unknown", {"number": number[:20]}), is_refused=True)
        external = self.external_ids.get(said.get("external_id", ""), "")
        if external in self.numbers:
            return Found(Match.EXTERNAL, external)
        return self.find_by_name(values)

    @property
    @abstractmethod
    def numbers(self) -> Collection[str]:
        """Public ids of all entries of the hub."""

    @abstractmethod
    def find_by_name(self, values: Values) -> Found: ...

    @abstractmethod
    def identity(self, values: Values) -> tuple[Any, ...]:
        """What makes two rows without numbers say the same entry."""

    @property
    def external_ids(self) -> dict[str, str]:
        """{number in somebody's list: public id}. One query."""
        if self._by_external is None:
            rows = ExternalId.objects.filter(hub=self.hub, kind=self.kind)
            self._by_external = dict(rows.values_list("external_id", "object_id"))
        return self._by_external

    def externals_of(self, public_ids: Collection[str]) -> dict[str, str]:
        """{public id: number in somebody's list}."""
        return {
            object_id: number for number, object_id in self.external_ids.items() if object_id in public_ids
        }

    # --- what it says --------------------------------------------------------------------------------------

    @abstractmethod
    def standing(self, public_ids: Collection[str]) -> dict[str, Standing]:
        """What these entries say, by public id. A dozen queries per five hundred."""

    @abstractmethod
    def check(self, values: Values) -> None:
        """Raises ValidationError by field of the facts where writing would."""

    def settle(self, values: Values, standing: Values) -> list[Note]:
        """Changes `values` where one field depends on another. What a person should know of it."""
        return []

    # --- writing -------------------------------------------------------------------------------------------

    @abstractmethod
    def add(
        self, by: User | None, rows: Sequence[Values], *, publish: bool, step: Step
    ) -> list[tuple[str, str]]:
        """(public id, version) of each, in order. Raises ValidationError."""

    @abstractmethod
    def overwrite(self, by: User | None, public_id: str, changes: Values) -> str:
        """The version afterwards. Raises ValidationError."""

    @abstractmethod
    def versions(self, public_ids: Collection[str]) -> dict[str, str]:
        """Of those that are there."""

    @abstractmethod
    def take_back(self, by: User | None, versions: Mapping[str, str]) -> Kept:
        """Deletes those that nobody has changed or used since ({public id: version})."""

    @abstractmethod
    def url_of(self, public_id: str) -> str:
        """Its page in the office."""


def by_chunks(public_ids: Collection[str]) -> Any:
    return chunks(sorted(public_ids), CHUNK)


def terms_by_field(pairs: Collection[tuple[str, str]], names: Mapping[str, str]) -> dict[str, list[str]]:
    """{name of the field: codes} of (scheme, code); `names`: {name of the field: scheme}."""
    codes: dict[str, list[str]] = defaultdict(list)
    for scheme, code in pairs:
        codes[scheme].append(code)
    return {name: sorted(codes.get(scheme, ())) for name, scheme in names.items()}


def supports(codes: Collection[str]) -> tuple[Support, ...]:
    return tuple(Support(code) for code in codes)


def messages_of(error: ValidationError) -> list[tuple[str, str]]:
    """(name of the field or "", sentence)."""
    if hasattr(error, "error_dict"):
        return [(name, text) for name, texts in error.message_dict.items() for text in texts]
    return [("", text) for text in error.messages]


ID_CELL = cells.Cell(40)
EXTERNAL_CELL = cells.Cell(100)
