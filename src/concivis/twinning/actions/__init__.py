"""Every change of a partnership. One transaction each: rows, a line in the record, the catalogue card."""

from concivis.twinning.actions.links import preview_links, record_links, refresh_statistics, withdraw_links
from concivis.twinning.actions.partnerships import add_milestone, record_partnership, source
from concivis.twinning.actions.snapshots import refresh_figures, want_figures

__all__ = [
    "add_milestone",
    "preview_links",
    "record_links",
    "record_partnership",
    "refresh_figures",
    "refresh_statistics",
    "source",
    "want_figures",
    "withdraw_links",
]
