"""The public pages of partnerships. They set no cookie, so that the front cache may keep them."""

from concivis.twinning.public.chain import any_chain, chain
from concivis.twinning.public.figures import figures
from concivis.twinning.public.hubs import hub, hub_export, hub_share
from concivis.twinning.public.map import map_links, world_map
from concivis.twinning.public.partnerships import (
    partnership,
    partnership_document,
    partnership_feed,
    partnership_share,
    partnerships,
    partnerships_export,
)
from concivis.twinning.public.places import place, place_export, place_share

__all__ = [
    "any_chain",
    "chain",
    "figures",
    "hub",
    "hub_export",
    "hub_share",
    "map_links",
    "partnership",
    "partnership_document",
    "partnership_feed",
    "partnership_share",
    "partnerships",
    "partnerships_export",
    "place",
    "place_export",
    "place_share",
    "world_map",
]
