"""The record's lines about what becomes of a process, in words."""

from django.utils.translation import gettext_lazy as _

from concivis.hubs.record_words import register as words


def register() -> None:
    words("codesign.cluster_made", _("made a cluster of insights"))
    words("codesign.cluster_changed", _("changed a cluster of insights"))
    words("codesign.cluster_removed", _("removed a cluster of insights"))
    words("codesign.insight_moved", _("moved an insight to another cluster"))
    words("codesign.quote_released", _("released a sentence of an insight for everybody to read"))
    words("codesign.quote_taken_back", _("took back a sentence of an insight"))
    words("codesign.recommendation_written", _("wrote a recommendation"))
    words("codesign.recommendation_changed", _("changed a recommendation"))
    words("codesign.recommendation_deleted", _("deleted the draft of a recommendation"))
    words("codesign.recommendation_handed_over", _("handed a recommendation over to the administration"))
    words("codesign.recommendation_reassigned", _("changed who answers a recommendation, or until when"))
    words("codesign.recommendation_seen", _("read a recommendation for the administration"))
    words("codesign.recommendation_withdrawn", _("withdrew a recommendation"))
    words("codesign.answered", _("answered a recommendation (version {version})"))
    words("codesign.measure_added", _("added a measure to a recommendation"))
    words("codesign.measure_changed", _("changed a measure of a recommendation"))
    words("codesign.measure_moved", _("noted how far a measure is"))
    words("codesign.text_translated", _("wrote a recommendation, its answer or a measure in {language}"))
    words("codesign.translation_removed", _("removed a {language} translation of a recommendation"))
    words("codesign.reader_confirmed", _("confirmed that they want to be told what becomes of a process"))
    words("codesign.reader_left", _("ended the letters about a process"))
    words("box.received", _("put something into the box, without a name"))
    words("box.written_again", _("wrote again about something in the box, without a name"))
    words("box.answered", _("answered something in the box"))
    words("box.taken_up", _("made something in the box an insight"))
    words("box.set_aside", _("set something in the box aside"))
    words("box.recording_forgotten", _("deleted a recording of the box whose time was over"))
    words("vote.made", _("prepared a vote among recommendations"))
    words("vote.opened", _("opened a vote among recommendations"))
    words("vote.closed", _("closed a vote among recommendations"))
    words("vote.removed", _("removed a vote that was never opened"))
    words("vote.ballots_made", _("made {number} ballots"))
    words("vote.poster_counted", _("entered the dots of a poster"))
