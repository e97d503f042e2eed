"""Every change to places. This room lies below the record: who calls an action here writes the line about it."""

from concivis.places.actions.by_hand import PlaceDraft, add_name, create_place, create_places
from concivis.places.actions.gazetteer import GazetteerOutcome, load_gazetteer, save_countries
from concivis.places.actions.merging import MergeCounts, merge_places, save_regions
from concivis.places.actions.naming import add_names, identify

__all__ = [
    "GazetteerOutcome",
    "MergeCounts",
    "PlaceDraft",
    "add_name",
    "add_names",
    "create_place",
    "create_places",
    "identify",
    "load_gazetteer",
    "merge_places",
    "save_countries",
    "save_regions",
]
