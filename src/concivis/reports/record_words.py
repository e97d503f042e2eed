"""The record's lines of this room, in words."""

from django.utils.translation import gettext_lazy as _

from concivis.hubs.record_words import register as words


def register() -> None:
    words("report.created", _("began the report of {year}"))
    words("report.edited", _("changed the report of {year}"))
    words("report.story_added", _("chose a story for the report of {year}"))
    words("report.story_removed", _("took a story out of the report of {year}"))
    words(
        "report.fixed",
        _("fixed the numbers of the report of {year}: {changed} became others, checksum {checksum}"),
    )
    words("report.released", _("released the numbers of the report of {year}"))
    words("report.published", _("published the report of {year} with the checksum {checksum}"))
    words("report.withdrawn", _("withdrew the report of {year}"))
    words("report.deleted", _("deleted the draft of the report of {year}"))
    words("reports.rules", _("changed whether it is reminded of yearly reports"))
