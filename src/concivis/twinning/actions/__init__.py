"""Every change of a partnership. One transaction each: rows, a line in the record, the catalogue card."""

from concivis.twinning.actions.activities import change_activity, record_activity, remove_activity
from concivis.twinning.actions.dates import add_milestone
from concivis.twinning.actions.links import preview_links, record_links, refresh_statistics, withdraw_links
from concivis.twinning.actions.partnerships import record_partnership, source
from concivis.twinning.actions.snapshots import refresh_figures, want_figures

__all__ = [
    "add_milestone",
    "change_activity",
    "preview_links",
    "record_activity",
    "record_links",
    "record_partnership",
    "refresh_figures",
    "refresh_statistics",
    "remove_activity",
    "source",
    "want_figures",
    "withdraw_links",
]
