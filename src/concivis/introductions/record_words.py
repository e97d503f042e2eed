"""The record's lines of this room, in words."""

from django.utils.translation import gettext_lazy as _

from concivis.hubs.record_words import register as words


def register() -> None:
    words("introduction.asked", _("asked for an introduction"))
    words("introduction.brokered", _("asked two sides whether they want to be introduced"))
    words("introduction.accepted", _("agreed to be introduced; the other side has not answered yet"))
    words("introduction.introduced", _("agreed to be introduced, so that both have each other's contact"))
    words("introduction.declined", _("declined to be introduced"))
    words("introduction.withdrawn", _("withdrew an introduction"))
    words("introduction.expired", _("ended an introduction that nobody answered in time"))
    words("introduction.reminded", _("reminded of an introduction"))
    words("introduction.outcome", _("said what came of an introduction"))
    words("finding.confirmed", _("confirmed a finding of the radar"))
    words("finding.dismissed", _("dismissed a finding of the radar"))
    words("finding.taken_back", _("took back what was said of a finding of the radar"))
    words("radar.lessons_forgotten", _("let the radar forget what it had learnt"))
