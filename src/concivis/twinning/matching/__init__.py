"""The partner finder. A pure engine: columns of places and links in, ranked candidates with reasons out.

    finder = Finder.fit(Nodes.of_table(path), Edges.of_table(path))
    finder.rank("gn:2911240", 20, domestic=False)       [Candidate(id, score, reasons), …]
    finder.compare("gn:2911240", [a, b, c])             the same, side by side
    finder.save(folder); Finder.load(folder)            fitted by a job, loaded by the web workers
    learn(nodes, edges, seed=0).save(path)              the weights, from the links at hand

An application hands in columns from its database with `Nodes.of_columns` and `Edges(first, second)`.
"""

from concivis.twinning.matching.asker import Stranger
from concivis.twinning.matching.columns import Edges, Nodes, PlaceId
from concivis.twinning.matching.finder import Finder
from concivis.twinning.matching.learning import learn
from concivis.twinning.matching.reasons import (
    Candidate,
    Chains,
    CountryTies,
    DistanceFacts,
    Facts,
    Kind,
    LanguageFacts,
    NameFacts,
    NearbyTowns,
    NeighbouringLinks,
    OpennessFacts,
    Reason,
    RegionTies,
    ResidentTies,
    SharedPartners,
    SizeFacts,
    WantedFields,
)
from concivis.twinning.matching.shapes import Weights

__all__ = [
    "Candidate",
    "Chains",
    "CountryTies",
    "DistanceFacts",
    "Edges",
    "Facts",
    "Finder",
    "Kind",
    "LanguageFacts",
    "NameFacts",
    "NearbyTowns",
    "NeighbouringLinks",
    "Nodes",
    "OpennessFacts",
    "PlaceId",
    "Reason",
    "RegionTies",
    "ResidentTies",
    "SharedPartners",
    "SizeFacts",
    "Stranger",
    "WantedFields",
    "Weights",
    "learn",
]
