"""How alike two names are: rare groups of three letters that both have."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from concivis.places.names import fold
from concivis.twinning.matching.columns import Singles


@dataclass(frozen=True)
class Spellings:
    """Names as vectors of trigrams, weighted by rarity, of length one: cosine similarity in [0, 1]."""

    trigrams: NDArray[np.str_]  # sorted
    rarity: Singles  # per trigram: log(names / names that have it)
    postings: Any  # CSR (trigrams, names), float32

    @classmethod
    def of(cls, names: Sequence[str]) -> "Spellings":
        cut = [trigrams(name) for name in names]
        counts = Counter(part for parts in cut for part in parts)
        known = sorted(counts)
        row = {part: number for number, part in enumerate(known)}
        rarity = np.log(max(len(names), 2) / np.array([counts[part] for part in known], dtype=np.float32))
        rows = np.array([row[part] for parts in cut for part in parts], dtype=np.int32)
        columns = np.repeat(np.arange(len(names), dtype=np.int32), [len(parts) for parts in cut])
        lengths = np.sqrt(np.bincount(columns, np.square(rarity[rows]), minlength=len(names)))
        values = rarity[rows] / np.maximum(lengths[columns], 1e-6)
        shape = (len(known), len(names))
        postings = scipy.sparse.csr_array((values.astype(np.float32), (rows, columns)), shape=shape)
        return cls(np.array(known, dtype="U3"), rarity, postings)

    def likeness(self, name: str) -> Singles:
        """Of `name` to every name, shape (names,)."""
        parts = sorted(trigrams(name))
        at = np.minimum(np.searchsorted(self.trigrams, parts), max(len(self.trigrams) - 1, 0))
        known = [row for row, part in zip(at, parts, strict=True) if self.trigrams[row] == part]
        found = np.zeros(self.postings.shape[1], dtype=np.float32)
        if known:
            weights = self.rarity[known] / max(float(np.linalg.norm(self.rarity[known])), 1e-6)
            found += self.postings[known].T @ weights
        return found


def trigrams(name: str) -> set[str]:
    """Of the folded name; its beginning counts more than its end."""
    padded = f"  {fold(name)} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)} if padded.strip() else set()
