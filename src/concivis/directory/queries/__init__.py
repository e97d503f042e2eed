from concivis.directory.queries.finding import by_public_id, in_hub, named, public
from concivis.directory.queries.similar import Known, Reason, Similar, similar_organisations
from concivis.directory.queries.ties import (
    PlaceTies,
    StatedTie,
    ties_between,
    ties_by_place,
    ties_of_city,
    ties_of_hub,
)

__all__ = [
    "Known",
    "PlaceTies",
    "Reason",
    "Similar",
    "StatedTie",
    "by_public_id",
    "in_hub",
    "named",
    "public",
    "similar_organisations",
    "ties_between",
    "ties_by_place",
    "ties_of_city",
    "ties_of_hub",
]
