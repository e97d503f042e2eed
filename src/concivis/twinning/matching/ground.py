"""Everything that a ranking reads and that is the same for every asker."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from concivis.twinning.matching.asker import Asker, Stranger, resident, stranger
from concivis.twinning.matching.blocks import Block, ranks_in_country
from concivis.twinning.matching.columns import PlaceId, Positions, Singles
from concivis.twinning.matching.gazetteer import Gazetteer, languages_shared
from concivis.twinning.matching.ties import CountryLinks, Ties
from concivis.twinning.matching.view import View


@dataclass(frozen=True)
class Ground:
    gazetteer: Gazetteer
    ties: Ties
    ranks: Singles  # per place, see `ranks_in_country`
    blocks: tuple[Block, Block]  # with links, without
    row: Positions  # per place, its row in its block
    languages: Singles

    @classmethod
    def of(cls, gazetteer: Gazetteer, edges: Positions, known: CountryLinks | None = None) -> "Ground":
        """`edges`: pairs of positions as `columns.tidy` leaves them; `known`: see `Ties.of`."""
        return cls.of_ties(gazetteer, Ties.of(gazetteer, edges, known))

    @classmethod
    def of_ties(cls, gazetteer: Gazetteer, ties: Ties) -> "Ground":
        ranks = ranks_in_country(gazetteer.size, gazetteer.country, ties)
        linked, others = (Block.of(gazetteer, ties, ranks, has_links) for has_links in (True, False))
        row = np.empty(len(gazetteer), dtype=np.int32)
        for block in (linked, others):
            row[block.places] = np.arange(len(block), dtype=np.int32)
        return cls(gazetteer, ties, ranks, (linked, others), row, languages_shared(gazetteer.countries))

    def resident(self, place: int) -> View:
        return self.view(resident(self.gazetteer, self.ties, self.ranks, place))

    def stranger(self, who: Stranger, partners: Positions) -> View:
        return self.view(stranger(self.gazetteer, self.ties, who, partners))

    def view(self, asker: Asker) -> View:
        return View(self.gazetteer, self.ties, self.languages, asker)

    def block_of(self, place: int) -> Block:
        return self.blocks[0] if self.ties.index[place] >= 0 else self.blocks[1]

    def ids(self, linked: Sequence[int] | Positions) -> tuple[PlaceId, ...]:
        """Of positions among the linked places."""
        found = self.gazetteer.ids[self.ties.linked[np.asarray(linked, dtype=np.int64)]]
        return tuple(found.tolist())
