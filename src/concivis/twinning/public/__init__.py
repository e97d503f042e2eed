"""The public pages of partnerships. They set no cookie, so that the front cache may keep them."""

from concivis.twinning.public.map import map_links, world_map
from concivis.twinning.public.partnerships import (
    partnership,
    partnership_feed,
    partnership_share,
    partnerships,
    partnerships_export,
)

__all__ = [
    "map_links",
    "partnership",
    "partnership_feed",
    "partnership_share",
    "partnerships",
    "partnerships_export",
    "world_map",
]
