"""The record's lines of this room, in words."""

from django.utils.translation import gettext_lazy as _

from concivis.hubs.record_words import register as words


def register() -> None:
    words("proposal.begun", _("began a citizens’ proposal"))
    words("proposal.mail_confirmed", _("confirmed the mail address of a citizens’ proposal"))
    words("proposal.edited", _("changed the text of a citizens’ proposal before it was published"))
    words("proposal.translated", _("wrote a citizens’ proposal in {language}"))
    words("proposal.translation_removed", _("removed the {language} translation of a citizens’ proposal"))
    words("proposal.picture_added", _("added a picture to a citizens’ proposal"))
    words("proposal.picture_removed", _("removed a picture of a citizens’ proposal"))
    words("proposal.author_asked", _("asked somebody to join as an author of a citizens’ proposal"))
    words("proposal.author_joined", _("joined as an author of a citizens’ proposal"))
    words("proposal.author_left", _("is no longer an author of a citizens’ proposal"))
    words("proposal.sponsoring", _("began to look for first supporters of a citizens’ proposal"))
    words("proposal.sponsored", _("found the first supporters of a citizens’ proposal"))
    words("proposal.submitted", _("sent a citizens’ proposal to the office"))
    words("proposal.published", _("published a citizens’ proposal"))
    words("proposal.corrected", _("put something right in a published citizens’ proposal"))
    words("proposal.withdrawn", _("withdrew a citizens’ proposal"))
    words("proposal.expired", _("ended a citizens’ proposal that had not found its first supporters in time"))
    words(
        "proposal.forgotten", _("deleted a citizens’ proposal of which the mail address was never confirmed")
    )
    words(
        "proposal.signatures_reduced",
        _("reduced the {signatures} signatures of a citizens’ proposal to numbers, as its rules say"),
    )
    words("proposal.reached", _("noted that a citizens’ proposal reached {number} signatures"))
    words("proposal.collecting_ended", _("noted that the deadline of a citizens’ proposal passed"))
    words("proposal.closed", _("ended the collecting of a citizens’ proposal with {signatures} signatures"))
    words("proposals.recorded", _("took over {count} citizens’ proposals from {from}"))
    words("proposals.record_changed", _("changed {count} citizens’ proposals taken over from {from}"))
    words("proposals.taken_back", _("took back {count} citizens’ proposals taken over from {from}"))
