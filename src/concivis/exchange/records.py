"""What every reader yields: one link between two named ends, with the line it stands on."""

from dataclasses import dataclass

from concivis.exchange.notes import Note
from concivis.shell.dates import PartialDate


@dataclass(frozen=True, slots=True)
class End:
    """One end of a link, as the file writes it. Degrees north and east; None: not said."""

    name: str
    country: str = ""
    wikidata_id: str = ""  # "Q2686"
    geonames_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    admin: str = ""  # region, province, county

    @property
    def has_position(self) -> bool:
        return self.latitude is not None and self.longitude is not None


@dataclass(frozen=True, slots=True)
class LinkRow:
    line: int
    a: End
    b: End
    kind: str = "twinning"
    started: PartialDate | None = None
    ended: PartialDate | None = None
    locator: str = ""
    notes: tuple[Note, ...] = ()  # about the row
    notes_a: tuple[Note, ...] = ()  # about one end
    notes_b: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class BrokenRow:
    line: int
    reason: Note
    text: str = ""  # the beginning of the row, to recognise it by
