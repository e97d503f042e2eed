"""Every change of a partnership. One transaction each: rows, a line in the record, the catalogue card."""

from concivis.twinning.actions.links import preview_links, record_links, withdraw_links
from concivis.twinning.actions.partnerships import add_milestone, record_partnership, source

__all__ = [
    "add_milestone",
    "preview_links",
    "record_links",
    "record_partnership",
    "source",
    "withdraw_links",
]
